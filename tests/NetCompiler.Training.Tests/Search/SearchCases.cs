namespace NetCompiler.Tests.Training.Search;

/// <summary>A curve of one value in two, with hidden layers of three widths.</summary>
[Network]
[Loss(Loss.MeanSquaredError)]
internal sealed partial class Curve
{
    private static Tensor Forward([Input(2)] Tensor x, [Choice(2, 4, 8)] int units) => x.Dense(units, activation: Activation.Tanh).Dropout(0.05).Dense(1);
}

/// <summary>Two classes by their indices.</summary>
[Network]
[Loss(Loss.SparseCategoricalCrossentropy)]
internal sealed partial class TwoKinds
{
    private static Tensor Forward([Input(2)] Tensor x, [Choice(2, 4)] int units) => x.Dense(units).Dense(2, activation: Activation.Softmax);
}

/// <summary>Two classes as 0 and 1.</summary>
[Network]
[Loss(Loss.BinaryCrossentropy)]
internal sealed partial class YesOrNo
{
    private static Tensor Forward([Input(2)] Tensor x, [Choice(2, 4)] int units) => x.Dense(units).Dense(1, activation: Activation.Sigmoid);
}

/// <summary>Small searches over <see cref="Curve"/>.</summary>
internal static class SearchCases
{
    public static Dataset Data { get; } = Draw(60);

    /// <summary>The three widths and a rate.</summary>
    public static SearchSpace Space { get; } = SearchSpace.Of(Curve.Variants).Float("learning_rate", 1e-3, 0.1, Sampling.Log);

    /// <summary>The three widths, two optimizers.</summary>
    public static SearchSpace Grid { get; } = SearchSpace.Of(Curve.Variants).Choice("optimizer", "adam", "sgd");

    /// <summary>Four epochs, where the search sets none.</summary>
    public static FitOptions OptionsOf(TrialRun run)
    {
        double rate = run.Values.ContainsKey("learning_rate") ? run.Values.GetDouble("learning_rate") : 0.02;
        bool isAdam = !run.Values.ContainsKey("optimizer") || run.Values.GetString("optimizer") == "adam";
        return new FitOptions { Epochs = 4, BatchSize = 16, Optimizer = isAdam ? new Adam(rate) : new Sgd(rate) };
    }

    /// <summary>Scores and weights to the bit.</summary>
    public static string Describe(SearchResult result) => $"{result.Best.Number}\n{result.ToCsv()}{Describe(result.Network)}";

    public static string Describe(INetwork network) => string.Join(' ', network.Weights.SelectMany(weight => weight.ToArray()).Select(value => BitConverter.SingleToUInt32Bits(value).ToString("x8", null)));

    /// <summary>Every kind of search, with a folder or without.</summary>
    public static HyperparameterSearch Create(string kind, SearchOptions options) => kind switch
    {
        nameof(GridSearch) => new GridSearch(Grid, folds: 3, options),
        nameof(RandomSearch) => new RandomSearch(Space, maxTrials: 8, options: options),
        nameof(Hyperband) => new Hyperband(Space, maxEpochs: 9, options: options),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    private static Dataset Draw(int count)
    {
        Random random = new(5);
        float[] x = [.. Enumerable.Range(0, 2 * count).Select(_ => (random.NextSingle() * 4) - 2)];
        return Dataset.Create<Curve>(x, Enumerable.Range(0, count).Select(i => MathF.Sin(x[2 * i]) * x[(2 * i) + 1]).ToArray());
    }
}
