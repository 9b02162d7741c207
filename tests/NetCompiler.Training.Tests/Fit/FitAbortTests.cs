using Xunit;

namespace NetCompiler.Tests.Training.Fit;

/// <summary>What a training that ends before its last epoch leaves behind.</summary>
public sealed class FitAbortTests
{
    private readonly CancellationTokenSource _source = new();
    private readonly Recorder _recorder = new();
    private readonly Line _network = new(1);

    [Fact]
    public void CancellationInTheMiddleOfAnEpoch_KeepsWholeEpochsAndTheLastStep()
    {
        _recorder.AfterBatch = context => Cancel(context.Epoch == 1 && context.Batch == 0);
        TrainingCanceledException exception = Assert.Throws<TrainingCanceledException>(() => Fit());
        Assert.Equal("Training was canceled after 1 completed epoch.", exception.Message);
        AssertWhole(exception.History, epochs: 1);
        Assert.Equal(3, _recorder.Steps);
        Assert.Equal(_recorder.AfterLastStep, _network.Values.ToArray());
    }

    [Fact]
    public void CancellationOfATrainingInACallback_IsOneOfTheOuterTraining()
    {
        History? inner = null;
        LambdaCallback cancel = new(onBatchEnd: _ => _source.Cancel());
        LambdaCallback nested = new(onEpochEnd: context =>
        {
            if (context.Epoch == 1)
            {
                inner = Assert.Throws<TrainingCanceledException>(() => new Line(1).Fit(FitTests.LineData(64), new FitOptions { Callbacks = [cancel] }, _source.Token)).History;
                throw new TrainingCanceledException(inner, _source.Token);
            }
        });
        FitOptions options = new() { Epochs = 5, Callbacks = [nested] };
        TrainingCanceledException exception = Assert.Throws<TrainingCanceledException>(() => _network.Fit(FitTests.LineData(64), options, _source.Token));
        Assert.Equal("Training was canceled after 2 completed epochs.", exception.Message);
        AssertWhole(exception.History, epochs: 2, hasValidation: false);
        Assert.Equal(0, inner!.Epochs);

        // The inner token alone: this training was not canceled.
        using CancellationTokenSource other = new();
        LambdaCallback fails = new(onBatchEnd: _ => throw new TrainingCanceledException(inner, other.Token));
        Assert.Same(inner, Assert.Throws<TrainingCanceledException>(() => _network.Fit(FitTests.LineData(64), new FitOptions { Callbacks = [fails] }, other.Token)).History);
    }

    [Fact]
    public void CancellationDuringValidation_KeepsWholeEpochsAndTheLastStep()
    {
        // Two batches of training and two of validation per epoch: the seventh is the first validation batch of the second epoch.
        TrainingCanceledException exception = Assert.Throws<TrainingCanceledException>(() => Fit(new Watched(batch => Cancel(batch == 7))));
        Assert.Equal("Training was canceled after 1 completed epoch.", exception.Message);
        AssertWhole(exception.History, epochs: 1);
        Assert.Equal(4, _recorder.Steps);
        Assert.Equal(_recorder.AfterLastStep, _network.Values.ToArray());
    }

    [Fact]
    public void NonFiniteValidationLoss_EndsTraining()
    {
        Dataset validation = Dataset.Create<Line>(new float[] { 1e30f, 1e30f }, new float[] { 1 });
        NonFiniteLossException exception = Assert.Throws<NonFiniteLossException>(() => _network.Fit(FitTests.LineData(64), new FitOptions { Epochs = 3, ValidationData = validation }));
        Assert.Contains("The validation loss is Infinity after epoch 1 (step 2).", exception.Message, StringComparison.Ordinal);
        AssertWhole(exception.History, epochs: 0);
    }

