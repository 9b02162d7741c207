namespace NetCompiler;

/// <summary>
/// What a search chooses from: the compile-time choices of a network's variants, and run-time settings by name. A value: every method gives another space, which can be kept
/// and shared. A whole number called <c>seed</c> takes the place of the seed that a trial's network and training would otherwise be given.
/// </summary>
/// <example>
/// <code>
/// SearchSpace space = SearchSpace.Of(Tuned.Variants)
///     .Choice("optimizer", "adam", "sgd")
///     .Float("learning_rate", 1e-4, 1e-2, Sampling.Log);
/// </code>
/// </example>
public sealed class SearchSpace
{
    internal const string True = "true";
    internal const string False = "false";
    private const string SeedName = "seed";
    private const uint ValuePurpose = 0x5345_5641, SeedPurpose = 0x5345_5345;

    // Beyond it, repeats are as unlikely as among floats.
    private const long MostCounted = 1L << 60;

    private readonly SearchParameter[] _parameters;

    private SearchSpace(IReadOnlyList<NetworkVariant> variants, SearchParameter[] parameters)
    {
        Variants = variants;
        _parameters = parameters;
        Count = CountOf(parameters);
    }

    /// <summary>The networks that were compiled; one without choices where the space is over run-time settings only.</summary>
    public IReadOnlyList<NetworkVariant> Variants { get; }

    /// <summary>The hyperparameters, the compile-time choices first.</summary>
    public IReadOnlyList<SearchParameter> Parameters => _parameters;

    /// <summary>The number of combinations; null where a range of floats is among them, or there are more than 2^60.</summary>
    public long? Count { get; }

    /// <summary>A space over one network, without hyperparameters so far.</summary>
    /// <typeparam name="TNetwork">The network; of one with choices, the combination of their first values.</typeparam>
    public static SearchSpace Of<TNetwork>()
        where TNetwork : INetwork<TNetwork>
        => new([new NetworkVariant(TNetwork.Description.Name, new Dictionary<string, int>(), TNetwork.Description, seed => TNetwork.Create(seed))], []);

    /// <summary>A space over all combinations of a network's choices.</summary>
    /// <param name="variants">The generated <c>Variants</c>, or those with some of the values.</param>
    /// <exception cref="ArgumentException">There are none, or a combination is missing or comes twice.</exception>
    public static SearchSpace Of(IReadOnlyList<NetworkVariant> variants)
    {
        ArgumentNullException.ThrowIfNull(variants);
        Elements.Require(variants, nameof(variants));
        if (variants.Count == 0)
        {
            throw new ArgumentException("There are no variants; a space needs at least one network.", nameof(variants));
        }

        string[] names = [.. variants[0].Choices.Keys];
        if (variants.FirstOrDefault(variant => !variant.Choices.Keys.SequenceEqual(names)) is { } other)
        {
            throw new ArgumentException($"The variant {other.Name} has the choices {string.Join(", ", other.Choices.Keys)}, but {variants[0].Name} has {string.Join(", ", names)}.", nameof(variants));
        }

        SearchParameter[] parameters = [.. names.Select(name => new ChoiceParameter(name, [.. variants.Select(variant => (SearchValue)variant.Choices[name]).Distinct()]))];
        long combinations = CountOf(parameters) ?? long.MaxValue;
        int distinct = variants.Select(variant => string.Join(',', names.Select(name => variant.Choices[name]))).Distinct().Count();
        return combinations == variants.Count && distinct == variants.Count
            ? new SearchSpace([.. variants], parameters)
            : throw new ArgumentException($"There are {variants.Count} variants, {distinct} of them different, but their values have {combinations} combinations; each is needed once.", nameof(variants));
    }

    /// <summary>With a choice of texts.</summary>
    /// <exception cref="ArgumentException">There is no value, one is null or comes twice, or the name is empty or taken.</exception>
    public SearchSpace Choice(string name, params ReadOnlySpan<string> values) => With(name, new ChoiceParameter(name, [.. ToValues(values)]));

    /// <summary>With a choice of whole numbers.</summary>
    /// <inheritdoc cref="Choice(string, ReadOnlySpan{string})"/>
    public SearchSpace Choice(string name, params ReadOnlySpan<int> values) => With(name, new ChoiceParameter(name, [.. ToValues(values)]));

    /// <summary>With a choice of numbers.</summary>
    /// <inheritdoc cref="Choice(string, ReadOnlySpan{string})"/>
    /// <exception cref="ArgumentOutOfRangeException">A number is NaN or infinite.</exception>
    public SearchSpace Choice(string name, params ReadOnlySpan<double> values) => With(name, new ChoiceParameter(name, [.. ToValues(values)]));

    /// <summary>With a choice between false and true.</summary>
    /// <exception cref="ArgumentException">The name is empty or taken.</exception>
    public SearchSpace Boolean(string name) => Choice(name, False, True);

    /// <summary>With a whole number from <paramref name="minValue"/> to <paramref name="maxValue"/>, that one included where the steps meet it.</summary>
    /// <exception cref="ArgumentException">The least value is above the largest, or the name is empty or taken.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The step is below 1.</exception>
    public SearchSpace Int(string name, int minValue, int maxValue, int step = 1) => With(name, new IntParameter(name, minValue, maxValue, step));

