using System.Runtime.InteropServices;
using Xunit;

namespace NetCompiler.Tests.Kernels;

[Trait("Category", "Numeric")]
public class RandomTests
{
    private const ulong Seed = 0x1234_5678_9ABC_DEF0;
    private const long Step = (7L << 32) + 3;

    /// <summary>The known answers of Random123 1.14, tests/kat_vectors, rows "philox4x32 10".</summary>
    [Fact]
    public void Philox_GivesTheKnownAnswers()
    {
        Assert.Equal((0x6627E8D5u, 0xE169C58Du, 0xBC57AC4Cu, 0x9B00DBD8u), Philox.Block(0, 0, 0, 0, 0, 0));
        const uint Ones = uint.MaxValue;
        Assert.Equal((0x408F276Du, 0x41C83B0Eu, 0xA20BC7C6u, 0x6D5451FDu), Philox.Block(Ones, Ones, Ones, Ones, Ones, Ones));
        Assert.Equal(
            (0xD16CFE09u, 0x94FDCCEBu, 0x5001E420u, 0x24126EA1u),
            Philox.Block(0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344, 0xA4093822, 0x299F31D0));
    }

    [Theory]
    [InlineData(1, 1, 16)]
    [InlineData(3, 15, 32)]
    [InlineData(2, 16, 16)]
    [InlineData(2, 17, 48)]
    [InlineData(2, 63, 64)]
    [InlineData(2, 65, 80)]
    [InlineData(3, 200, 208)]
    public void Uniform_IsTheScalarDefinition_AndPadsWithZeros(int rows, int columns, int stride)
    {
        float[] actual = Filled((rows * stride) + 8);
        RandomKernel.Uniform(ref actual[0], rows, columns, stride, Seed, 2, 5, Step, 11);
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < stride; column++)
            {
                float expected = column < columns ? ScalarUniform(11 + row, column) : 0;
                Assert.Equal(expected, actual[(row * stride) + column]);
            }
        }

        Assert.All(actual[(rows * stride)..], beyond => Assert.Equal(-7f, beyond));
    }

    [Theory]
    [InlineData(0f)]
    [InlineData(0.2f)]
    [InlineData(1f)]
    public void DropoutMask_IsAThresholdOnTheUniformNumbers(float rate)
    {
        float[] actual = Filled(4 * 112);
        RandomKernel.DropoutMask(ref actual[0], 4, 100, 112, Seed, 2, 5, Step, 0, rate, 1.25f);
        for (int row = 0; row < 4; row++)
        {
            for (int column = 0; column < 112; column++)
            {
                float expected = column < 100 && ScalarUniform(row, column) >= rate ? 1.25f : 0;
                Assert.Equal(expected, actual[(row * 112) + column]);
            }
        }
    }

    [Fact]
    public void Normal_IsBoxMullerOfTheUniformNumbers()
    {
        float[] actual = Filled(2 * 64);
        RandomKernel.Normal(ref actual[0], 2, 50, 64, Seed, 2, 5, Step, 0);
        for (int row = 0; row < 2; row++)
        {
            for (int column = 0; column < 64; column++)
            {
                int first = column & ~8;
                double radius = Math.Sqrt(-2 * Math.Log(1 - ScalarUniform(row, first)));
                double angle = 2 * Math.PI * ScalarUniform(row, first | 8);
                double expected = column < 50 ? radius * ((column & 8) == 0 ? Math.Cos(angle) : Math.Sin(angle)) : 0;
                Assert.Equal(expected, actual[(row * 64) + column], 2e-6);
            }
        }
    }

    [Fact]
    public void Normal_HasMeanZeroAndVarianceOne()
    {
        const int Count = 1 << 18;
        float[] z = new float[Count];
        RandomKernel.Normal(ref z[0], 1, Count, Count, 1, 0, 0, 0, 0);
        double mean = z.Average(v => (double)v);
        double variance = z.Average(v => (double)v * v);

        // Five standard deviations of the two estimates.
        Assert.InRange(mean, -5 / Math.Sqrt(Count), 5 / Math.Sqrt(Count));
        Assert.InRange(variance, 1 - (5 * Math.Sqrt(2.0 / Count)), 1 + (5 * Math.Sqrt(2.0 / Count)));
    }

    [Fact]
    public void Uniform_DiffersWithEveryPartOfKeyAndCounter()
    {
        HashSet<string> streams = [];
        foreach ((ulong seed, uint purpose, uint layer, long step, int sample) in new (ulong, uint, uint, long, int)[]
        {
            (0, 0, 0, 0, 0), (1, 0, 0, 0, 0), (0, 1, 0, 0, 0), (0, 0, 1, 0, 0), (0, 0, 0, 1, 0), (0, 0, 0, 1L << 32, 0), (0, 0, 0, 0, 1), (1UL << 32, 0, 0, 0, 0),
        })
        {
            float[] row = new float[64];
            RandomKernel.Uniform(ref row[0], 1, 64, 64, seed, purpose, layer, step, sample);
            Assert.All(row, u => Assert.InRange(u, 0f, 0.99999994f));
            Assert.True(streams.Add(Convert.ToHexString(MemoryMarshal.AsBytes(row.AsSpan()))));
        }
    }

    private static float ScalarUniform(int sample, int element)
    {
        ulong key = Philox.Key(Seed, 2, 5);
        (uint word0, uint word1, uint word2, uint word3) = Philox.Block(
            (uint)((element / 64 * 16) + (element % 16)), (uint)sample, unchecked((uint)Step), (uint)(Step >> 32), (uint)key, (uint)(key >> 32));
        uint[] words = [word0, word1, word2, word3];
        return (words[element % 64 / 16] >> 8) / 16777216f;
    }

    private static float[] Filled(int length) => [.. Enumerable.Repeat(-7f, length)];
}
