using NetCompiler.TestKit;
using Xunit;

namespace NetCompiler.Tests.Kernels;

/// <summary>Rows in integers of 8 bits: values against their description, at lengths around every vector.</summary>
[Trait("Category", "Numeric")]
public class Int8RowsTests
{
    private const float Untouched = 7;

    private readonly float[] _own = new float[16];

    [Fact]
    public void Rows_AreRoundedByTheirOwnRange()
    {
        foreach (int columns in Enumerable.Range(1, 140).Append(784).Append(1001))
        {
            float[] values = [.. Enumerable.Range(0, 3 * columns).Select(i => (i / columns) switch { 0 => MathF.Sin(i), 1 => MathF.Abs(MathF.Cos(3 * i)) * 1e4f, _ => -1e-3f * (i % 17) })];
            Check(values, columns);
        }
    }

    [Theory]
    [InlineData(1e-38f, -1e-39f)]
    [InlineData(1e-36f, 0)]
    [InlineData(float.MaxValue, float.MinValue)]
    [InlineData(float.MaxValue, 1)]
    [InlineData(0, -0f)]
    [InlineData(127.5f, -126.5f)]
    [InlineData(float.NaN, 1)]
    [InlineData(float.PositiveInfinity, 1)]
    [InlineData(-1, float.NegativeInfinity)]
    public void ExtremeValues_AtEveryPlace(float first, float second)
    {
        foreach (int columns in new[] { 2, 5, 31, 32, 33, 64, 70 })
        {
            for (int place = 0; place + 1 < columns; place++)
            {
                float[] values = new float[columns];
                (values[place], values[place + 1]) = (first, second);
                Check(values, columns);
            }
        }
    }

    [Fact]
    public void Bytes_HoldTheWholeRange_WhateverItIs()
    {
        Random random = new(1);
        for (int round = 0; round < 20_000; round++)
        {
            float scale = MathF.ScaleB(1, random.Next(-100, 120)), least = -random.NextSingle() * scale, most = random.NextSingle() * scale;
            (float step, int zero, int[] levels) = Int8Reference.Row([least, most, 0]);
            Assert.InRange(levels[0], 0, 0);
            Assert.InRange(levels[1], 254, 255);
            Assert.Equal(zero, levels[2]);
            Expect.True(MathF.Abs(((levels[1] - zero) * step) - most) <= step * 0.501f, $"{least} to {most}");
        }
    }

    private void Check(float[] values, int columns)
    {
        int rows = values.Length / columns, quads = (columns + 3) / 4, stride = quads + 5, sourceStride = columns + 2;
        float[] source = new float[rows * sourceStride], rounded = new float[rows * stride];
        Array.Fill(source, float.NaN);
        Array.Fill(rounded, Untouched);
        for (int row = 0; row < rows; row++)
        {
            values.AsSpan(row * columns, columns).CopyTo(source.AsSpan(row * sourceStride));
        }

        Int8Rows.Round(ref source[0], sourceStride, rows, columns, ref rounded[0], stride, ref _own[0]);
        for (int row = 0; row < rows; row++)
        {
            (float step, int zero, int[] levels) = Int8Reference.Row(values.AsSpan(row * columns, columns));
            float[] own = rounded[(row * stride)..((row + 1) * stride)];
            byte[] bytes = [.. own[..quads].SelectMany(BitConverter.GetBytes)];
            Assert.Equal([.. levels.Select(level => (byte)level), .. new byte[(quads * 4) - columns]], bytes);
            Assert.Equal(step, own[quads]);
            Assert.Equal(zero, BitConverter.SingleToInt32Bits(own[quads + 1]));
            Assert.Equal([Untouched, Untouched, Untouched], own[(quads + 2)..]);
        }
    }
}
