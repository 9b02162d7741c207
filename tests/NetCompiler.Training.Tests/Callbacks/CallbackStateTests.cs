using Xunit;

namespace NetCompiler.Tests.Training.Callbacks;

/// <summary>
/// A callback that is told of the first epochs, saved, and continued by a fresh one, acts as one that was told of all. Each is driven as a resumed training drives it:
/// begin, take the state back, go on with the epoch that follows.
/// </summary>
public sealed class CallbackStateTests : IDisposable
{
    private static readonly double[] Scores = [5, 4, 4.5, 4.2, 4.1, 4.3, 4.4, 3];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public void EarlyStopping_StopsInTheSameEpochWithTheSameWeights(int cut)
    {
        static EarlyStopping Make() => new("score", patience: 4, restoreBestWeights: true);
        Run whole = new(Make(), 0, Scores.Length), first = new(Make(), 0, cut), rest = new(Make(), cut, Scores.Length, first);
        Assert.Equal(6, whole.Epochs);
        Assert.Equal(whole.Epochs, rest.Epochs);
        EarlyStopping a = (EarlyStopping)whole.Callback, b = (EarlyStopping)rest.Callback;
        Assert.Equal((1, 5), (b.BestEpoch, b.StoppedEpoch));
        Assert.Equal((a.BestEpoch, a.StoppedEpoch), (b.BestEpoch, b.StoppedEpoch));
        Assert.Equal(whole.Weight, rest.Weight);
        Assert.Equal(2f, rest.Weight);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(6)]
    public void ReduceLearningRateOnPlateau_WaitsAndCoolsOn(int cut)
    {
        static ReduceLearningRateOnPlateau Make() => new("score", factor: 0.5, patience: 1, cooldown: 2);
        Run whole = new(Make(), 0, Scores.Length), first = new(Make(), 0, cut), rest = new(Make(), cut, Scores.Length, first);
        Assert.Equal(whole.Rate, rest.Rate);
        Assert.Equal(((ReduceLearningRateOnPlateau)whole.Callback).Reductions, ((ReduceLearningRateOnPlateau)rest.Callback).Reductions);
        Assert.InRange(whole.Rate, 0.1, 0.5);
    }

    [Fact]
    public void ModelCheckpoint_RemembersTheBestAndItsFile()
    {
        ModelCheckpoint Make(string run) => new(_folder[run + "-{epoch}"], "score", saveBestOnly: true);
        Run first = new(Make("a"), 0, 3), rest = new(Make("a"), 3, Scores.Length, first);
        ModelCheckpoint checkpoint = (ModelCheckpoint)rest.Callback;
        Assert.Equal(["a-1", "a-2", "a-8"], Directory.GetFiles(_folder.Root).Select(file => Path.GetFileName(file)!).Order(StringComparer.Ordinal));
        Assert.Equal((3, _folder["a-8"]), (checkpoint.Best, checkpoint.LastPath));
        Run untouched = new(Make("b"), 3, 4, first);
        Assert.Equal((4, _folder["a-2"]), (((ModelCheckpoint)untouched.Callback).Best, ((ModelCheckpoint)untouched.Callback).LastPath));
    }

    [Fact]
    public void ModelCheckpoint_CountsItsBatchesOn()
    {
        ModelCheckpoint Make() => new(_folder["{epoch}-{batch}"], saveFrequency: 3);
        Run first = new(Make(), 0, 2);
        _ = new Run(Make(), 2, 4, first);
        Assert.Equal(["3-1"], Directory.GetFiles(_folder.Root).Select(file => Path.GetFileName(file)!));
    }

    [Fact]
    public void CsvLogger_ReplacesLinesThatAreTrainedAgain()
    {
        string log = _folder["log.csv"];
        CsvLogger Make() => new(log);
        Run first = new(Make(), 0, 5);
        File.AppendAllText(log, "5,0.");
        _ = new Run(Make(), 3, Scores.Length, first);
        CsvTable table = CsvTable.Read(log);
        Assert.Equal(Enumerable.Range(0, 8), table["epoch"].ToIntegers());
        Assert.Equal(Scores.Select(score => (float)score), table["score"].ToFloats());
    }

