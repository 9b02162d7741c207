using Microsoft.CodeAnalysis;
using NetCompiler.Generators.Declaration.Functional;

namespace NetCompiler.Generators.Declaration;

/// <summary>The members that the user's parts declare, and the class's own name, against the generated ones.</summary>
internal static class ClassMembers
{
    /// <summary>Private members of generated classes that are not fields.</summary>
    private static readonly string[] Helpers = ["PredictChecked", "PredictRows", "PredictOnThreads", "PredictionWork", "PredictionCall", "PredictOneOnThreads", "PredictStage", "SampleWork", "SampleCall", "CreateDescription", "PrepareWeights"];

    /// <summary>
    /// The names that generated helpers must avoid, which have a leading underscore or a helper's name; others do not count, so that renaming a
    /// method compiles nothing anew. Distinct and in ordinal order, so that moving a member changes nothing.
    /// </summary>
    public static EquatableArray<string> Names(INamedTypeSymbol type)
        => new(type.GetMembers()
            .Where(member => member is not IMethodSymbol { MethodKind: not MethodKind.Ordinary } && GeneratedTrees.IsWrittenByUser(member))
            .Select(member => member.Name)
            .Where(name => name.StartsWith("_", StringComparison.Ordinal) || Helpers.Contains(name.TrimEnd('_')))
            .Distinct()
            .OrderBy(name => name, StringComparer.Ordinal));

    /// <summary>An inherited member would be hidden, and the base would not mean the generated one.</summary>
    private static void CheckBases(Reading reading, string generated)
    {
        for (INamedTypeSymbol? type = reading.Type.BaseType; type is { SpecialType: SpecialType.None }; type = type.BaseType)
        {
            if (type.GetMembers(generated).Any(member => member.DeclaredAccessibility != Accessibility.Private))
            {
                reading.Report("NC0104", reading.ClassLocation, $"{type.Name}, the base of {reading.Type.Name},", generated);
                reading.Collisions.Add($"{type.Name}.{generated}");
                return;
            }
        }
    }

    /// <summary>The members that are named after inputs and outputs, where there are several.</summary>
    public static void CheckSpans(Reading reading, ForwardNetwork network)
    {
        IEnumerable<string> spans = (network.Inputs.Count > 1 ? network.Inputs.Select(input => input.Name) : [])
            .Concat(network.Outputs.Count > 1 ? network.Outputs.Select(output => output.Name) : []);
        foreach (string name in spans.Select(MemberNames.Member))
        {
            foreach (string generated in new[] { name + "Length", "Classify" + name })
            {
                CheckOwn(reading, generated);
            }
        }
    }

    public static void Check(Reading reading, DeclaredAttributes declared, string format)
    {
        string[] calibrates = format == "Int8" ? ["Calibrate"] : [];
        bool adapts = declared.Layers.Any(layer => DeclaredAttributes.KindOf(layer) == "Normalization");
        foreach (string generated in (string[])[.. MemberNames.Generated, .. adapts ? ["Adapt"] : (string[])[], .. calibrates])
        {
            Check(reading, generated);
        }
    }

    /// <summary>One generated member against those of the user's parts and of the bases.</summary>
    public static void Check(Reading reading, string generated)
    {
        CheckOwn(reading, generated);
        CheckBases(reading, generated);
    }

    private static void CheckOwn(Reading reading, string generated)
    {
        ISymbol[] own = [.. reading.Type.GetMembers(generated).Where(GeneratedTrees.IsWrittenByUser)];
        if (own.Length > 0)
        {
            reading.Report("NC0104", own[0].Locations[0], reading.Type.Name, generated);
            reading.Collisions.AddRange(own.Select(Collisions.Of));
        }
    }
}
