using global::Samples;
using global::Samples.Data;
using Xunit;

namespace NetCompiler.Tests.Samples;

/// <summary>Networks in loops that must not be late: what they allocate and what they reach, never how long they took.</summary>
public class EmbeddingSampleTests
{
    [Fact]
    public void ControlLoop_AllocatesNothing_AndHoldsThePole()
    {
        using var folder = new TemporaryFolder();
        LatencyBudgetResult result = LatencyBudgetSample.Run(ShortForm.Of("28-LatencyBudget").WithOutput(folder.Path));
        Assert.Equal((200_000, 0), (result.Latencies.Calls, result.Latencies.AllocatedBytes));
        Assert.InRange(result.MostLean, 0.04, 0.2);
        Assert.InRange(result.MostAway, 0.01, 0.6);
        folder.AssertPictures("latencies");
        AssertOrdered(result.Latencies);
    }

    [Fact]
    public void StreamOfSound_AllocatesNothing_AndSoundsLikeTheAmplifier()
    {
        using var folder = new TemporaryFolder();
        AudioStreamResult result = AudioStreamSample.Run(ShortForm.Of("29-AudioStream").WithOutput(folder.Path));
        Assert.Equal((200_000, 0), (result.Latencies.Calls, result.Latencies.AllocatedBytes));
        Assert.InRange(result.ErrorToSignal, 0, 0.005);
        Assert.True(result.UntrainedErrorToSignal > 0.1, $"{result.UntrainedErrorToSignal}");

        // PredictNext sums as Predict does, or in an order that differs by a few roundings.
        Assert.InRange(result.LargestDifference, 0, 1e-5);
        folder.AssertPictures("sound", "latencies");
        AssertOrdered(result.Latencies);
    }

    [Fact]
    public void LatencyLog_GivesThePercentilesOfWhatItWasTold()
    {
        var log = new LatencyLog(1000);
        log.Begin();
        long now = System.Diagnostics.Stopwatch.GetTimestamp();
        for (int i = 0; i < 1000; i++)
        {
            // A call that began i seconds ago.
            log.Add(now - (i * System.Diagnostics.Stopwatch.Frequency));
        }

        Latencies latencies = log.End(budget: 899.5e6);
        Assert.Equal(1000, latencies.Calls);
        Assert.Equal([500, 990, 999, 999, 999], new[] { latencies.Median, latencies.Percent99, latencies.Percent999, latencies.Percent9999, latencies.Worst }.Select(value => Math.Floor(value / 1e6)));
        Assert.Equal((100, 0), (latencies.OverBudget, latencies.AllocatedBytes));
        string picture = log.ToPlot(budget: 899.5e6, "how long turns take", "turns").ToSvg();
        Assert.Contains("share of the turns that take longer", picture, StringComparison.Ordinal);
        Assert.DoesNotContain("calls", picture, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--turns", "0")]
    [InlineData("--budget", "1.5")]
    public void WrongArguments_EndWithExitCode2(params string[] arguments) => Assert.Equal(2, LatencyBudgetSample.Main(arguments));

    private static void AssertOrdered(Latencies latencies)
    {
        double[] times = [0, latencies.Median, latencies.Percent99, latencies.Percent999, latencies.Percent9999, latencies.Worst];
        Assert.Equal(times.Order(), times);
        Assert.True(latencies.Median > 0);
    }
}
