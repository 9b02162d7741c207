using NetCompiler.Tests.Training.Fit.Checkpoints;
using Xunit;

namespace NetCompiler.Tests.Training.Fit;

/// <summary>Callbacks driven by a loop of one's own do what they do under Fit.</summary>
public sealed class CallbackListTests : IDisposable
{
    private static readonly (Dataset Train, Dataset Validation) Parts = KindsRun.Data.Split(0.2);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void CallbacksOfALoop_DoWhatTheyDoUnderFit()
    {
        FitOptions Options(string run) => new()
        {
            Epochs = 60,
            BatchSize = 16,
            Optimizer = KindsRun.Optimizer,
            Callbacks =
            [
                new ReduceLearningRateOnPlateau("loss", factor: 0.5, patience: 1, minDelta: 0.05),
                new CsvLogger(_folder[run + ".csv"]),
                new ModelCheckpoint(_folder[run + "/{epoch}-{accuracy:0.000}-{learning_rate}.safetensors"], "val_accuracy", saveBestOnly: true),
                new ModelCheckpoint(_folder[run + "/{epoch}-{batch}.safetensors"], "accuracy", saveBestOnly: true, saveFrequency: 3),
                new EarlyStopping(patience: 2, minDelta: 0.05, restoreBestWeights: true),
            ],
        };

        Kinds fitted = KindsRun.Network(), looped = KindsRun.Network();
        History expected = fitted.Fit(Parts.Train, Options("fit") with { ValidationData = Parts.Validation });
        History history = Train(looped, Options("loop"));
        Assert.InRange(history.Epochs, 3, 59);
        Assert.Equal(KindsRun.Describe(fitted, expected), KindsRun.Describe(looped, history));
        Assert.Equal(File.ReadAllText(_folder["fit.csv"]), File.ReadAllText(_folder["loop.csv"]));
        string[] files = Files("fit");
        Assert.True(files.Length > 4, string.Join(' ', files));
        Assert.Equal(files, Files("loop"));
        Assert.All(files, file => Assert.Equal(File.ReadAllBytes(_folder["fit/" + file]), File.ReadAllBytes(_folder["loop/" + file])));
        Assert.True(history.Duration > TimeSpan.Zero);
        Assert.Contains("learning_rate", TrainingReport.ToHtml(history, looped), StringComparison.Ordinal);
        Assert.Contains("val_accuracy", history.ToSvg("accuracy"), StringComparison.Ordinal);
    }

