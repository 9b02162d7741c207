using Xunit;

namespace NetCompiler.Tests.Kernels;

/// <summary>Weights in integers of 8 bits: values against their description, and their places.</summary>
[Trait("Category", "Numeric")]
public class Int8PanelsTests
{
    private const int Panel = 32, Quad = 4;

    [Fact]
    public void Multiples_AreExact_AndTiesGoToTheEvenOne()
    {
        float[] column = [.. Enumerable.Range(-127, 255).Select(multiple => multiple * 0.25f), 0.125f, 0.375f, -0.125f, -0.375f, 0.374f, 31.625f];
        float[] packed = Pack(column, 1);
        Assert.Equal(0.25f, packed[0]);
        Assert.Equal([.. Enumerable.Range(-127, 255), 0, 2, 0, -2, 1, 126], Integers(packed, column.Length, 0));
    }

    [Fact]
    public void ColumnsWithoutAMagnitude_AreZero()
    {
        const int Columns = 4;
        float[] packed = Pack([0, -0f, 1e-37f, 1e-36f, 0, 0, -2e-37f, -0.4e-36f], Columns);
        Assert.Equal([0, 0, 0, 1e-36f / 127], packed[..Columns]);
        Assert.Equal([0, 0, 0, 127 - 51], Sums(packed, Columns));
    }

    [Fact]
    public void ColumnsThatAreNotFinite_AreNaN_AndNoOthers()
    {
        const int Columns = 5;
        float[] packed = Pack([1, float.NaN, 1, float.NegativeInfinity, float.MaxValue, -2, 1, float.PositiveInfinity, 1, float.MinValue], Columns);
        Assert.Equal([2f / 127, float.NaN, float.NaN, float.NaN, float.MaxValue / 127], packed[..Columns]);
        Assert.Equal([64, -127], Integers(packed, 2, 0));
        Assert.Equal([127, -127], Integers(packed, 2, Columns - 1));
    }

    [Fact]
    public void PanelsAndRows_GiveTheSameIntegers_AndWriteNothingElse()
    {
        foreach ((int rows, int columns) in new[] { (1, 1), (3, 7), (2, 16), (5, 17), (4, 31), (7, 32), (3, 33), (2, 48), (6, 50), (9, 64), (1, 130), (37, 40) })
        {
            float[] values = Enumerable.Range(0, rows * columns).Select(i => i % 97 == 13 ? float.NaN : i % columns == 5 ? 0 : MathF.Sin(i) * MathF.Pow(10, (i % 7) - 3)).ToArray();
            var layout = new WeightLayout("w", [rows, columns], WeightPacking.Panels, 0);
            float[] panels = new float[layout.PhysicalLength], lines = new float[rows * (columns + 3)];
            for (int i = 0; i < values.Length; i++)
            {
                panels[layout.Locate(i)] = values[i];
                lines[(i / columns * (columns + 3)) + (i % columns)] = values[i];
            }

            const float Untouched = 7;
            int quads = (rows + Quad - 1) / Quad, length = (columns + Panel - 1) / Panel * Panel * (quads + 2);
            float[] fromPanels = new float[length + 1], fromRows = new float[length + 1];
            Array.Fill(fromPanels, Untouched);
            Array.Fill(fromRows, Untouched);
            Int8Panels.FromPanels(ref panels[0], rows, columns, ref fromPanels[0]);
            Int8Panels.FromRows(ref lines[0], columns + 3, rows, columns, ref fromRows[0]);
            Assert.Equal((Untouched, Untouched), (fromPanels[length], fromRows[length]));
            Assert.Equal(Array.ConvertAll(fromPanels, BitConverter.SingleToInt32Bits), Array.ConvertAll(fromRows, BitConverter.SingleToInt32Bits));
            (float[] units, int[] multiples) = Int8Reference.Columns(values, columns);
            for (int column = 0; column < length / (quads + 2); column++)
            {
                float[] panel = fromPanels[(column / Panel * Panel * (quads + 2))..];
                bool isThere = column < columns;
                Assert.Equal(isThere ? units[column] : 0, panel[column % Panel]);
                int[] expected = [.. Enumerable.Range(0, quads * Quad).Select(row => isThere && row < rows ? multiples[(row * columns) + column] : 0)];
                if (!isThere || !float.IsNaN(units[column]))
                {
                    Assert.Equal(expected, Integers(panel, quads * Quad, column % Panel));
                    Assert.Equal(expected.Sum(), BitConverter.SingleToInt32Bits(panel[Panel + (column % Panel)]));
                }
            }
        }
    }

    private static float[] Pack(float[] values, int columns)
    {
        int rows = values.Length / columns;
        float[] packed = new float[Panel * (((rows + Quad - 1) / Quad) + 2)];
        Int8Panels.FromRows(ref values[0], columns, rows, columns, ref packed[0]);
        return packed;
    }

    private static int[] Sums(float[] panel, int columns) => Array.ConvertAll(panel[Panel..(Panel + columns)], BitConverter.SingleToInt32Bits);

    private static int[] Integers(float[] panel, int rows, int column) =>
        [.. Enumerable.Range(0, rows).Select(row => (int)(sbyte)(BitConverter.SingleToInt32Bits(panel[(2 * Panel) + (row / Quad * Panel) + column]) >> (8 * (row % Quad))))];
}
