using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace NetCompiler.Generators.Declaration;

/// <summary>The names that spans and settings get in signatures, compared without case; a name used by two losses is one target.</summary>
internal sealed class SpanNames(Reading reading)
{
    private readonly Dictionary<string, TargetSpec> _targets = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, SettingSpec> _settings = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Reports names that cannot stand beside the others.</summary>
    public LossSpec Check(AttributeData attribute, LossSpec loss)
    {
        foreach (TargetSpec target in loss.Targets)
        {
            if (_targets.TryGetValue(target.Name, out TargetSpec? other))
            {
                if (!other.Shape.Equals(target.Shape) || other.Classes != target.Classes)
                {
                    reading.Report("NC0308", attribute, "", target.Name, Describe(other), Describe(target));
                }
            }
            else if (Taken(target.Name) is { } owner)
            {
                reading.Report("NC0105", attribute, "", "target", target.Name, owner);
            }

            _targets[target.Name] = target;
        }

        foreach (SettingSpec setting in loss.Settings)
        {
            string? owner = Taken(setting.Name) ?? (_targets.ContainsKey(setting.Name) ? "a target" : null)
                ?? (MemberNames.OfTraining.Contains(MemberNames.Member(setting.Name)) ? "a member of Training" : null);
            if (owner is not null)
            {
                reading.Report("NC0105", attribute, "", "setting", setting.Name, owner);
            }

            _settings[setting.Name] = setting;
        }

        return loss;
    }

    private static string? Taken(string name)
    {
        if (MemberNames.FixedParameters.Contains(name, StringComparer.OrdinalIgnoreCase))
        {
            return "a parameter of the generated methods";
        }

        if (SyntaxFacts.GetKeywordKind(name) != SyntaxKind.None)
        {
            return "C#";
        }

        return string.Equals(name, "input", StringComparison.OrdinalIgnoreCase) ? "the input"
            : string.Equals(name, "weight", StringComparison.OrdinalIgnoreCase) ? "the member WeightGradients"
            : null;
    }

    private static string Describe(TargetSpec target)
        => target.Classes > 0 ? $"one of {target.Classes} classes" : "(" + string.Join(", ", target.Shape) + ")";
}