    [Fact]
    public void Schedule_OfTheOptionsIsFollowed()
    {
        FitOptions options = new() { Epochs = 3, BatchSize = 16, Optimizer = KindsRun.Optimizer, Schedule = new CosineSchedule(0.01, 3) { Unit = ScheduleUnit.Epochs } };
        Kinds fitted = KindsRun.Network(), looped = KindsRun.Network();
        History expected = fitted.Fit(Parts.Train, options with { ValidationData = Parts.Validation });
        Assert.Equal(KindsRun.Describe(fitted, expected), KindsRun.Describe(looped, Train(looped, options)));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(12)]
    public void LoopThatWasInterrupted_GoesOnToTheSameBits(int batches)
    {
        static FitOptions Options() => new()
        {
            Epochs = 4,
            BatchSize = 16,
            Optimizer = KindsRun.Optimizer,
            Callbacks = [new ReduceLearningRateOnPlateau("loss", factor: 0.5, patience: 1), new EarlyStopping(patience: 3, restoreBestWeights: true)],
        };

        Kinds whole = KindsRun.Network(), first = KindsRun.Network(), second = KindsRun.Network();
        string expected = KindsRun.Describe(whole, Train(whole, Options()));
        string path = _folder["own.checkpoint"];
        Assert.Throws<OperationCanceledException>(() => Train(first, Options(), onBatch: (list, training) =>
        {
            if (--batches == 0)
            {
                Checkpoint.Write(path, training, list.Context.Optimizer, list.SaveState());
                throw new OperationCanceledException();
            }
        }));
        Assert.Equal(expected, KindsRun.Describe(second, Train(second, Options(), Checkpoint.Read(path))));

        FitOptions without = Options() with { Callbacks = [] };
        CheckpointException exception = Assert.Throws<CheckpointException>(() => Train(KindsRun.Network(), without, Checkpoint.Read(path)));
        Assert.Contains("EarlyStopping", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Calls_ComeInTheOrderOfFit()
    {
        List<string> fitted = [], looped = [];
        LambdaCallback Log(List<string> calls) => new(
            onTrainBegin: context => calls.Add($"train begin {context.Epochs} {context.Batches}"),
            onEpochBegin: context => calls.Add($"epoch begin {context.Epoch}"),
            onBatchBegin: context => calls.Add($"batch begin {context.Batch} {context.BatchCount}"),
            onBatchEnd: context => calls.Add($"batch end {context.BatchLoss} {context.Loss} {context.Metrics["accuracy"]}"),
            onEpochEnd: context => calls.Add($"epoch end {context.Epoch} {context.History.Last("val_loss")}"),
            onTrainEnd: context => calls.Add($"train end {context.History.Epochs}"));
        FitOptions options = new() { Epochs = 2, BatchSize = 16, Optimizer = KindsRun.Optimizer };
        KindsRun.Network().Fit(Parts.Train, options with { ValidationData = Parts.Validation, Callbacks = [Log(fitted)] });
        Train(KindsRun.Network(), options with { Callbacks = [Log(looped)] });
        Assert.Equal(fitted, looped);
        Assert.Equal(2 + (2 * (2 + (2 * 7))), looped.Count);
    }

    [Fact]
    public void Callback_EndsTheLoop()
    {
        int batches = 0, epochs = 0;
        LambdaCallback stop = new(
            onBatchEnd: context =>
            {
                batches++;
                context.StopTraining = context is { Epoch: 1, Batch: 2 };
            },
            onEpochEnd: _ => epochs++);
        History history = Train(KindsRun.Network(), new FitOptions { Epochs = 9, Callbacks = [stop] });
        Assert.Equal((10, 2, 2), (batches, epochs, history.Epochs));
        LambdaCallback stopEarly = new(onEpochBegin: context => context.StopTraining = context.Epoch == 1);
        Assert.Equal(1, Train(KindsRun.Network(), new FitOptions { Epochs = 9, Callbacks = [stopEarly] }).Epochs);
    }

    [Fact]
    public void Exception_TellsTheCallbacksOfTheAbort()
    {
        Kinds network = KindsRun.Network();
        using CancellationTokenSource source = new();
        List<string> calls = [];
        Aborted aborted = new(calls);
        float[] weights = [];
        LambdaCallback cancel = new(onBatchEnd: context =>
        {
            if (context is { Epoch: 1, Batch: 3 })
            {
                weights = network.Parameters.ToArray();
                source.Cancel();
            }
        });
        Assert.Throws<OperationCanceledException>(() => Train(network, new FitOptions { Epochs = 9, Callbacks = [aborted, cancel] }, token: source.Token));
        Assert.Equal(["abort after 1"], calls);
        Assert.Equal(weights, network.Parameters.ToArray());
        calls.Clear();
        Train(network, new FitOptions { Callbacks = [aborted] });
        Assert.Equal(["end after 1"], calls);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void ListThatWasDisposed_TellsNobodyAnyMore(bool begins)
    {
        Kinds network = KindsRun.Network();
        using Kinds.Training training = network.CreateTraining(16);
        List<string> calls = [];
        CallbackList list = new(training, new Adam().CreateState(training), new MetricSet(network), new FitOptions { Callbacks = [new Aborted(calls), new LambdaCallback(onTrainBegin: _ => calls.Add("begin"))] });
        if (begins)
        {
            list.OnTrainBegin();
        }

        list.Dispose();
        list.Dispose();
        foreach (Action call in (Action[])[() => list.OnTrainBegin(), () => list.OnEpochBegin(), () => list.OnBatchBegin(1), () => list.OnBatchEnd(1), () => list.OnEpochEnd(), () => list.OnTrainEnd()])
        {
            Assert.Equal(typeof(CallbackList).FullName, Assert.Throws<ObjectDisposedException>(call).ObjectName);
        }

        Assert.Equal(begins ? ["begin", "abort after 0"] : [], calls);
    }

    [Fact]
    public void Mistakes_AreNamed()
    {
        Kinds network = KindsRun.Network();
        using Kinds.Training training = network.CreateTraining(16);
        OptimizerState optimizer = new Adam().CreateState(training);
        MetricSet metrics = new(network);
        CallbackList Create(FitOptions? options = null, bool hasValidation = false) => new(training, optimizer, metrics, options ?? new FitOptions(), hasValidation: hasValidation);
        Assert.Contains("EarlyStopping watches \"val_loss\"", Assert.Throws<ArgumentException>(() => Create(new FitOptions { Callbacks = [new EarlyStopping()] })).Message, StringComparison.Ordinal);
        Assert.Contains("a loop of one's own writes a Checkpoint", Assert.Throws<ArgumentException>(() => Create(new FitOptions { Callbacks = [new BackupAndRestore("w")] })).Message, StringComparison.Ordinal);
        Assert.Contains("a loop of one's own writes a Checkpoint", Assert.Throws<ArgumentException>(() => Create(new FitOptions { ResumeFrom = "w" })).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new CallbackList(training, optimizer, metrics, new FitOptions(), batches: -1));
        using CallbackList list = Create(hasValidation: true);
        Assert.Contains("call OnTrainBegin", Assert.Throws<InvalidOperationException>(() => list.OnEpochBegin()).Message, StringComparison.Ordinal);
        list.OnTrainBegin();
        Assert.Contains("has begun already", Assert.Throws<InvalidOperationException>(() => list.OnTrainBegin()).Message, StringComparison.Ordinal);
        Assert.Contains("call OnEpochBegin", Assert.Throws<InvalidOperationException>(() => list.OnBatchBegin(1)).Message, StringComparison.Ordinal);
        Assert.True(list.OnEpochBegin());
        Assert.Contains("call OnEpochEnd", Assert.Throws<InvalidOperationException>(() => list.OnEpochBegin()).Message, StringComparison.Ordinal);
        Assert.Contains("had no batch", Assert.Throws<InvalidOperationException>(() => list.OnEpochEnd()).Message, StringComparison.Ordinal);
        foreach (int count in Parts.Train.Batches(training))
        {
            list.OnBatchBegin(count);
            Assert.True(list.OnBatchEnd(((ITraining)training).Step(count, optimizer)));
            Assert.Throws<NonFiniteLossException>(() => list.OnBatchEnd(float.NaN));
        }

        Assert.Contains("there is no evaluation", Assert.Throws<ArgumentException>(() => list.OnEpochEnd()).Message, StringComparison.Ordinal);
        Evaluation other = training.Evaluate(Parts.Validation, metrics: [new TopK(2)]);
        Assert.Contains("has the metrics top2, but the list accuracy", Assert.Throws<ArgumentException>(() => list.OnEpochEnd(other)).Message, StringComparison.Ordinal);
        Evaluation bad = new(1, double.NaN, new Dictionary<string, double> { ["accuracy"] = 0 });
        Assert.Throws<NonFiniteLossException>(() => list.OnEpochEnd(bad));
        Assert.Equal(0, list.History.Epochs);
        list.OnEpochEnd(training.Evaluate(Parts.Validation));
        Assert.False(list.OnEpochBegin());
        Assert.Equal(["loss", "accuracy", "val_loss", "val_accuracy"], list.OnTrainEnd().Names);
        Assert.Throws<InvalidOperationException>(() => list.OnTrainEnd());

        using CallbackList plain = Create();
        plain.OnTrainBegin();
        plain.OnEpochBegin();
        plain.OnBatchBegin(1);
        plain.OnBatchEnd(1);
        Assert.Contains("made without hasValidation", Assert.Throws<ArgumentException>(() => plain.OnEpochEnd(bad)).Message, StringComparison.Ordinal);
        plain.OnEpochEnd();
        training.Parameters[0] = float.PositiveInfinity;
        Assert.Throws<NonFiniteLossException>(() => plain.OnTrainEnd());
    }

    private string[] Files(string folder) => [.. Directory.GetFiles(_folder[folder]).Select(file => Path.GetFileName(file)!).Order(StringComparer.Ordinal)];

    /// <summary>All of Fit that these tests need.</summary>
    private static History Train(Kinds network, FitOptions options, Checkpoint? checkpoint = null, Action<CallbackList, ITraining>? onBatch = null, CancellationToken token = default)
    {
        using ITraining training = ((INetwork)network).CreateTraining(16);
        OptimizerState optimizer = (options.Optimizer ?? new Adam()).CreateState(training);
        using CallbackList callbacks = new(training, optimizer, new MetricSet(network), options, Parts.Train.Batches(training).Count ?? 0, hasValidation: true);
        checkpoint?.Restore(training, optimizer);
        callbacks.OnTrainBegin(checkpoint?.State);
        while (callbacks.OnEpochBegin())
        {
            foreach (int count in Parts.Train.Batches(training, KindsRun.Seed, callbacks.Epoch, firstBatch: callbacks.Batches, cancellationToken: token))
            {
                callbacks.OnBatchBegin(count);
                bool goesOn = callbacks.OnBatchEnd(training.Step(count, optimizer));
                onBatch?.Invoke(callbacks, training);
                if (!goesOn)
                {
                    break;
                }
            }

            callbacks.OnEpochEnd(training.Evaluate(Parts.Validation, cancellationToken: token));
        }

        return callbacks.OnTrainEnd();
    }

    private sealed class Aborted(List<string> calls) : Callback
    {
        public override void OnTrainEnd(FitContext context) => calls.Add($"end after {context.History.Epochs}");

        public override void OnTrainAbort(FitContext context) => calls.Add($"abort after {context.History.Epochs}");
    }
}
