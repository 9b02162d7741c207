using Xunit;

namespace NetCompiler.Tests.Kernels;

/// <summary>The transposition of a convolution's packed weights, place by place.</summary>
public class PackedWindowsTests
{
    public static TheoryData<int, int, int, int> Shapes() => new()
    {
        { 1, 1, 1, 1 }, { 2, 3, 5, 20 }, { 3, 3, 16, 33 }, { 3, 1, 33, 16 }, { 1, 2, 48, 64 }, { 5, 5, 3, 32 }, { 2, 2, 65, 7 },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void ToChannels_PutsEveryWeightInItsPanel(int height, int width, int channels, int filters)
    {
        var source = new WeightLayout("source", [height, width, channels, filters], WeightPacking.Panels, 0);
        var random = new Random(channels);
        float[] packed = new float[source.PhysicalLength];
        for (int i = 0; i < source.Length; i++)
        {
            packed[source.Locate(i)] = random.NextSingle() + 1;
        }

        int padded = (filters + 15) / 16 * 16;
        var target = new WeightLayout("target", [width, height, padded, channels], WeightPacking.Panels, 0);
        float[] moved = new float[target.PhysicalLength];
        Array.Fill(moved, float.NaN);
        PackedWeights.ToChannels(ref packed[0], height, width, channels, filters, ref moved[0]);

        float[] expected = new float[target.PhysicalLength];
        for (int i = 0; i < source.Length; i++)
        {
            int n = i % filters, c = i / filters % channels, x = i / filters / channels % width, y = i / filters / channels / width;
            expected[target.Locate((((((x * height) + y) * padded) + n) * channels) + c)] = packed[source.Locate(i)];
        }

        Assert.Equal(expected, moved);
    }
}
