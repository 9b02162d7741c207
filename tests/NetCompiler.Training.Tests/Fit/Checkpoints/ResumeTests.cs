using Xunit;

namespace NetCompiler.Tests.Training.Fit.Checkpoints;

/// <summary>A training that was ended anywhere and is gone on with ends as one that was not.</summary>
public sealed class ResumeTests : IDisposable
{
    private const int Epochs = 3;

    private readonly string _folder = Directory.CreateTempSubdirectory("netcompiler-resume-").FullName;

    private string CheckpointPath => Path.Combine(_folder, "run.checkpoint");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void CancellationAtAnyBatch_ResumesToTheSameBits()
    {
        string expected = Uninterrupted();

        // Seven batches of training and two of validation per epoch.
        for (int stop = 1; stop <= Epochs * 7; stop++)
        {
            AssertResumes(expected, token => new CancelAfter(token, stop));
            Assert.False(File.Exists(CheckpointPath));
        }
    }

    [Fact]
    public void CancellationDuringValidation_ResumesWithTheValidation()
    {
        string expected = Uninterrupted(new Watched(_ => { }));
        using CancellationTokenSource source = new();

        // Batches of both kinds are counted: 17 is the first validation batch of the second epoch.
        FitOptions options = KindsRun.Options(Epochs, new BackupAndRestore(CheckpointPath));
        TrainingCanceledException exception = Assert.Throws<TrainingCanceledException>(() => KindsRun.Network().Fit(
            KindsRun.Data, options with { Metrics = [.. options.Metrics!, new Watched(batch => Cancel(source, batch == 17))] }, source.Token));
        Assert.Equal(1, exception.History.Epochs);
        Assert.Equal(7, Checkpoint.Read(CheckpointPath).State.GetInt64("batches"));
        Assert.Equal(expected, Run(new Watched(_ => { })));
    }

    [Theory]
    [InlineData("sgd")]
    [InlineData("momentum")]
    [InlineData("rmsprop")]
    [InlineData("adagrad")]
    [InlineData("adam")]
    [InlineData("nadam")]
    [InlineData("lion")]
    public void EveryOptimizer_ResumesToTheSameBits(string name)
    {
        Optimizer optimizer = name switch
        {
            "sgd" => new Sgd(0.05),
            "momentum" => new Sgd(0.05, momentum: 0.9, nesterov: true),
            "rmsprop" => new RmsProp(0.002),
            "adagrad" => new Adagrad(0.05),
            "adam" => new Adam(0.01),
            "nadam" => new Nadam(0.01),
            _ => new Lion(0.001),
        };
        AssertResumes(Uninterrupted(null, optimizer), source => new CancelAfter(source, 10), optimizer);
    }

    [Fact]
    public void HandwrittenTraining_ResumesWithWholeSlots()
    {
        Dataset data = FitTests.LineData(100);
        FitOptions options = new() { Epochs = 4, Optimizer = new Adam(0.05), Metrics = [new MeanAbsoluteError(), new RSquared(), new BinaryAccuracy()] };
        Line whole = new(1);
        History expected = whole.Fit(data, options);
        using CancellationTokenSource source = new();
        Assert.Throws<TrainingCanceledException>(() => new Line(1).Fit(data, options with { Callbacks = [new BackupAndRestore(CheckpointPath), new CancelAfter(source, 6)] }, source.Token));
        Line resumed = new(1);
        History history = resumed.Fit(data, options with { ResumeFrom = CheckpointPath });
        Assert.Equal(whole.Values.ToArray(), resumed.Values.ToArray());
        Assert.All(expected.Names, name => Assert.Equal(expected[name], history[name]));
        Assert.True(File.Exists(CheckpointPath));
    }