    [Theory]
    [InlineData('\n', new[] { 0, 1, 2, 3, 4, 5, 6, 7 })]
    [InlineData(',', new[] { 0, 1, 2, 3, 5, 6, 7 })]
    public void CsvLogger_DropsALastLineOnlyWhereItWasCutOff(char cut, int[] epochs)
    {
        string log = _folder["log.csv"];
        Run first = new(new CsvLogger(log), 0, 5);
        string text = File.ReadAllText(log);
        File.WriteAllText(log, text[..text.LastIndexOf(cut)]);
        _ = new Run(new CsvLogger(log), 5, Scores.Length, first);
        Assert.Equal(epochs, CsvTable.Read(log)["epoch"].ToIntegers());
    }

    [Fact]
    public void TensorBoard_MarksWhereItGoesOn()
    {
        Run first = new(new TensorBoard(_folder.Root, updateFrequency: 1), 0, 5);
        _ = new Run(new TensorBoard(_folder.Root, updateFrequency: 1), 3, Scores.Length, first);
        string[] files = [.. Directory.GetFiles(_folder["train"]).Order(StringComparer.Ordinal)];
        Assert.Equal(2, files.Length);
        Assert.Equal([0, 1, 2, 3, 4], Epochs(files[0]));
        Assert.Equal([3, 4, 5, 6, 7], Epochs(files[1]));

        // event.proto: session_log = 7 with status = 1 (START) at step 3 of the second file only.
        Assert.DoesNotContain(EventRecords.Read(files[0]), record => record.Any(field => field.Number == 7));
        Assert.Contains(EventRecords.Read(files[1]), record => record.Any(field => field.Number == 7) && record.Single(field => field.Number == 2).Bits == 3);
        static IEnumerable<long> Epochs(string file) => EventFile.Read(file).Where(value => value.Tag == "epoch_score").Select(value => value.Step);
    }

    [Fact]
    public void StateThatIsMissing_IsRefused()
    {
        SavedState state = new();
        EarlyStopping stopping = new("score", restoreBestWeights: true);
        Assert.Contains("\"best\"", Assert.Throws<CheckpointException>(() => stopping.RestoreState(state)).Message, StringComparison.Ordinal);
    }

    /// <summary>Epochs of one batch of a network whose weight is the number of the epoch, counted from 1, as a training tells a callback of them.</summary>
    private sealed class Run
    {
        private readonly SavedState _state = new();

        public Run(Callback callback, int from, int to, Run? before = null)
        {
            Callback = callback;
            Slope network = new(1);
            using Slope.Training training = network.CreateTraining(1);
            OptimizerState optimizer = new Sgd(before?.Rate ?? 1).CreateState(training);
            FitContext context = new(training, optimizer, new MetricSet(network), new FitOptions { Epochs = Scores.Length }) { Batches = 1, IsResumed = before is not null };
            History history = context.History;
            callback.Check([new MeasuredSeries("loss", MonitorMode.Min), new MeasuredSeries("score", MonitorMode.Min)]);
            callback.OnTrainBegin(context);
            if (before is not null)
            {
                callback.RestoreState(before._state);
            }

            for (Epochs = from; Epochs < to && !context.StopTraining; Epochs++)
            {
                context.Epoch = Epochs;
                network.Weights.Dense1Kernel.CopyFrom([Epochs + 1, 0]);
                callback.OnEpochBegin(context);
                callback.OnBatchBegin(context);
                callback.OnBatchEnd(context);
                history.Add("loss", 1);
                history.Add("score", Scores[Epochs]);
                history.CompleteEpoch();
                callback.OnEpochEnd(context);
            }

            callback.SaveState(_state);
            callback.OnTrainEnd(context);
            Rate = optimizer.LearningRate;
            Weight = network.Weights.Dense1Kernel[0, 0];
        }

        public Callback Callback { get; }

        public int Epochs { get; }

        public double Rate { get; }

        public float Weight { get; }
    }
}
