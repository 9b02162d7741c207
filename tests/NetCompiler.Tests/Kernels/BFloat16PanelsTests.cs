using NetCompiler.TestKit;
using Xunit;

namespace NetCompiler.Tests.Kernels;

/// <summary>Rounding to bfloat16, value by value against its definition, and the places of the pairs.</summary>
public class BFloat16PanelsTests
{
    [Fact]
    public void EveryBFloat16_IsRoundedToItself()
    {
        for (int bits = 0; bits <= ushort.MaxValue; bits++)
        {
            float value = BitConverter.UInt32BitsToSingle((uint)bits << 16);
            Assert.Equal(float.IsNaN(value) ? bits | 0x40 : bits, BFloat16Panels.Round(value));
        }
    }

    // Between every bfloat16 and the next: one bit above it, both sides of the middle and the middle itself, one bit below the next.
    [Fact]
    public void ValuesBetween_GoToTheNearest_TiesToTheEvenOne()
    {
        foreach (uint sign in new uint[] { 0, 0x8000 })
        {
            for (uint magnitude = 0; magnitude < 0x7F80; magnitude++)
            {
                uint below = sign | magnitude;
                Assert.Equal(below, BFloat16Panels.Round(Between(below, 0x0001)));
                Assert.Equal(below, BFloat16Panels.Round(Between(below, 0x7FFF)));
                Assert.Equal(below + (below & 1), BFloat16Panels.Round(Between(below, 0x8000)));
                Assert.Equal(below + 1, BFloat16Panels.Round(Between(below, 0x8001)));
                Assert.Equal(below + 1, BFloat16Panels.Round(Between(below, 0xFFFF)));
            }
        }

        static float Between(uint below, uint rest) => BitConverter.UInt32BitsToSingle((below << 16) | rest);
    }

    [Fact]
    public void SpecialValues_StayWhatTheyAre()
    {
        Assert.Equal(0x7F80, BFloat16Panels.Round(float.PositiveInfinity));
        Assert.Equal(0xFF80, BFloat16Panels.Round(float.NegativeInfinity));
        Assert.Equal(0x7F80, BFloat16Panels.Round(float.MaxValue));
        Assert.Equal(0x8000, BFloat16Panels.Round(-0f));
        foreach (uint bits in new[] { 0x7F800001u, 0x7F80FFFFu, 0x7FFFFFFFu, 0xFF800001u, 0xFFFFFFFFu, 0x7FC00000u })
        {
            float nan = BitConverter.UInt32BitsToSingle((uint)BFloat16Panels.Round(BitConverter.UInt32BitsToSingle(bits)) << 16);
            Expect.True(float.IsNaN(nan), $"{bits:X8}");
            Assert.Equal(bits >> 31 != 0, float.IsNegative(nan));
        }
    }

    // The nearest of all floats that end in the given bits, by distance; every exponent and sign, values around the middles.
    [Fact]
    public void UpperValues_GoToTheNearestFloat_ThatEndsInTheLowerBits()
    {
        Random random = new(1);
        foreach (uint lower in new uint[] { 0, 1, 0x3F80, 0x7FFF, 0x8000, 0x8001, 0xBF80, 0xFFFF })
        {
            for (uint upper = LeastUpper + 1; upper < LargestUpper; upper++)
            {
                foreach (uint rest in new[] { lower, lower ^ 0x8000, (lower + 0x7FFF) & 0xFFFF, (lower + 0x8001) & 0xFFFF, (uint)random.Next(0x10000) })
                {
                    float value = BitConverter.UInt32BitsToSingle((upper << 16) | rest);
                    double nearest = Enumerable.Range(-1, 3).Min(step => Math.Abs(Float((uint)(upper + step), lower) - (double)value));
                    foreach (float sign in new[] { 1f, -1f })
                    {
                        float rounded = BFloat16Panels.RoundUpper(sign * value, (ushort)lower);
                        Assert.Equal(lower, BitConverter.SingleToUInt32Bits(rounded) & 0xFFFF);
                        // Floats are twice as far apart behind a power of two, and the nearest by their numbers may be the other neighbour of a value in the middle there.
                        double distance = Math.Abs(rounded - (sign * (double)value));
                        Expect.True(distance <= Math.Max(nearest, value / 256.0), $"{value} with {lower:X4} became {rounded}.");
                        Expect.True(distance == nearest || (upper & 0x7F) is 0 or 0x7F, $"{value} with {lower:X4} became {rounded}, which is not the nearest.");
                    }
                }
            }
        }
    }

