using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NetCompiler.Generators.Declaration.Functional;
using NetCompiler.Generators.Graph;

namespace NetCompiler.Generators.Declaration;

/// <summary>
/// What stands in for a loss that cannot be read, which has its diagnostic: as far as they can be told, the targets and settings that it
/// would have, so that Step and the other members of Training can still be called.
/// </summary>
internal static class LossStandIns
{
    /// <summary>The loss as it was probably meant; without targets where its output is judged by another.</summary>
    public static LossSpec Of(Reading reading, AttributeData attribute, ForwardNetwork network, LossOutputs outputs)
    {
        int? judged = outputs.Guess(attribute);
        TypedConstant what = attribute.ConstructorArguments.FirstOrDefault();
        IMethodSymbol? method = what.Kind == TypedConstantKind.Primitive && what.Value is string name ? MethodOf(reading.Type, name) : null;
        var loss = new LossSpec(KindOf(what, attribute, reading.CancellationToken), "") { Outputs = new[] { judged ?? 0 } };
        Shape? output = judged is { } known ? network.OutputShape(reading, known) : null;
        if (method is not null)
        {
            return loss with
            {
                Targets = new EquatableArray<TargetSpec>(TargetsOf(method, output)),
                Settings = new EquatableArray<SettingSpec>(method.Parameters.Where(LossMethodReader.IsSetting).Select(LossMethodReader.SettingOf)),
            };
        }

        return judged is null ? loss : loss with { Targets = new[] { LossReader.TargetOf(loss, output, network) } };
    }

    // The one with most parameters has a target.
    private static IMethodSymbol? MethodOf(INamedTypeSymbol type, string name) => UserMethods.Find(type, name).OrderByDescending(method => method.Parameters.Length).FirstOrDefault();

    // Those that have a shape, or whatever follows the output and is no setting.
    private static IEnumerable<TargetSpec> TargetsOf(IMethodSymbol method, Shape? output)
    {
        IParameterSymbol[] targets = [.. method.Parameters.Where(LossMethodReader.IsTarget)];
        return targets.Length > 0
            ? targets.Select(LossMethodReader.TargetOf)
            : method.Parameters.Skip(1).Where(parameter => !LossMethodReader.IsSetting(parameter)).Select(parameter => new TargetSpec(LossMethodReader.NameOf(parameter), output?.Sizes ?? default, 0));
    }

    // A misspelt kind is told by its text: what matters is whether classes or floats are handed over.
    private static string KindOf(TypedConstant what, AttributeData attribute, CancellationToken cancellationToken)
    {
        if (what.Kind == TypedConstantKind.Enum && OptionReader.Member(what) is { } member)
        {
            return member;
        }

        string text = (attribute.ApplicationSyntaxReference?.GetSyntax(cancellationToken) as AttributeSyntax)?.ArgumentList?.Arguments.FirstOrDefault()?.ToString() ?? "";
        return text.IndexOf("sparse", StringComparison.OrdinalIgnoreCase) >= 0 ? "SparseCategoricalCrossentropy"
            : text.IndexOf("likelihood", StringComparison.OrdinalIgnoreCase) >= 0 ? "NegativeLogLikelihood"
            : "MeanSquaredError";
    }
}
