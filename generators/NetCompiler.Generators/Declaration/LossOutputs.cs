using Microsoft.CodeAnalysis;

namespace NetCompiler.Generators.Declaration;

/// <summary>Which outputs a loss judges.</summary>
internal static class LossOutputs
{
    /// <summary>The output that an attribute names, or null where it names none or, which is reported, one that does not exist.</summary>
    public static int? Named(Reading reading, AttributeData attribute, string name, EquatableArray<OutputSpec> outputs)
    {
        if (name.Length == 0)
        {
            return null;
        }

        int? found = Find(reading, name, outputs);
        if (found is null && AreNamed(reading))
        {
            reading.Report("NC0304", attribute, "Output", name, Names(outputs));
        }

        return found ?? (outputs.Count == 1 ? 0 : null);
    }

    /// <summary>The network's only output; where there are several, that is reported.</summary>
    public static int Only(Reading reading, AttributeData attribute, string loss, EquatableArray<OutputSpec> outputs)
    {
        // An Output that does not exist is reported already.
        if (outputs.Count > 1 && AreNamed(reading) && !OptionReader.IsGiven(attribute, "Output"))
        {
            reading.Report("NC0313", attribute, "", loss, Names(outputs));
        }

        return 0;
    }

    /// <summary>The outputs behind the first parameters of a loss method: by name, or all of them in order; null where one is not found, which is reported.</summary>
    public static int[]? Of(Reading reading, AttributeData attribute, IReadOnlyList<IParameterSymbol> parameters, EquatableArray<OutputSpec> outputs, int? named)
    {
        if (parameters.Count == 1)
        {
            return [named ?? Find(reading, parameters[0].Name, outputs) ?? Only(reading, attribute, parameters[0].ContainingSymbol.Name, outputs)];
        }

        int?[] found = [.. parameters.Select(parameter => Find(reading, parameter.Name, outputs))];
        if (found.All(output => output is not null))
        {
            return [.. found.Select(output => output!.Value)];
        }

        if (parameters.Count == outputs.Count && found.All(output => output is null))
        {
            return [.. Enumerable.Range(0, outputs.Count)];
        }

        if (!AreNamed(reading))
        {
            return null;
        }

        IParameterSymbol unknown = parameters[Array.IndexOf(found, null)];
        reading.Report("NC0304", unknown.Locations[0], unknown.Name, Names(outputs));
        return null;
    }

    /// <summary>Whether Forward's signature stands, of which one mistake can be that the outputs have no names.</summary>
    private static bool AreNamed(Reading reading) => !reading.Findings.Any(finding => finding.Id == "NC0010");

    private static int? Find(Reading reading, string name, EquatableArray<OutputSpec> outputs)
    {
        name = reading.RenamedOutputs.TryGetValue(name, out string? standIn) && !outputs.Any(output => string.Equals(output.Name, name, StringComparison.OrdinalIgnoreCase)) ? standIn : name;
        for (int i = 0; i < outputs.Count; i++)
        {
            if (string.Equals(outputs[i].Name, name, StringComparison.OrdinalIgnoreCase))
            {
                return i;
            }
        }

        return null;
    }

    private static string Names(EquatableArray<OutputSpec> outputs) => string.Join(", ", outputs.Select(output => output.Name));
}
