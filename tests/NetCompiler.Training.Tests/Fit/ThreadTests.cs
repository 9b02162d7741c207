using NetCompiler.Tests.Training.Fit.Checkpoints;
using Xunit;

namespace NetCompiler.Tests.Training.Fit;

public sealed class ThreadTests
{
    [Fact]
    public void OneAndTwoThreads_GiveTheSameFigures()
    {
        Assert.Equal(Train(threads: 1), Train(threads: 2));
        Assert.Equal(Train(threads: 1), Train(threads: 0));
    }

    [Fact]
    public async Task TrainingsSideBySide_GiveTheFiguresOfOneAlone()
    {
        string alone = Train(threads: 1);
        string[] together = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => Train(threads: 2))));
        Assert.All(together, result => Assert.Equal(alone, result));
    }

    private static string Train(int threads)
    {
        Kinds network = KindsRun.Network();
        History history = network.Fit(KindsRun.Data, KindsRun.Options(4) with { Threads = threads });
        Evaluation evaluation = network.Evaluate(KindsRun.Data, threads: threads);
        return $"{KindsRun.Describe(network, history)} {evaluation.Loss:R} {evaluation.Accuracy:R}";
    }
}