    [Fact]
    public void AucOfAPartialEpoch_IsKept()
    {
        float[] x = [.. Enumerable.Range(0, 200).Select(i => (float)Math.Sin(i * 1.7))];
        Dataset data = Dataset.Create<Line>(x, Enumerable.Range(0, 100).Select(i => x[2 * i] > x[(2 * i) + 1] ? 1f : 0f).ToArray());
        FitOptions options = new() { Epochs = 2, Metrics = [new Auc(), new F1Score(threshold: 0)] };
        History expected = new Line(1).Fit(data, options);
        using CancellationTokenSource source = new();
        Assert.Throws<TrainingCanceledException>(() => new Line(1).Fit(data, options with { Callbacks = [new BackupAndRestore(CheckpointPath), new CancelAfter(source, 6)] }, source.Token));
        History history = new Line(1).Fit(data, options with { ResumeFrom = CheckpointPath });
        Assert.Equal(expected["auc"], history["auc"]);
        Assert.Equal(expected["f1"], history["f1"]);
        Assert.All(history["f1"], value => Assert.InRange(value, 0.1, 1));
    }

    [Fact]
    public void KeptCheckpoint_ReturnsAtOnceAndGoesOnWithMoreEpochs()
    {
        Run(epochs: 2, backup: new BackupAndRestore(CheckpointPath, deleteCheckpoint: false));
        byte[] kept = File.ReadAllBytes(CheckpointPath);
        Counter counter = new();
        Kinds again = KindsRun.Network();
        History history = again.Fit(KindsRun.Data, KindsRun.Options(2, new BackupAndRestore(CheckpointPath, deleteCheckpoint: false), counter));
        Assert.Equal((2, 0), (history.Epochs, counter.Batches));
        Assert.True(counter.IsResumed);
        Assert.Equal(kept, File.ReadAllBytes(CheckpointPath));
        Assert.Equal(Uninterrupted(), Run());
    }

    [Fact]
    public void CheckpointOfMoreEpochsThanAreAskedFor_IsWhatTrainingEndsWith()
    {
        Run(backup: new BackupAndRestore(CheckpointPath, deleteCheckpoint: false));
        Counter counter = new();
        Kinds again = KindsRun.Network();
        History history = again.Fit(KindsRun.Data, KindsRun.Options(epochs: 1, counter) with { ResumeFrom = CheckpointPath });
        Assert.Equal((Epochs, 0), (history.Epochs, counter.Batches));
        Assert.Equal(Uninterrupted(), KindsRun.Describe(again, history));

        // Only the epoch that had begun is ended: the second, of which three batches of seven are done.
        using CancellationTokenSource source = new();
        File.Delete(CheckpointPath);
        Assert.Throws<TrainingCanceledException>(() => KindsRun.Network().Fit(KindsRun.Data, KindsRun.Options(Epochs, new BackupAndRestore(CheckpointPath), new CancelAfter(source, 10)), source.Token));
        Assert.Equal((2, 4), (KindsRun.Network().Fit(KindsRun.Data, KindsRun.Options(epochs: 1, counter) with { ResumeFrom = CheckpointPath }).Epochs, counter.Batches));
    }

    [Fact]
    public void SavingEveryFewBatches_GoesOnFromTheLastOfThem()
    {
        Run(epochs: 1, backup: new BackupAndRestore(CheckpointPath, saveEveryBatches: 3, deleteCheckpoint: false));
        Assert.Equal((1L, 0L), Place());
        File.Delete(CheckpointPath);
        ExceptionAt failing = new(batch: 5);
        Assert.Throws<InvalidOperationException>(() => KindsRun.Network().Fit(KindsRun.Data, KindsRun.Options(Epochs, new BackupAndRestore(CheckpointPath, saveEveryBatches: 3), failing)));
        Assert.Equal((0L, 3L), Place());
        Assert.Equal(Uninterrupted(), Run());
    }

    [Fact]
    public void StopTraining_IsRemembered()
    {
        FitOptions options = KindsRun.Options(9, new BackupAndRestore(CheckpointPath, deleteCheckpoint: false), new StopAfter(10));
        History expected = KindsRun.Network().Fit(KindsRun.Data, options);
        Counter counter = new();
        History history = KindsRun.Network().Fit(KindsRun.Data, KindsRun.Options(9, new BackupAndRestore(CheckpointPath), counter));
        Assert.Equal((2, 2, 0), (expected.Epochs, history.Epochs, counter.Batches));
    }

