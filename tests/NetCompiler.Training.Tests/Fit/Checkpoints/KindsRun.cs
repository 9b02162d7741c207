namespace NetCompiler.Tests.Training.Fit.Checkpoints;

/// <summary>A training of <see cref="Kinds"/> in which everything that a checkpoint has to hold takes part.</summary>
internal static class KindsRun
{
    public const int Seed = 11;

    /// <summary>104 images for training and 26 for validation: seven batches an epoch, the last one of 8.</summary>
    public static Dataset Data { get; } = Draw(130);

    public static Optimizer Optimizer { get; } = new AdamW(0.01) { ClipNorm = 1 };

    /// <summary>The options of a run, with callbacks of the test's after those that remember.</summary>
    public static FitOptions Options(int epochs, params Callback[] callbacks) => new()
    {
        Epochs = epochs,
        BatchSize = 16,
        Optimizer = Optimizer,
        ValidationSplit = 0.2,
        Transforms = [new ImageAugmentation { HorizontalFlip = true, VerticalShift = 1, HorizontalShift = 1 }],
        Metrics = [new Accuracy(), new TopK(2)],
        Verbosity = Verbosity.Silent,
        Callbacks =
        [
            new ReduceLearningRateOnPlateau("loss", factor: 0.9, patience: 1),
            new EarlyStopping("val_loss", patience: 10_000, restoreBestWeights: true),
            new Nervous(),
            .. callbacks,
        ],
    };

    /// <summary>A network before training.</summary>
    public static Kinds Network() => new(Seed);

    /// <summary>Loads what a run that was killed left, and goes on; the weights and the history as text.</summary>
    public static string Describe(INetwork network, History history)
    {
        float[] values = [.. network.Weights.SelectMany(weight => weight.ToArray())];
        string weights = string.Join(' ', values.Select(value => BitConverter.SingleToUInt32Bits(value).ToString("x8", null)));
        return string.Join('\n', history.Names.Select(name => $"{name} {string.Join(' ', history[name].Select(value => BitConverter.DoubleToUInt64Bits(value).ToString("x16", null)))}").Append(weights));
    }

    private static Dataset Draw(int count)
    {
        Random random = new(3);
        float[] images = [.. Enumerable.Range(0, count * 36).Select(i => (random.NextSingle() * 0.6f) + ((i / 36 % 3 == 0 ? i % 6 : i / 36 % 3 == 1 ? i / 6 % 6 : (i + (i / 6)) % 6) * 0.15f))];
        return Dataset.Create<Kinds>(images, Enumerable.Range(0, count).Select(i => i % 3).ToArray());
    }

    /// <summary>Makes the rate of the next step depend on all losses so far: a state that is lost changes the weights.</summary>
    private sealed class Nervous : Callback
    {
        private double _mood;

        public override void OnTrainBegin(FitContext context) => _mood = 0;

        public override void OnBatchEnd(FitContext context)
        {
            _mood = (0.9 * _mood) + (0.1 * context.BatchLoss);
            context.Optimizer.LearningRate *= 1 + (0.001 * (_mood - 1));
        }

        public override void SaveState(SavedState state) => state.Set("mood", _mood);

        public override void RestoreState(SavedState state) => _mood = state.GetDouble("mood");
    }
}
