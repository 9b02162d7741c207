using Xunit;

namespace NetCompiler.Tests.Kernels;

/// <summary>Sums of blocks are added from the first block to the last, to the bit, and nothing behind them is touched.</summary>
public sealed class PackedSumsTests
{
    [Theory]
    [InlineData(1, 16, false)]
    [InlineData(1, 16, true)]
    [InlineData(3, 48, false)]
    [InlineData(9, 48, true)]
    public void Blocks_AreAddedInOrder(int count, int length, bool accumulate)
    {
        const int Gap = 5;
        int stride = length + Gap;
        float[] blocks = [.. Enumerable.Range(0, (count * stride) - Gap).Select(i => MathF.Sin(i) * MathF.Pow(10, i % 7))];
        float[] totals = [.. Enumerable.Range(0, length + 1).Select(i => i + 0.1f)], expected = [.. totals];
        for (int i = 0; i < length; i++)
        {
            float sum = blocks[i];
            for (int block = 1; block < count; block++)
            {
                sum += blocks[(block * stride) + i];
            }

            expected[i] = accumulate ? expected[i] + sum : sum;
        }

        PackedSums.Add(ref blocks[0], stride, count, ref totals[0], length, accumulate);
        Assert.Equal(expected, totals);
    }
}
