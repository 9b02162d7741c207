using Xunit;

namespace NetCompiler.Tests.Training.Data;

/// <summary>Tokens, several inputs and targets, and a class per step, from columns to staging.</summary>
public sealed class TypedColumnTests
{
    // A title of 2 tokens, a number, per step (3 steps) one of 4 tags, and a score.
    private static readonly NetworkDescription Reviews = new()
    {
        Name = "Reviews",
        Inputs = [new InputDescription("title", [2]) { Vocabulary = 10, Padding = 0 }, new InputDescription("author", [1])],
        Layers = [],
        Outputs = [new OutputDescription("Tags", 0, [3, 4]), new OutputDescription("Score", 1, [1])],
        Targets = [new TargetDescription("tags", 3, 4), new TargetDescription("score", 1, 0)],
        Losses =
        [
            new LossDescription("SparseCategoricalCrossentropy") { Kind = Loss.SparseCategoricalCrossentropy, Outputs = [0], Targets = [0] },
            new LossDescription("MeanSquaredError") { Kind = Loss.MeanSquaredError, Outputs = [1], Targets = [1] },
        ],
        ParameterCount = 16,
        StatisticsCount = 0,
        ArchitectureHash = "",
    };

    private static readonly int[] Titles = [1, 2, 3, 4, 5, 6];
    private static readonly float[] Authors = [0.5f, 1.5f, 2.5f];
    private static readonly int[] Tags = [0, 1, 2, 1, 1, 1, 3, 2, 1];
    private static readonly float[] Scores = [7, 8, 9];

    [Fact]
    public void EveryColumn_IsStagedWhereItBelongs()
    {
        ManyColumns training = new(Reviews, 2);
        Create().CopyBatch(training, [2, 0]);
        Assert.Equal("5 6 1 2 | 2.5 0.5 | 3 2 1 0 1 2 | 9 7", training.Staged(2));
        Dataset data = Create().Subset(1, 2);
        data.CopyBatch(training, [0]);
        long before = GC.GetAllocatedBytesForCurrentThread();
        data.CopyBatch(training, [1, 0]);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal("5 6 3 4 | 2.5 1.5 | 3 2 1 1 1 1 | 9 8", training.Staged(2));
    }

    [Fact]
    public void Builder_TakesColumnsByNameInAnyOrder()
    {
        DatasetBuilder builder = new(Reviews);
        builder.Target("SCORE", Scores);
        builder.Input("Author", Authors);
        builder.Target("tags", Tags);
        builder.Input("title", Titles);
        ManyColumns training = new(Reviews, 3);
        builder.Build().CopyBatch(training, [0]);
        Assert.Equal("1 2 | 0.5 | 0 1 2 | 7", training.Staged(1));
        Assert.Contains("Reviews has no input \"text\"; it has title, author", Message(() => new DatasetBuilder(Reviews).Input("text", Titles)));
        Assert.Contains("Reviews has no target \"title\"; it has tags, score", Message(() => new DatasetBuilder(Reviews).Target("title", Titles)));
        Assert.Contains("The input \"author\" was given twice", Message(() => builder.Input("author", Authors)));
        DatasetBuilder lacking = new(Reviews);
        lacking.Input("title", Titles);
        Assert.Contains("The input \"author\" of Reviews was not given", Message(() => lacking.Build()));
    }

    [Fact]
    public void ValuesThatDoNotFit_AreNamedByColumnRowAndPlace()
    {
        Assert.Contains("input \"title\", row 2, value 1: 10 is outside 0 to 9", Message(() => Dataset.Create(Reviews, new[] { 1, 2, 3, 4, 5, 10 }, Authors, Tags, Scores)));
        Assert.Contains("input \"title\", row 0, value 0: -1 is outside 0 to 9", Message(() => Dataset.Create(Reviews, new[] { -1, 2 }, new float[1], new int[3], new float[1])));
        Assert.Contains("target \"tags\", row 1, value 2: 4 is outside 0 to 3", Message(() => Dataset.Create(Reviews, Titles, Authors, new[] { 0, 0, 0, 0, 0, 4, 0, 0, 0 }, Scores)));
        Assert.Contains("The target \"tags\" has 3 values per sample, but 4 values were given", Message(() => Dataset.Create(Reviews, Titles, Authors, new int[4], Scores)));
        Assert.Contains("The target \"tags\" has 4 samples, but the input \"title\" has 3", Message(() => Dataset.Create(Reviews, Titles, Authors, new int[12], Scores)));
        Assert.Contains("The target \"tags\" holds class indices (int[], 0 to 3), but floats were given", Message(() => Dataset.Create(Reviews, Titles, Authors, new float[9], Scores)));
        Assert.Contains("The target \"score\" holds floats (float[], 1 per sample, for MeanSquaredError), but integers were given", Message(() => Dataset.Create(Reviews, Titles, Authors, Tags, new int[3])));
        Assert.Contains("input \"title\", input \"author\", target \"tags\", target \"score\"), but 3 were given", Message(() => Dataset.Create(Reviews, Titles, Authors, Tags)));
    }

    [Fact]
    public void Fit_StagesEverySampleWholeAndCountsEveryStep()
    {
        ManyColumns network = new(Reviews, 2);
        History history = network.Fit(Create(), new FitOptions { BatchSize = 2, Shuffle = false, Optimizer = new Sgd(0.1), Verbosity = Verbosity.Silent });
        Assert.Equal(["1 2 3 4 | 0.5 1.5 | 0 1 2 1 1 1 | 7 8", "5 6 | 2.5 | 3 2 1 | 9"], network.Steps);

        // Every output says class 1: right in five of the nine steps; the score is always 1.
        Assert.Equal(5 / 9.0, history["Tags_accuracy"][0], 6);
        Assert.Equal((6 + 7 + 8) / 3.0, history["Score_mae"][0], 6);
    }

    [Fact]
    public void ClassWeights_NeedOneClassPerSample()
    {
        FitOptions options = new() { ClassWeights = new Dictionary<int, double> { [1] = 2 }, Verbosity = Verbosity.Silent };
        Assert.Contains("one target with one class per sample; there are 2 targets", Message(() => new ManyColumns(Reviews, 3).Fit(Create(), options)));
        NetworkDescription one = new()
        {
            Name = "Tagger",
            Inputs = [Reviews.Inputs[0]],
            Layers = [],
            Outputs = [Reviews.Outputs[0]],
            Targets = [Reviews.Targets[0]],
            Losses = [Reviews.Losses[0]],
            ParameterCount = 16,
            StatisticsCount = 0,
            ArchitectureHash = "",
        };
        Assert.Contains("the target \"tags\" has 3 per sample", Message(() => new ManyColumns(one, 3).Fit(Dataset.Create(one, Titles, Tags), options)));
    }

    private static Dataset Create() => Dataset.Create(Reviews, Titles, Authors, Tags, Scores);

    private static string Message(Action action) => Record.Exception(action)!.Message;
}
