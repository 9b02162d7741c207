using System.Runtime.Intrinsics;
using NetCompiler.Tests.Generated;
using Xunit;

namespace NetCompiler.Tests.Kernels;

/// <summary>Products of integers of 8 bits are the plain ones, to the bit, with the instructions of this machine and with those of others that it has.</summary>
[Trait("Category", "Numeric")]
public class Int8ProductTests
{
    private const float Untouched = 7;

    private delegate void Multiply(ref float rows, int rowStride, int count, int depth, ref float panels, ref float result, int resultStride, int width);

    private static IEnumerable<(string Name, Multiply Product)> Forms
    {
        get
        {
            yield return ("any", Int8Product.Multiply);
            yield return ("128 bits", Int8Product.Multiply<Vector128Lanes, Vector128<int>>);
            if (System.Runtime.Intrinsics.X86.Avx2.IsSupported)
            {
                yield return ("256 bits", Int8Product.Multiply<Avx2Lanes, Vector256<int>>);
            }
        }
    }

    [Fact]
    public void Products_AreThePlainOnes_AtEverySize()
    {
        foreach (int columns in new[] { 1, 3, 8, 15, 16, 17, 31, 32, 33, 48, 50, 64, 65, 128 })
        {
            foreach ((int depth, int count) in new[] { (1, 1), (2, 2), (4, 3), (5, 1), (8, 5), (17, 2), (33, 4), (101, 3), (102, 1) })
            {
                Check(Numbers.Normal(count * depth, seed: depth), Numbers.Normal(depth * columns, seed: columns, 0.3), count, columns);
            }
        }
    }

    [Fact]
    public void TheLargestSums_FitThirtyTwoBits()
    {
        const int Depth = 65536;
        float[] ones = [.. Enumerable.Repeat(1f, Depth)], signs = [.. Enumerable.Range(0, Depth).SelectMany(row => new[] { 3f, -3f, row % 2 == 0 ? 2f : -2f })];
        Check(ones, signs, 1, 3);
        Check(Array.ConvertAll(ones, value => -value), signs, 1, 3);
    }

    [Fact]
    public void WhatIsNotFinite_SpoilsItsRowOrColumnAlone()
    {
        const int Depth = 40, Columns = 35, Count = 3;
        float[] rows = Numbers.Normal(Count * Depth, seed: 1), matrix = Numbers.Normal(Depth * Columns, seed: 2);
        rows[Depth + 7] = float.NaN;
        matrix[(3 * Columns) + 20] = float.PositiveInfinity;
        matrix[(9 * Columns) + 33] = float.NaN;
        float[] expected = Int8Reference.Product(rows, matrix, Columns);
        Assert.All(Enumerable.Range(0, expected.Length), i => Assert.Equal(i / Columns == 1 || i % Columns is 20 or 33, float.IsNaN(expected[i])));
        Check(rows, matrix, Count, Columns);
    }

    [Fact]
    public void FourBytes_AreMultipliedTheSameWithoutProductsOfPairs()
    {
        Random random = new(1);
        for (int round = 0; round < 10_000; round++)
        {
            Vector128<int> sum = Vector128.Create(random.Next(), random.Next(), -random.Next(), 0), bytes = Some(random), signed = Some(random);
            Vector128<int> expected = sum;
            for (int i = 0; i < 16; i++)
            {
                expected = expected.WithElement(i / 4, expected[i / 4] + (bytes.AsByte()[i] * signed.AsSByte()[i]));
            }

            Assert.Equal(expected, Vector128Lanes.OneByOne(sum, bytes, signed));
            Assert.Equal(expected, Vector128Lanes.MultiplyAdd(sum, bytes, signed));
        }

        static Vector128<int> Some(Random random)
        {
            byte[] bytes = new byte[16];
            random.NextBytes(bytes);
            bytes[random.Next(16)] = 0x80;
            return Vector128.Create(bytes).AsInt32();
        }
    }

    private static void Check(float[] rows, float[] matrix, int count, int columns)
    {
        int depth = matrix.Length / columns, quads = (depth + 3) / 4, stride = quads + 3, panels = (columns + 31) / 32;
        float[] packed = new float[panels * 32 * (quads + 2)], rounded = new float[count * stride], expected = Int8Reference.Product(rows, matrix, columns);
        Int8Panels.FromRows(ref matrix[0], columns, depth, columns, ref packed[0]);
        Int8Rows.Round(ref rows[0], depth, count, depth, ref rounded[0], stride, ref new float[16].AsSpan()[0]);
        foreach ((string name, Multiply product) in Forms)
        {
            foreach (int width in new[] { columns, (columns + 15) / 16 * 16 })
            {
                int resultStride = width + 2;
                float[] result = new float[count * resultStride];
                Array.Fill(result, Untouched);
                product(ref rounded[0], stride, count, depth, ref packed[0], ref result[0], resultStride, width);
                for (int row = 0; row < count; row++)
                {
                    string what = $"{count} x {depth} x {columns}, {name}, row {row}";
                    Assert.Equal(expected[(row * columns)..((row + 1) * columns)], result[(row * resultStride)..((row * resultStride) + columns)]);
                    bool isFinite = !float.IsNaN(rounded[(row * stride) + quads]);
                    Assert.All(result[((row * resultStride) + columns)..((row * resultStride) + width)], padding => Assert.True(isFinite ? padding == 0 : float.IsNaN(padding), what));
                    Assert.All(result[((row * resultStride) + width)..((row + 1) * resultStride)], after => Assert.Equal(Untouched, after));
                }
            }
        }
    }
}
