using Microsoft.CodeAnalysis;
using NetCompiler.Generators.Graph.Layers;

namespace NetCompiler.Generators.Declaration;

/// <summary>
/// The names of layers: the given one, else the kind and its ordinal among all layers of that kind, so that naming one layer renames no
/// other; inside a block behind the block's name. A name that cannot stand is reported and replaced, so that a faulty network still has
/// distinct members.
/// </summary>
internal sealed class LayerNames(Reading reading)
{
    private readonly Dictionary<string, int> _ordinals = [];
    private readonly Dictionary<string, string> _taken = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The name of the next layer.</summary>
    /// <param name="rule">Its kind.</param>
    /// <param name="given">The name that the declaration gives it, or null.</param>
    /// <param name="place">Where it is declared.</param>
    /// <param name="prefix">The block's name and a dot, or nothing.</param>
    public string Next(LayerRule rule, string? given, DeclaredPlace place, string prefix = "")
    {
        string automatic = prefix + rule.NameStem + NumberText.Integer(Ordinal(prefix + rule.NameStem));
        string name = given is null ? automatic : prefix + given;
        if (Problem(name, given) is { } problem)
        {
            reading.Report(problem.Id, place, "Name", problem.Arguments);
            name = automatic;
            while (_taken.ContainsKey(MemberNames.Member(name)))
            {
                name += "x";
            }
        }

        _taken[MemberNames.Member(name)] = name;
        return name;
    }

    /// <summary>The name of the next weight of the user's own, which always has one.</summary>
    public string NextParameter(LayerRule rule, string? given, DeclaredPlace place, string prefix) => Next(rule, given ?? "", place, prefix);

    /// <summary>The prefix of the layers of the next call of a method: <c>read1.</c></summary>
    public string NextBlock(string method, string prefix)
    {
        string stem = prefix + MemberNames.Snake(method);
        return stem + NumberText.Integer(Ordinal("block " + stem)) + ".";
    }

    /// <summary>The name that an attribute gives its layer, or null.</summary>
    public static string? Given(AttributeData attribute) => Named(attribute, "Name") is { Kind: TypedConstantKind.Primitive, Value: string name } ? name : null;

    /// <summary>The names under which older files hold the layer.</summary>
    public static EquatableArray<string> Former(AttributeData attribute)
        => Named(attribute, "FormerNames") is { Kind: TypedConstantKind.Array, IsNull: false } value
            ? new EquatableArray<string>(value.Values.Select(item => item.Value as string ?? ""))
            : default;

    private static TypedConstant Named(AttributeData attribute, string name) => attribute.NamedArguments.FirstOrDefault(argument => argument.Key == name).Value;

    private int Ordinal(string stem)
    {
        _ordinals.TryGetValue(stem, out int ordinal);
        return _ordinals[stem] = ordinal + 1;
    }

    private (string Id, string[] Arguments)? Problem(string name, string? given)
    {
        string member = MemberNames.Member(name);
        return name switch
        {
            _ when given is not null && !MemberNames.IsLayerName(given) => ("NC0103", [given]),
            _ when MemberNames.Reserved.Concat(MemberNames.OfWeights).Contains(member, StringComparer.OrdinalIgnoreCase) => ("NC0102", ["layer", name]),
            _ when _taken.TryGetValue(member, out string? other) => ("NC0101", [name, other]),
            _ => null,
        };
    }
}
