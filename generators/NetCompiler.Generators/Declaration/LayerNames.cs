using Microsoft.CodeAnalysis;
using NetCompiler.Generators.Graph.Layers;

namespace NetCompiler.Generators.Declaration;

/// <summary>
/// The names of layers: the given one, else the kind and its ordinal among all layers of that kind, so that naming one layer renames no
/// other. A name that cannot stand is reported and replaced, so that a faulty network still has distinct members.
/// </summary>
internal sealed class LayerNames(Reading reading)
{
    private readonly Dictionary<string, int> _ordinals = [];
    private readonly Dictionary<string, string> _taken = new(StringComparer.OrdinalIgnoreCase);

    public string Next(LayerRule rule, AttributeData attribute)
    {
        _ordinals.TryGetValue(rule.NameStem, out int ordinal);
        _ordinals[rule.NameStem] = ++ordinal;
        string automatic = rule.NameStem + ordinal;
        string name = Given(attribute) ?? automatic;
        if (Problem(name) is { } problem)
        {
            reading.Report(problem.Id, attribute, "Name", problem.Arguments);
            name = automatic;
            while (_taken.ContainsKey(MemberNames.Member(name)))
            {
                name += "x";
            }
        }

        _taken[MemberNames.Member(name)] = name;
        return name;
    }

    /// <summary>The names under which older files hold the layer.</summary>
    public EquatableArray<string> Former(AttributeData attribute)
        => Named(attribute, "FormerNames") is { Kind: TypedConstantKind.Array, IsNull: false } value
            ? new EquatableArray<string>(value.Values.Select(item => item.Value as string ?? ""))
            : default;

    private static string? Given(AttributeData attribute) => Named(attribute, "Name") is { Kind: TypedConstantKind.Primitive, Value: string name } ? name : null;

    private static TypedConstant Named(AttributeData attribute, string name) => attribute.NamedArguments.FirstOrDefault(argument => argument.Key == name).Value;

    private (string Id, string[] Arguments)? Problem(string name)
    {
        string member = MemberNames.Member(name);
        return name switch
        {
            _ when !MemberNames.IsLayerName(name) => ("NC0103", [name]),
            _ when MemberNames.Reserved.Contains(member, StringComparer.OrdinalIgnoreCase) => ("NC0102", ["layer", name]),
            _ when _taken.TryGetValue(member, out string? other) => ("NC0101", [name, other]),
            _ => null,
        };
    }
}
