using Xunit;

namespace NetCompiler.Tests.Training.Metrics;

/// <summary>Steps that are padding count in no metric, as they count in no loss.</summary>
public sealed class PaddedStepsTests
{
    private static readonly float[] Styles = [1, -1, 0.5f];
    private static readonly int[] Words = [1, 2, 0, 3, 0, 0, 0, 0, 0, 0, 4, 5, 6, 1, 2];

    [Fact]
    public void Metrics_LeavePaddingOut()
    {
        WordKinds network = new(seed: 3);
        (float[] kinds, float[] weights) = network.Predict(Styles, Words);

        // Right where a word is, wrong where there is padding, but for one word.
        int[] right = [.. Enumerable.Range(0, Words.Length).Select(step => MetricBatch.LargestOf(kinds.AsSpan(3 * step, 3)))];
        int[] classes = [.. right.Select((kind, step) => Words[step] == 0 || step == 10 ? (kind + 1) % 3 : kind)];
        float[] targets = [.. weights.Select((weight, i) => Words[i / 2] == 0 ? weight + 100 : weight + 1)];
        Dataset data = Dataset.Create<WordKinds>(Styles, Words, classes, targets);
        Evaluation evaluation = network.Evaluate(data, metrics: [new Accuracy(), new MeanAbsoluteError { Output = 1, Target = 1 }], batchSize: 2);
        Assert.Equal(7 / 8.0, evaluation["accuracy"], 12);
        Assert.Equal(1, evaluation["mae"], 4);
    }

    [Fact]
    public void Description_NamesTheInputWhosePaddingCounts()
    {
        Assert.All(WordKinds.Description.Outputs, output => Assert.Equal([1], output.PaddedInputs));
        Assert.All(Kinds.Description.Outputs, output => Assert.Empty(output.PaddedInputs));
    }
}
