using Xunit;

namespace NetCompiler.Tests.Networks;

public class ChosenWorkTests
{
    [Theory]
    [InlineData(1000, 1, 1_000_000, 1)] // as many threads as the caller allows
    [InlineData(1000, 2, 1_000_000, 2)]
    [InlineData(1, 4, 1_000_000_000, 1)] // no more than there are samples
    [InlineData(3, 4, 262_144, 3)] // an image or two are worth a thread each
    [InlineData(3, 4, 262_143, 2)]
    [InlineData(127, 2, 4096, 1)] // 64 small samples are worth one
    [InlineData(128, 2, 4096, 2)]
    [InlineData(1, 2, 50, 1)]
    [InlineData(int.MaxValue, 64, 50_000_000_000, 64)]
    public void Parts_AreWorthAThreadEach(int samples, int threads, long productsPerSample, int parts) => Assert.Equal(parts, ChosenWork.PartsOf(samples, threads, productsPerSample));

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(5, 2)]
    [InlineData(127, 2)]
    [InlineData(129, 2)]
    [InlineData(500, 7)]
    [InlineData(130, 7)]
    [InlineData(int.MaxValue, 3)]
    public void Samples_AreEachOnePartsOwn(int samples, int parts)
    {
        int next = 0;
        for (int part = 0; part < parts; part++)
        {
            (int first, int count) = Shares.Of(samples, part, parts);
            Assert.Equal(next, first);
            Assert.True(count >= 0);
            Assert.True(count < 64 || count % 16 == 0 || first + count == samples, $"{count} samples are no whole tiles.");
            next += count;
        }

        Assert.Equal(samples, next);
    }

    private sealed class Shares : ChosenWork
    {
        public static (int First, int Count) Of(int samples, int part, int parts) => SamplesOf(samples, part, parts);

        public override void Execute(int part, int parts)
        {
        }
    }
}
