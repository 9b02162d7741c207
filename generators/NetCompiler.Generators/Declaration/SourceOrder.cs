using Microsoft.CodeAnalysis;

namespace NetCompiler.Generators.Declaration;

/// <summary>Layers stand on one part of the class: between parts, their order would follow the names of the files.</summary>
internal static class SourceOrder
{
    public static void Check(Reading reading, DeclaredAttributes declared)
    {
        SyntaxNode? part = null;
        foreach (AttributeData layer in declared.Layers)
        {
            SyntaxNode? own = layer.ApplicationSyntaxReference?.GetSyntax(reading.CancellationToken).Parent?.Parent;
            part ??= own;
            if (own != part)
            {
                reading.Report("NC0008", layer, "", reading.Type.Name);
                return;
            }
        }
    }
}