    /// <summary>With a number of a range.</summary>
    /// <exception cref="ArgumentException">The least value is above the largest, or the name is empty or taken.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A bound is not finite, or not positive with <see cref="Sampling.Log"/>.</exception>
    public SearchSpace Float(string name, double minValue, double maxValue, Sampling sampling = Sampling.Linear) => With(name, new FloatParameter(name, minValue, maxValue, sampling));

    /// <summary>With only some of the values of a compile-time choice.</summary>
    /// <exception cref="ArgumentException">The variants have no such choice or no such value, or no value is left.</exception>
    public SearchSpace Restrict(string choice, params ReadOnlySpan<int> values)
    {
        string[] choices = [.. Variants[0].Choices.Keys];
        int place = Array.FindIndex(choices, name => string.Equals(name, choice, StringComparison.OrdinalIgnoreCase));
        if (place < 0)
        {
            throw new ArgumentException($"{Variants[0].Description.Name} has no compile-time choice \"{choice}\"; it has {(choices.Length == 0 ? "none" : string.Join(", ", choices))}.", nameof(choice));
        }

        IReadOnlyList<SearchValue> known = ((ChoiceParameter)_parameters[place]).Values;
        foreach (int value in values)
        {
            if (!known.Contains(value))
            {
                throw new ArgumentException($"The choice \"{choice}\" has no value {value}; it has {string.Join(", ", known)}.", nameof(values));
            }
        }

        SearchParameter[] parameters = [.. _parameters];
        parameters[place] = new ChoiceParameter(choices[place], [.. ToValues(values)]);
        return new SearchSpace(Variants, parameters);
    }

    /// <summary>One line per hyperparameter.</summary>
    public override string ToString() => string.Join('\n', _parameters.Select(parameter => parameter.ToString()));

    /// <summary>The combination with an index below <see cref="Count"/>; the last hyperparameter changes fastest.</summary>
    internal TrialValues ValuesAt(long index)
    {
        SearchValue[] values = new SearchValue[_parameters.Length];
        for (int i = values.Length - 1; i >= 0; i--)
        {
            (index, long own) = Math.DivRem(index, _parameters[i].Count!.Value);
            values[i] = _parameters[i].At((int)own);
        }

        return ValuesOf(values);
    }

    /// <summary>The values that chance gives a trial: a function of seed and trial alone. Of finitely many combinations each comes once before any comes again.</summary>
    internal TrialValues Draw(int seed, int trial)
    {
        if (Count is long count)
        {
            return ValuesAt(IndexPermutation.Apply(trial % count, count, seed));
        }

        SearchValue[] values = new SearchValue[_parameters.Length];
        for (int i = 0; i < values.Length; i++)
        {
            (uint high, uint low, _, _) = Philox.Block((uint)trial, (uint)i, 0, 0, (uint)seed, ValuePurpose);

            // 53 bits: all that a double from 0 to 1 holds.
            values[i] = _parameters[i].Draw(((((ulong)high << 32) | low) >> 11) * (1.0 / (1L << 53)));
        }

        return ValuesOf(values);
    }

    /// <summary>The seed of a trial's network and training: the value called seed, or a function of seed and trial alone.</summary>
    internal static int SeedOf(TrialValues values, int seed, int trial)
        => values.TryGetValue(SeedName, out SearchValue own) && !own.IsText && own.Number == (int)own.Number
            ? (int)own.Number
            : (int)(Philox.Block((uint)trial, 0, 0, 0, (uint)seed, SeedPurpose).Word0 >> 1);

    /// <summary>The network with the compile-time values of a trial.</summary>
    internal NetworkVariant VariantOf(TrialValues values) => Variants.First(variant => variant.Choices.All(choice => values[choice.Key] == choice.Value));

    private static long? CountOf(IEnumerable<SearchParameter> parameters)
    {
        long count = 1;
        foreach (SearchParameter parameter in parameters)
        {
            if (parameter.Count is not int own || own > MostCounted / count)
            {
                return null;
            }

            count *= own;
        }

        return count;
    }

    private static IEnumerable<SearchValue> ToValues(ReadOnlySpan<string> values) => Elements.Require(values.ToArray(), nameof(values)).Select(value => (SearchValue)value);

    private static IEnumerable<SearchValue> ToValues(ReadOnlySpan<int> values) => values.ToArray().Select(value => (SearchValue)value);

    private static IEnumerable<SearchValue> ToValues(ReadOnlySpan<double> values) => values.ToArray().Select(value => (SearchValue)value);

    private TrialValues ValuesOf(SearchValue[] values) => new(values.Select((value, i) => KeyValuePair.Create(_parameters[i].Name, value)));

    private SearchSpace With(string name, SearchParameter parameter)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        if (Array.Exists(_parameters, other => string.Equals(other.Name, name, StringComparison.OrdinalIgnoreCase)))
        {
            string hint = Variants[0].Choices.Keys.Contains(name, StringComparer.OrdinalIgnoreCase) ? $" as a compile-time choice; {nameof(Restrict)} leaves some of its values out" : "";
            throw new ArgumentException($"The space has a hyperparameter \"{name}\" already{hint}.", nameof(name));
        }

        return new SearchSpace(Variants, [.. _parameters, parameter]);
    }
}