    [Fact]
    public void NonFiniteWeightAfterTheLastUpdate_IsFound()
    {
        Dataset data = Dataset.Create<Line>(new float[] { 1, 1 }, new float[] { 1000 });
        NonFiniteLossException exception = Assert.Throws<NonFiniteLossException>(() => _network.Fit(data, new FitOptions { Optimizer = new Sgd(3e38) }));
        Assert.Contains("A weight is Infinity after the last update, in epoch 1 (step 1).", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void EarlyStopping_RestoresTheBestWeightsAfterANonFiniteLoss()
    {
        EarlyStopping stopping = new("loss", patience: 100, restoreBestWeights: true);
        LearningRateScheduler schedule = new((epoch, _) => epoch < 3 ? 0.05 : 1e30);
        FitOptions options = new() { Epochs = 10, Optimizer = new Sgd(0.05), Callbacks = [schedule, stopping, _recorder] };
        Assert.Throws<NonFiniteLossException>(() => _network.Fit(FitTests.LineData(64), options));
        Assert.Equal(2, stopping.BestEpoch);
        Assert.Equal(_recorder.AfterEpochs[2], _network.Values.ToArray());
    }

    [Fact]
    public void EarlyStopping_RestoresTheBestWeightsAfterACancellation()
    {
        EarlyStopping stopping = new("loss", patience: 100, restoreBestWeights: true);
        _recorder.AfterBatch = context => Cancel(context.Epoch == 2 && context.Batch == 0);
        FitOptions options = new() { Epochs = 10, Optimizer = new Sgd(0.05), Callbacks = [stopping, _recorder] };
        Assert.Throws<TrainingCanceledException>(() => _network.Fit(FitTests.LineData(64), options, _source.Token));
        Assert.Equal(1, stopping.BestEpoch);
        Assert.Equal(_recorder.AfterEpochs[1], _network.Values.ToArray());
        Assert.NotEqual(_recorder.AfterLastStep, _network.Values.ToArray());
    }

    [Fact]
    public void StopTrainingBeforeAnEpoch_RecordsNoEpoch()
    {
        History history = _network.Fit(FitTests.LineData(64), new FitOptions { Epochs = 5, ValidationSplit = 0.5, Callbacks = [new StopBefore(epoch: 1)] });
        AssertWhole(history, epochs: 1);
    }

    [Fact]
    public void CallbackThatThrowsWhenTrainingIsAborted_HidesNothingAndStopsNoOther()
    {
        List<string> told = [];
        _recorder.AfterBatch = context => Cancel(context.Epoch == 1);
        LambdaCallback bad = new(onTrainAbort: _ => throw new IOException("the disk is full")), good = new(onTrainAbort: _ => told.Add("aborted"));
        FitOptions options = new() { Epochs = 5, Callbacks = [_recorder, bad, good] };
        AssertWhole(Assert.Throws<TrainingCanceledException>(() => _network.Fit(FitTests.LineData(64), options, _source.Token)).History, epochs: 1, hasValidation: false);
        _recorder.AfterBatch = _ => throw new FormatException("the first failure");
        Assert.Equal("the first failure", Assert.Throws<FormatException>(() => _network.Fit(FitTests.LineData(64), options)).Message);
        Assert.Equal(["aborted", "aborted"], told);
    }

    private static void AssertWhole(History history, int epochs, bool hasValidation = true)
    {
        Assert.Equal(epochs, history.Epochs);
        Assert.All(history.Names, name => Assert.Equal(epochs, history[name].Count));
        if (epochs > 0 && hasValidation)
        {
            Assert.Contains("val_loss", history.ToPlot().ToSvg(), StringComparison.Ordinal);
        }
    }

    private History Fit(params Metric[] metrics)
        => _network.Fit(FitTests.LineData(128), new FitOptions { Epochs = 5, ValidationSplit = 0.5, Metrics = metrics, Callbacks = [_recorder] }, _source.Token);

    private void Cancel(bool now)
    {
        if (now)
        {
            _source.Cancel();
        }
    }

    private sealed class Recorder : Callback
    {
        public Action<FitContext> AfterBatch { get; set; } = _ => { };

        public List<float[]> AfterEpochs { get; } = [];

        public float[] AfterLastStep { get; private set; } = [];

        public long Steps { get; private set; }

        public override void OnBatchEnd(FitContext context)
        {
            AfterLastStep = ((HandwrittenNetwork)context.Network).Values.ToArray();
            Steps = context.Optimizer.Steps;
            AfterBatch(context);
        }

        public override void OnEpochEnd(FitContext context) => AfterEpochs.Add(((HandwrittenNetwork)context.Network).Values.ToArray());
    }

    private sealed class StopBefore(int epoch) : Callback
    {
        public override void OnEpochBegin(FitContext context) => context.StopTraining = context.Epoch == epoch;
    }
}
