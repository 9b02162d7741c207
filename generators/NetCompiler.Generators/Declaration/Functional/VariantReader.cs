using Microsoft.CodeAnalysis;

namespace NetCompiler.Generators.Declaration.Functional;

/// <summary>The [Choice] parameters of a Forward method: the class has the first value of each, every other combination is a variant.</summary>
internal static class VariantReader
{
    /// <summary>Reads the class itself and, where it has choices, every other combination. A mistake in one is one in all.</summary>
    /// <param name="reading">The class's reading, whose places are those of the class itself.</param>
    /// <param name="forward">The method.</param>
    /// <param name="spec">What all variants have.</param>
    /// <param name="most">The largest number of combinations.</param>
    /// <param name="read">Reads one combination.</param>
    public static NetworkSpec Read(Reading reading, IMethodSymbol forward, NetworkSpec spec, int most, Func<Reading, IReadOnlyList<int>, NetworkSpec> read)
    {
        (string Name, int[] Values)[] choices = [.. ForwardSignature.Choices(forward).Select(pair => ReadChoice(reading, pair.Parameter, pair.Attribute))];
        NetworkSpec first = read(reading, [.. choices.Select(choice => choice.Values[0])]);
        long count = choices.Aggregate(1L, (product, choice) => Math.Min(int.MaxValue, product * choice.Values.Length));
        if (count > most)
        {
            reading.Report("NC0608", forward.Locations[0], reading.Type.Name, count.ToString(System.Globalization.CultureInfo.InvariantCulture), NumberText.Integer(most));
        }

        if (choices.Length == 0)
        {
            return first;
        }

        ClassMembers.Check(reading, "Variants");
        bool isReadable = !reading.IsFaulty && !first.IsFaulty;
        var variants = new List<VariantSpec>();
        foreach (int[] values in Combinations(choices).Take(most))
        {
            reading.CancellationToken.ThrowIfCancellationRequested();
            ChoiceSpec[] own = [.. choices.Select((choice, i) => new ChoiceSpec(choice.Name, values[i]))];
            string name = string.Concat(own.Select(choice => MemberNames.Member(choice.Name) + (choice.Value < 0 ? "Minus" : "") + NumberText.Integer(Math.Abs((long)choice.Value))));
            if (variants.Count == 0)
            {
                variants.Add(new VariantSpec(name, own, null));
                continue;
            }

            int collisions = reading.Collisions.Count;
            ClassMembers.Check(reading, name);
            if (reading.Collisions.Count > collisions)
            {
                continue;
            }

            var inner = new Reading(reading.Type, reading.CancellationToken);
            NetworkSpec variant = (isReadable ? read(inner, values) : first) with { Name = name, Keyword = "class", TypeParameters = "", IsStatic = false, Containers = [.. spec.Containers, spec.Part], IsVariant = true };
            foreach (Finding finding in inner.Findings)
            {
                reading.Report(finding);
            }

            variants.Add(new VariantSpec(name, own, variant));
        }

        return Settled(first) with { Variants = new EquatableArray<VariantSpec>(variants.Select(variant => variant with { Network = variant.Network is { } network ? Settled(network) : null })) };

        NetworkSpec Settled(NetworkSpec network) => reading.IsFaulty || first.IsFaulty ? StandIns.Apply(network with { IsFaulty = true }) : network;
    }

    private static (string Name, int[] Values) ReadChoice(Reading reading, IParameterSymbol parameter, AttributeData attribute)
    {
        EquatableArray<OptionSpec>? options = OptionReader.Read(reading, attribute, [new OptionSpec("Values", OptionType.IntegerList, 0, "", default)]);
        int[] values = options is { } read ? [.. read[0].Integers] : [];
        if (options is not null && (values.Length == 0 || values.Distinct().Count() != values.Length))
        {
            reading.Report("NC0607", attribute, "Values", parameter.Name, values.Length == 0 ? "no values" : "a value twice");
        }

        return (ForwardSignature.NameOf(parameter), values.Length == 0 ? [1] : [.. values.Distinct()]);
    }

    /// <summary>All combinations, the last choice running fastest; the first is that of the class itself.</summary>
    private static IEnumerable<int[]> Combinations((string Name, int[] Values)[] choices)
    {
        IEnumerable<int[]> combinations = [[]];
        foreach ((string _, int[] values) in choices)
        {
            combinations = combinations.SelectMany(head => values.Select(value => (int[])[.. head, value]));
        }

        return combinations;
    }
}
