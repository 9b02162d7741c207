using Xunit;

namespace NetCompiler.Tests.Kernels;

[Trait("Category", "Numeric")]
public class TransposeTests
{
    [Theory]
    [InlineData(16, 16, 16, 16)]
    [InlineData(16, 48, 50, 16)]
    [InlineData(64, 32, 32, 71)]
    [InlineData(32, 80, 96, 48)]
    public void Transpose_IsTheScalarTranspose_AndWritesNothingElse(int rows, int columns, int sourceStride, int destinationStride)
    {
        float[] source = new float[rows * sourceStride];
        for (int i = 0; i < source.Length; i++)
        {
            source[i] = i + 1;
        }

        float[] expected = new float[columns * destinationStride];
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < columns; column++)
            {
                expected[(column * destinationStride) + row] = source[(row * sourceStride) + column];
            }
        }

        float[] actual = new float[expected.Length];
        TransposeKernel.Transpose(ref source[0], sourceStride, ref actual[0], destinationStride, rows, columns);
        Assert.Equal(expected, actual);
    }
}
