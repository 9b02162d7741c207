using Microsoft.CodeAnalysis;

namespace NetCompiler.Generators.Declaration;

/// <summary>
/// Which outputs the losses judge. A loss that does not say so, or names an output that does not exist, has its diagnostic and is taken for
/// the first output that nothing else names, so that every target still has its name and place.
/// </summary>
internal sealed class LossOutputs
{
    private readonly Reading _reading;
    private readonly EquatableArray<OutputSpec> _outputs;
    private readonly HashSet<int> _named;

    public LossOutputs(Reading reading, DeclaredAttributes declared, EquatableArray<OutputSpec> outputs)
    {
        _reading = reading;
        _outputs = outputs;
        _named = [.. declared.Losses.SelectMany(NamesIn).Concat(declared.WithoutLoss.Select(attribute => Text(attribute.ConstructorArguments.FirstOrDefault()))).Select(Find).OfType<int>()];
    }

    /// <summary>The output that an attribute names, or null where it names none or, which is reported, one that does not exist.</summary>
    public int? Named(AttributeData attribute, string name)
    {
        if (name.Length == 0)
        {
            return null;
        }

        int? found = Find(name);
        if (found is null && AreNamed)
        {
            _reading.Report("NC0304", attribute, "Output", name, Names);
        }

        return found ?? (_outputs.Count == 1 ? 0 : null);
    }

    /// <summary>The network's only output; where there are several, that is reported, and the output is null.</summary>
    public int? Only(AttributeData attribute, string loss)
    {
        // An Output that does not exist is reported already.
        if (_outputs.Count > 1 && AreNamed && !OptionReader.IsGiven(attribute, "Output"))
        {
            _reading.Report("NC0313", attribute, "", loss, Names);
        }

        return _outputs.Count == 1 ? 0 : null;
    }

    /// <summary>The outputs behind the first parameters of a loss method, by name or all of them in order; null with a finding where one is not found.</summary>
    public int[]? Of(AttributeData attribute, IReadOnlyList<IParameterSymbol> parameters, int? named)
    {
        if (parameters.Count == 1)
        {
            return (named ?? Find(parameters[0].Name) ?? Only(attribute, parameters[0].ContainingSymbol.Name)) is { } only ? [only] : null;
        }

        int?[] found = [.. parameters.Select(parameter => Find(parameter.Name))];
        if (found.All(output => output is not null))
        {
            return [.. found.Select(output => output!.Value)];
        }

        if (parameters.Count == _outputs.Count && found.All(output => output is null))
        {
            return [.. Enumerable.Range(0, _outputs.Count)];
        }

        if (AreNamed)
        {
            IParameterSymbol unknown = parameters[Array.IndexOf(found, null)];
            _reading.Report("NC0304", unknown.Locations[0], unknown.Name, Names);
        }

        return null;
    }

    /// <summary>The output that a loss whose output is not known probably means, or null where every output is named by something else. Each is given once.</summary>
    public int? Guess(AttributeData attribute)
    {
        if (NamesIn(attribute).Select(Find).FirstOrDefault(output => output is not null) is { } named)
        {
            return named;
        }

        int[] free = _outputs.Count == 1 ? [0] : [.. Enumerable.Range(0, _outputs.Count).Where(output => !_named.Contains(output)).Take(1)];
        _named.UnionWith(free);
        return free.Length > 0 ? free[0] : null;
    }

    /// <summary>Whether Forward's signature stands, of which one mistake can be that the outputs have no names.</summary>
    private bool AreNamed => !_reading.Findings.Any(finding => finding.Id == "NC0010");

    private string Names => string.Join(", ", _outputs.Select(output => output.Name));

    // Without Output the parameters of a method say it.
    private IEnumerable<string> NamesIn(AttributeData attribute)
    {
        string output = Text(attribute.NamedArguments.FirstOrDefault(argument => argument.Key == "Output").Value);
        return output.Length > 0 ? [output] : UserMethods.Find(_reading.Type, Text(attribute.ConstructorArguments.FirstOrDefault())).Take(1).SelectMany(method => method.Parameters).Select(parameter => parameter.Name);
    }

    private static string Text(TypedConstant argument) => argument.Kind == TypedConstantKind.Primitive ? argument.Value as string ?? "" : "";

    private int? Find(string name)
    {
        name = _reading.RenamedOutputs.TryGetValue(name, out string? standIn) && !_outputs.Any(output => string.Equals(output.Name, name, StringComparison.OrdinalIgnoreCase)) ? standIn : name;
        for (int i = 0; i < _outputs.Count; i++)
        {
            if (string.Equals(_outputs[i].Name, name, StringComparison.OrdinalIgnoreCase))
            {
                return i;
            }
        }

        return null;
    }
}
