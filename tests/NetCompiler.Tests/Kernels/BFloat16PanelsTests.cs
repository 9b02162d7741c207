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
                uint expected = Bits(row, column) | (Bits(row, column + 16) << 16);
                Assert.Equal(expected, BitConverter.SingleToUInt32Bits(fromPanels[i]));
                Assert.Equal(expected, BitConverter.SingleToUInt32Bits(fromRows[i]));
            }

            uint Bits(int row, int column) => column < columns ? BFloat16Panels.Round(values[(row * columns) + column]) : 0u;
        }
    }
}
