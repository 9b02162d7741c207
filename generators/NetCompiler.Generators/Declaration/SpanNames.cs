using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace NetCompiler.Generators.Declaration;

/// <summary>The names that spans and settings get in signatures, compared without case; a name used by two losses is one target.</summary>
internal sealed class SpanNames(Reading reading)
{
    private readonly Dictionary<string, TargetSpec> _targets = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, string> _settings = new(StringComparer.OrdinalIgnoreCase);

    private readonly Dictionary<string, string> _inputs = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, string> _outputs = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Reports inputs whose names cannot stand, and gives all with names that can.</summary>
    public EquatableArray<InputSpec> Check(EquatableArray<InputSpec> inputs)
        => inputs.Select((input, i) => input with { Name = Check("input", input.Name, i < reading.Places.Inputs.Count ? reading.Places.Inputs[i].Of("", reading.CancellationToken) : reading.ClassLocation, _inputs) }).ToArray();

    /// <summary>Reports outputs whose names cannot stand, and gives all with names that can.</summary>
    public EquatableArray<OutputSpec> Check(EquatableArray<OutputSpec> outputs)
        => outputs.Select((output, i) =>
        {
            string name = Check("output", output.Name, reading.Places.Outputs[i], _outputs);
            if (name != output.Name)
            {
                reading.RenamedOutputs[output.Name] = name;
            }

            return output with { Name = name };
        }).ToArray();

    private string Check(string kind, string name, Location place, Dictionary<string, string> own)
    {
        string? owner = OwnerOfSpan(name);
        if (owner is not null)
        {
            reading.Report("NC0105", place, kind, name, owner);
            name = Free(name, free => OwnerOfSpan(free) is null);
        }

        own[MemberNames.Member(name)] = name;
        return name;
    }

    // Inputs and outputs may be called like a word of C#, which is then escaped.
    private string? OwnerOfSpan(string name)
        => MemberNames.FixedParameters.Contains(name, StringComparer.OrdinalIgnoreCase) ? "a parameter of the generated methods"
            : string.Equals(MemberNames.Member(name), "Weight", StringComparison.OrdinalIgnoreCase) ? "the member WeightGradients"
            : _inputs.TryGetValue(MemberNames.Member(name), out string? input) ? $"the input '{input}' (names are compared without case and as members)"
            : _outputs.TryGetValue(MemberNames.Member(name), out string? output) ? $"the output '{output}' (names are compared without case and as members)"
            : null;

    /// <summary>Reports names that cannot stand beside the others, and gives the loss with names that can, so that a faulty network still compiles.</summary>
    public LossSpec Check(AttributeData attribute, LossSpec loss)
    {
        TargetSpec[] targets = [.. loss.Targets.Select(target => Check(attribute, target))];
        SettingSpec[] settings = [.. loss.Settings.Select(setting => Check(attribute, setting))];
        return loss with { Targets = targets, Settings = settings };
    }

    /// <summary>The loss that stands in for one that cannot be read, without the targets and settings whose names cannot stand beside the others: that is no second mistake.</summary>
    public LossSpec WithoutTaken(LossSpec loss)
    {
        TargetSpec[] targets = [.. loss.Targets.Where(target => Taken(target.Name) is null && !_targets.ContainsKey(MemberNames.Member(target.Name)))];
        foreach (TargetSpec target in targets)
        {
            _targets[MemberNames.Member(target.Name)] = target;
        }

        SettingSpec[] settings = [.. loss.Settings.Where(setting => OwnerOfSetting(setting.Name) is null)];
        foreach (SettingSpec setting in settings)
        {
            _settings[MemberNames.Member(setting.Name)] = setting.Name;
        }

        return loss with { Targets = targets, Settings = settings };
    }

    private TargetSpec Check(AttributeData attribute, TargetSpec target)
    {
        if (_targets.TryGetValue(MemberNames.Member(target.Name), out TargetSpec? other))
        {
            if (other.Name != target.Name)
            {
                return Renamed(attribute, target, $"the target '{other.Name}' (names are compared without case and as members)");
            }

            if (!other.Shape.Equals(target.Shape) || other.Classes != target.Classes)
            {
                reading.Report("NC0308", attribute, "", target.Name, Describe(other), Describe(target));
            }

            return target;
        }

        if (Taken(target.Name) is { } owner)
        {
            return Renamed(attribute, target, owner);
        }

        _targets[MemberNames.Member(target.Name)] = target;
        return target;
    }

    private TargetSpec Renamed(AttributeData attribute, TargetSpec target, string owner)
    {
        reading.Report("NC0105", attribute, "", "target", target.Name, owner);
        TargetSpec renamed = target with { Name = Free(target.Name, name => Taken(name) is null && !_targets.ContainsKey(MemberNames.Member(name))) };
        _targets[MemberNames.Member(renamed.Name)] = renamed;
        return renamed;
    }

    private SettingSpec Check(AttributeData attribute, SettingSpec setting)
    {
        string name = setting.Name;
        if (OwnerOfSetting(name) is { } owner)
        {
            reading.Report("NC0105", attribute, "", "setting", name, owner);
            name = Free(name, free => OwnerOfSetting(free) is null);
        }

        _settings[MemberNames.Member(name)] = name;
        return setting with { Name = name };
    }

    private string? OwnerOfSetting(string name)
    {
        string member = MemberNames.Member(name);
        return Taken(name)
            ?? (_targets.ContainsKey(member) ? "a target" : null)
            ?? (_settings.TryGetValue(member, out string? other) ? $"the setting '{other}'; each setting is one property of Training" : null)
            ?? (member == reading.Type.Name ? "the network" : null)
            ?? (MemberNames.IsTakenInTraining(member) ? "a member of Training" : null);
    }

    private static string Free(string name, Func<string, bool> isFree)
    {
        do
        {
            name += "X";
        }
        while (!isFree(name));

        return name;
    }

    private string? Taken(string name)
    {
        if (MemberNames.FixedParameters.Contains(name, StringComparer.OrdinalIgnoreCase))
        {
            return "a parameter of the generated methods";
        }

        if (SyntaxFacts.GetKeywordKind(name) != SyntaxKind.None)
        {
            return "C#";
        }

        return _inputs.TryGetValue(MemberNames.Member(name), out string? input) ? $"the input '{input}'"
            : string.Equals(name, "weight", StringComparison.OrdinalIgnoreCase) ? "the member WeightGradients"
            : null;
    }

    private static string Describe(TargetSpec target)
        => target.Classes > 0 ? $"one of {target.Classes} classes" : "(" + string.Join(", ", target.Shape) + ")";
}