    [Fact]
    public void UpperValues_AreNeverZeroOrDenormal_UnlessTheLowerBitsAre()
    {
        foreach (ushort lower in new ushort[] { 0, 1, 0x3F80, 0x8000, 0xFFFF })
        {
            Assert.Equal(Float(LeastUpper, lower), BFloat16Panels.RoundUpper(0, lower));
            Assert.Equal(-Float(LeastUpper, lower), BFloat16Panels.RoundUpper(-0f, lower));
            Assert.Equal(Float(LeastUpper, lower), BFloat16Panels.RoundUpper(float.Epsilon, lower));
            Assert.Equal(-Float(LeastUpper, lower), BFloat16Panels.RoundUpper(-1e-31f, lower));
            Assert.Equal(Float(LargestUpper, lower), BFloat16Panels.RoundUpper(float.MaxValue, lower));
            Assert.All([float.PositiveInfinity, float.NegativeInfinity, float.NaN, BitConverter.UInt32BitsToSingle(0xFF80_0001)], value => Assert.Equal(float.NaN, BFloat16Panels.RoundUpper(value, lower)));
        }
    }

    private const uint LeastUpper = 0x0D80, LargestUpper = 0x7F7F;

    private static float Float(uint upper, uint lower) => BitConverter.UInt32BitsToSingle((upper << 16) | lower);

    [Fact]
    public void PanelsAndRows_GiveTheSamePairs_AndWriteNothingElse()
    {
        foreach ((int rows, int columns) in new[] { (1, 1), (3, 7), (2, 16), (5, 17), (4, 31), (7, 32), (3, 33), (2, 48), (2, 50), (3, 64), (1, 130) })
        {
            float[] values = Enumerable.Range(0, rows * columns).Select(i => i % 11 == 3 ? float.NaN : MathF.Sin(i) * MathF.Pow(10, (i % 7) - 3)).ToArray();
            var layout = new WeightLayout("w", [rows, columns], WeightPacking.Panels, 0);
            float[] panels = new float[layout.PhysicalLength], lines = new float[rows * (columns + 3)];
            for (int i = 0; i < values.Length; i++)
            {
                panels[layout.Locate(i)] = values[i];
                lines[(i / columns * (columns + 3)) + (i % columns)] = values[i];
            }

            const float Untouched = 7;
            int length = (columns + 31) / 32 * 16 * rows;
            float[] fromPanels = new float[length + 1], fromRows = new float[length + 1];
            fromPanels[length] = fromRows[length] = Untouched;
            BFloat16Panels.FromPanels(ref panels[0], rows, columns, ref fromPanels[0]);
            BFloat16Panels.FromRows(ref lines[0], columns + 3, rows, columns, ref fromRows[0]);
            Assert.Equal((Untouched, Untouched), (fromPanels[length], fromRows[length]));
            for (int i = 0; i < length; i++)
            {
                int panel = i / (16 * rows) * 32, row = i / 16 % rows, column = panel + (i % 16);
                uint expected = BitConverter.SingleToUInt32Bits(BFloat16Panels.RoundUpper(At(row, column + 16), BFloat16Panels.Round(At(row, column))));
                Assert.Equal(expected, BitConverter.SingleToUInt32Bits(fromPanels[i]));
                Assert.Equal(expected, BitConverter.SingleToUInt32Bits(fromRows[i]));
            }

            float At(int row, int column) => column < columns ? values[(row * columns) + column] : 0;
        }
    }
}
