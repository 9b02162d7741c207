using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using NetCompiler.Generators.Graph;

namespace NetCompiler.Generators.Declaration;

/// <summary>Where the parts of a spec were written, in the spec's order, with the shapes of its values.</summary>
internal sealed class DeclaredPlaces
{
    public List<DeclaredPlace> Inputs { get; } = [];

    public List<DeclaredPlace> Layers { get; } = [];

    /// <summary>The outputs' names.</summary>
    public List<Location> Outputs { get; } = [];

    public List<AttributeData> Losses { get; } = [];

    /// <summary>The shapes of the values as far as they are known: inputs, then layers; null from the first mistake on.</summary>
    public List<Shape?> Shapes { get; } = [];

    /// <summary>The place of an option of an attribute, or of the whole attribute where the option is not written.</summary>
    public static Location Of(AttributeData attribute, string option, CancellationToken cancellationToken)
    {
        SyntaxNode? node = attribute.ApplicationSyntaxReference?.GetSyntax(cancellationToken);
        if (node is not AttributeSyntax { ArgumentList: { } list } || option.Length == 0)
        {
            return node?.GetLocation() ?? Location.None;
        }

        AttributeArgumentSyntax[] written =
        [
            .. list.Arguments.Where(argument => Matches(argument.NameEquals?.Name ?? argument.NameColon?.Name, option)),
        ];
        if (written.Length == 0)
        {
            written = Positional(attribute, list, option);
        }

        return written.Length == 0
            ? node.GetLocation()
            : Location.Create(node.SyntaxTree, TextSpan.FromBounds(written[0].SpanStart, written[written.Length - 1].Span.End));
    }

    private static AttributeArgumentSyntax[] Positional(AttributeData attribute, AttributeArgumentListSyntax list, string option)
    {
        if (attribute.AttributeConstructor is not { } constructor)
        {
            return [];
        }

        AttributeArgumentSyntax[] positional = [.. list.Arguments.Where(argument => argument.NameEquals is null && argument.NameColon is null)];
        foreach (IParameterSymbol parameter in constructor.Parameters)
        {
            if (string.Equals(parameter.Name, option, StringComparison.OrdinalIgnoreCase) && parameter.Ordinal < positional.Length)
            {
                return parameter.IsParams ? [.. positional.Skip(parameter.Ordinal)] : [positional[parameter.Ordinal]];
            }
        }

        return [];
    }

    private static bool Matches(IdentifierNameSyntax? name, string option)
        => name is not null && string.Equals(name.Identifier.ValueText, option, StringComparison.OrdinalIgnoreCase);
}