    [Fact]
    public void Progress_CountsTheTimeAndTheBatchesBefore()
    {
        using CancellationTokenSource source = new();
        List<TrainingProgress> reports = [];
        FitOptions options = KindsRun.Options(Epochs, new BackupAndRestore(CheckpointPath), new CancelAfter(source, 10)) with { Progress = new Reports(reports) };
        Assert.Throws<TrainingCanceledException>(() => KindsRun.Network().Fit(KindsRun.Data, options, source.Token));
        int before = reports.Count;
        History history = KindsRun.Network().Fit(KindsRun.Data, KindsRun.Options(Epochs, new BackupAndRestore(CheckpointPath)) with { Progress = new Reports(reports) });
        Assert.Equal((1, 3), (reports[before].Epoch, reports[before].Batch));
        Assert.Equal(Epochs * 7, reports.Count(report => report.ValidationBatch == 0));
        // A checkpoint knows the time until it was written, which is after the last report before it; the writing itself is nobody's.
        Assert.True(reports[before].Elapsed > reports[before - 1].Elapsed);
        Assert.True(history.Duration >= reports[^1].Elapsed);
    }

    internal static void Cancel(CancellationTokenSource source, bool now)
    {
        if (now)
        {
            source.Cancel();
        }
    }

    private static string Uninterrupted(Metric? metric = null, Optimizer? optimizer = null)
    {
        Kinds network = KindsRun.Network();
        return KindsRun.Describe(network, network.Fit(KindsRun.Data, With(KindsRun.Options(Epochs), metric, optimizer)));
    }

    private static FitOptions With(FitOptions options, Metric? metric, Optimizer? optimizer) => options with
    {
        Metrics = metric is null ? options.Metrics : [.. options.Metrics!, metric],
        Optimizer = optimizer ?? options.Optimizer,
    };

    private string Run(Metric? metric = null, Optimizer? optimizer = null, int epochs = Epochs, BackupAndRestore? backup = null)
    {
        // Other first weights: everything comes from the file.
        Kinds network = KindsRun.Network();
        float[] zeros = new float[Kinds.ParameterCount];
        if (File.Exists(CheckpointPath))
        {
            network.ImportParameters(zeros);
        }

        return KindsRun.Describe(network, network.Fit(KindsRun.Data, With(KindsRun.Options(epochs, backup ?? new BackupAndRestore(CheckpointPath)), metric, optimizer)));
    }

    private void AssertResumes(string expected, Func<CancellationTokenSource, Callback> canceling, Optimizer? optimizer = null)
    {
        using CancellationTokenSource source = new();
        FitOptions options = KindsRun.Options(Epochs, new BackupAndRestore(CheckpointPath), canceling(source));
        Assert.Throws<TrainingCanceledException>(() => KindsRun.Network().Fit(KindsRun.Data, With(options, null, optimizer), source.Token));
        Assert.True(File.Exists(CheckpointPath));
        Assert.Equal(expected, Run(optimizer: optimizer));
    }

    private (long Epoch, long Batches) Place()
    {
        SavedState state = Checkpoint.Read(CheckpointPath).State;
        return (state.GetInt64("epoch"), state.GetInt64("batches"));
    }

    private sealed class CancelAfter(CancellationTokenSource source, int batches) : Callback
    {
        private int _done;

        public override void OnBatchEnd(FitContext context) => Cancel(source, ++_done == batches);
    }

    private sealed class StopAfter(int batches) : Callback
    {
        private int _done;

        public override void OnBatchEnd(FitContext context) => context.StopTraining |= ++_done == batches;
    }

    private sealed class ExceptionAt(int batch) : Callback
    {
        public override void OnBatchEnd(FitContext context)
        {
            if (context.Batch == batch)
            {
                throw new InvalidOperationException("The user's own.");
            }
        }
    }

    private sealed class Counter : Callback
    {
        public int Batches { get; private set; }

        public bool IsResumed { get; private set; }

        public override void OnTrainBegin(FitContext context) => IsResumed = context.IsResumed;

        public override void OnBatchEnd(FitContext context) => Batches++;
    }

    private sealed class Reports(List<TrainingProgress> reports) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => reports.Add(value);
    }
}
