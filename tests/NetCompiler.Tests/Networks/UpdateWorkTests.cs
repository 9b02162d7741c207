using Xunit;

namespace NetCompiler.Tests.Networks;

public class UpdateWorkTests
{
    // More than two threads' worth, and no multiple of a cache line.
    private const int Length = 100_003;

    /// <summary>Whatever the ranges and the threads.</summary>
    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    public void Run_UpdatesEveryParameterOnce(int threads)
    {
        foreach (int[] starts in new int[][] { [], [320], [16, 32_784, 65_552], [99_984] })
        {
            var optimizer = new Counting();

            Assert.True(new UpdateWork(new WeightArena(Length), starts).Run(optimizer, new WeightArena(Length), threads, wereGradientsShared: true));

            Assert.All(optimizer.Counts, count => Assert.Equal(1, count));
            Assert.Equal(1, optimizer.Steps);
        }
    }

    [Fact]
    public void Run_GivesEachThreadASliceOfEveryRange()
    {
        var optimizer = new Counting();

        new UpdateWork(new WeightArena(Length), [320, 40_320, 80_320]).Run(optimizer, new WeightArena(Length), threads: 2, wereGradientsShared: true);

        // Halves, cut at whole cache lines.
        Assert.Equal(
            [(0, 160), (160, 160), (320, 20_000), (20_320, 20_000), (40_320, 20_000), (60_320, 20_000), (80_320, 9_840), (90_160, 9_843)],
            optimizer.Slices.Order());
    }

    [Fact]
    public void Run_OfOneThread_IsLeftToTheCaller()
    {
        var optimizer = new Counting();
        Assert.False(new UpdateWork(new WeightArena(Length), []).Run(optimizer, new WeightArena(Length), threads: 1, wereGradientsShared: true));
        Assert.Equal(0, optimizer.Steps);
    }

    private sealed class Counting : OptimizerState
    {
        public int[] Counts { get; } = new int[Length];

        public List<(int Offset, int Length)> Slices { get; } = [];

        public override double LearningRate { get; set; }

        public override long Steps { get; set; }

        public override IReadOnlyList<Memory<float>> Slots => [];

        public override void BeginStep(ReadOnlySpan<float> gradients) => Steps++;

        public override void UpdateRange(int offset, Span<float> parameters, ReadOnlySpan<float> gradients)
        {
            lock (Slices)
            {
                Slices.Add((offset, parameters.Length));
            }

            for (int i = 0; i < parameters.Length; i++)
            {
                Counts[offset + i]++;
            }
        }
    }
}
