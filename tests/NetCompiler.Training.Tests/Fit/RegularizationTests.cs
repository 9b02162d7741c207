using Xunit;

namespace NetCompiler.Tests.Training.Fit;

/// <summary>What keeps a network from learning its samples by heart, each by its effect on a training.</summary>
public sealed class RegularizationTests
{
    private const int Samples = 48;

    [Fact]
    public void KernelL2_MakesTheWeightsOfItsLayerSmaller()
    {
        Plain plain = new(1);
        KernelDecay decayed = new(1);
        Fit(plain);
        Fit(decayed);
        double ratio = Norm(decayed.Weights.Dense1Kernel) / Norm(plain.Weights.Dense1Kernel);
        Assert.True(ratio < 0.5, $"ratio {ratio}");

        // The other layer has no penalty, and makes up for the first.
        Assert.True(Norm(decayed.Weights.Dense2Kernel) > Norm(plain.Weights.Dense2Kernel));
    }

    [Fact]
    public void KernelL1_MakesMostWeightsVanish()
    {
        Plain plain = new(1);
        KernelSparse sparse = new(1);
        Fit(plain);
        Fit(sparse);
        int Small(WeightView weight) => weight.ToArray().Count(value => Math.Abs(value) < 0.02);
        Assert.InRange(Small(plain.Weights.Dense1Kernel), 0, 32);
        Assert.InRange(Small(sparse.Weights.Dense1Kernel), 96, 128);
    }

    [Fact]
    public void BiasL1AndL2_ActOnBiasesAlone()
    {
        Plain plain = new(1);
        BiasDecay squares = new(1);
        BiasSparse absolutes = new(1);
        Fit(plain);
        Fit(squares);
        Fit(absolutes);
        double reference = Norm(plain.Weights.Dense1Bias);
        Assert.True(Norm(squares.Weights.Dense1Bias) < 0.3 * reference, $"{Norm(squares.Weights.Dense1Bias)} of {reference}");
        Assert.True(Norm(absolutes.Weights.Dense1Bias) < 0.3 * reference, $"{Norm(absolutes.Weights.Dense1Bias)} of {reference}");
        Assert.InRange(Norm(squares.Weights.Dense1Kernel) / Norm(plain.Weights.Dense1Kernel), 0.8, 1.25);
    }

    [Fact]
    public void Penalty_IsPartOfTheLossAndOfEvaluation()
    {
        KernelDecay network = new(1);
        Dataset data = Noisy<KernelDecay>(Samples, 1);
        double penalty = 0.05 * Math.Pow(Norm(network.Weights.Dense1Kernel), 2);
        Evaluation evaluation = network.Evaluate(data, metrics: [new RootMeanSquaredError()]);
        Assert.Equal(Math.Pow(evaluation["rmse"], 2) + penalty, evaluation.Loss, 1e-4 * evaluation.Loss);
    }

    [Fact]
    public void Dropout_NarrowsTheGapBetweenTrainingAndValidation()
    {
        static (double Train, double Validation) Losses<TNetwork>(TNetwork network)
            where TNetwork : INetwork<TNetwork>
        {
            Fit(network, epochs: 400);
            return (network.Evaluate(Noisy<TNetwork>(Samples, 1)).Loss, network.Evaluate(Noisy<TNetwork>(400, 2)).Loss);
        }

        (double plainTrain, double plainValidation) = Losses(new Plain(1));
        (double train, double validation) = Losses(new Dropped(1));
        Assert.True(plainTrain < train, $"training: {plainTrain} without, {train} with dropout");
        Assert.True(validation < plainValidation, $"validation: {plainValidation} without, {validation} with dropout");
    }

    [Fact]
    public void BatchNormalization_WithASeparateActivationTrainsOnInputsOfAnyScale()
    {
        static double Accuracy<TNetwork>(TNetwork network)
            where TNetwork : INetwork<TNetwork>
        {
            Random random = new(3);
            float[] x = [.. Enumerable.Range(0, 400).Select(i => i % 2 == 0 ? 1000 + (random.NextSingle() * 2) : (random.NextSingle() - 0.5f) * 1e-2f)];
            int[] classes = [.. x.Chunk(2).Select(pair => (pair[0] > 1001) ^ (pair[1] > 0) ? 1 : 0)];
            Dataset data = Dataset.Create<TNetwork>(x, classes);
            network.Fit(data, new FitOptions { Epochs = 60, BatchSize = 50, Optimizer = new Adam(0.02) });
            return network.Evaluate(data).Accuracy;
        }

        NormalizedFirst network = new(1);
        double normalized = Accuracy(network), plain = Accuracy(new NotNormalized(1));

        // A rounding in the last place makes it another path: 12 seeds at three widths of vectors end between 0.845 and 0.97.
        Assert.True(normalized > 0.8, $"with normalization {normalized}, without {plain}");
        Assert.True(plain < 0.7, $"with normalization {normalized}, without {plain}");

        // The statistics have moved to the inputs'.
        Assert.InRange(network.Weights.BatchNormalization1MovingMean[0], 800, 1200);
    }

    [Fact]
    public void EarlyStopping_EndsWithTheWeightsOfTheBestValidation()
    {
        Plain network = new(1);
        EarlyStopping stopping = new(patience: 20, restoreBestWeights: true);
        Dataset validation = Noisy<Plain>(400, 2);
        History history = network.Fit(Noisy<Plain>(Samples, 1), new FitOptions { Epochs = 1000, BatchSize = 16, Optimizer = new Adam(0.01), ValidationData = validation, Callbacks = [stopping] });
        Assert.InRange(history.Epochs, 21, 999);
        Assert.Equal(history["val_loss"].Min(), network.Evaluate(validation, batchSize: 16).Loss, 1e-9);
        Assert.True(history.Last("val_loss") > history["val_loss"].Min());
    }

    private static History Fit<TNetwork>(TNetwork network, int epochs = 200)
        where TNetwork : INetwork<TNetwork>
        => network.Fit(Noisy<TNetwork>(Samples, 1), new FitOptions { Epochs = epochs, BatchSize = 16, Optimizer = new Adam(0.01) });

    /// <summary>Two of four inputs say the target, with noise and an offset.</summary>
    private static Dataset Noisy<TNetwork>(int count, int seed)
        where TNetwork : INetwork<TNetwork>
    {
        Random random = new(seed);
        float[] x = [.. Enumerable.Range(0, 4 * count).Select(_ => (2 * random.NextSingle()) - 1)];
        return Dataset.Create<TNetwork>(x, x.Chunk(4).Select(row => 2 + MathF.Sin(3 * row[0]) + row[1] + ((random.NextSingle() - 0.5f) * 1.5f)).ToArray());
    }

    private static double Norm(WeightView weight) => Math.Sqrt(weight.ToArray().Sum(value => (double)value * value));
}
