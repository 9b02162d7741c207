using global::Samples.Data;
using Xunit;

namespace NetCompiler.Tests.Samples;

public class PartLogTests
{
    [Fact]
    public void EveryPart_HasALineWithTheTimeLeft()
    {
        var output = new StringWriter();
        var log = new PartLog("folds", 5, output);
        log.End("0.91");
        log.End("0.92");
        log.Skip(2);
        log.End("0.93");
        string[] lines = output.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(3, lines.Length);
        Assert.Matches("^  folds, 1 of 5: 0.91, [0-9]+ s left$", lines[0]);
        Assert.Matches("^  folds, 2 of 5: 0.92, [0-9]+ s left$", lines[1]);
        Assert.Equal("  folds, 5 of 5: 0.93", lines[2]);
    }

    [Fact]
    public void PartThatTakesLong_TellsOfItself()
    {
        var output = new StringWriter();
        var log = new PartLog("folds", 2, output);
        log.End("0.91");
        IProgress<TrainingProgress> second = log.Watch(from: 0.5);
        TrainingProgress half = new(Epoch: 0, Epochs: 2, Batch: 9, Batches: 10, Loss: 1, MetricName: null, MetricValue: double.NaN, TimeSpan.Zero);
        second.Report(half);
        Thread.Sleep(TimeSpan.FromSeconds(2));
        second.Report(half with { Batches = 0 });
        second.Report(half);
        second.Report(half);

        // Not before two seconds, nor again within two more. The first report's epoch is not done, and its batches are unknown.
        string[] lines = output.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2, lines.Length);
        Assert.Matches("^  folds, 2 of 2: 50 % done, [0-9]+ s left$", lines[1]);
    }
}
