using NetCompiler.TestKit;
using Xunit;

namespace NetCompiler.Tests.Generated;

/// <summary>Maxima over a first convolution whose pixels are equal, or no numbers: the gradient of a window goes to the first of equals, and to a NaN before any number.</summary>
[Trait("Category", "Numeric")]
public sealed class PooledMaximaTests
{
    private const int Samples = 2;
    private const int Width = 8;
    private const int Filters = 3;
    private const double Tolerance = 1e-6;

    private static readonly float[] Images = Numbers.Normal(Samples * PooledNetwork.InputLength, 51);
    private static readonly float[] Gradients = Numbers.Normal(Samples * PooledNetwork.OutputLength, 52);

    [Fact]
    public void EqualPixels_GiveTheGradientToTheFirst()
    {
        using PooledNetwork.Training training = Run(Images, out float[] outputs, out float[] kernel);
        Assert.All(outputs, output => Assert.Equal(0.5f, output));
        Compare(Expected(Images, (_, _, _) => 0), kernel);
        var bias = new double[Filters];
        for (int i = 0; i < Gradients.Length; i++)
        {
            bias[i % Filters] += Gradients[i];
        }

        Compare(bias, training.WeightGradients["conv2d1.bias"].ToArray());
    }

    [Fact]
    public void NotANumber_IsTheLargest()
    {
        // A pixel that only the last place of the last window of the first image sees, with the last weight alone: the last row and column are left out.
        float[] images = [.. Images];
        images[(4 * Width) + 6] = float.NaN;
        using PooledNetwork.Training training = Run(images, out float[] outputs, out float[] kernel);
        Assert.Equal(Filters, outputs.Count(float.IsNaN));
        Assert.All(outputs[(PooledNetwork.OutputLength - Filters)..PooledNetwork.OutputLength], output => Assert.True(float.IsNaN(output)));

        double[] expected = Expected(images, (sample, row, column) => (sample, row, column) == (0, 1, 2) ? 3 : 0);
        for (int tap = 0; tap < 4; tap++)
        {
            for (int filter = 0; filter < Filters; filter++)
            {
                float value = kernel[(tap * Filters) + filter];
                Expect.True(tap == 3 ? float.IsNaN(value) : Math.Abs(expected[(tap * Filters) + filter] - value) < Tolerance, $"Weight {tap} of filter {filter} has {value}.");
            }
        }
    }

    // All sums are 0.5, or NaN where a pixel is.
    private static PooledNetwork.Training Run(float[] images, out float[] outputs, out float[] kernel)
    {
        var network = new PooledNetwork();
        network.Weights["conv2d1.kernel"].CopyFrom(new float[4 * Filters]);
        network.Weights["conv2d1.bias"].CopyFrom([0.5f, 0.5f, 0.5f]);
        PooledNetwork.Training training = network.CreateTraining(Samples);
        outputs = new float[Samples * PooledNetwork.OutputLength];
        training.Forward(images, outputs);
        training.Backward(Gradients);
        kernel = training.WeightGradients["conv2d1.kernel"].ToArray();
        return training;
    }

    // dW[y, x, n] = sum over the windows of their gradient times the pixel (y, x) behind the place that it went to.
    private static double[] Expected(float[] images, Func<int, int, int, int> place)
    {
        var expected = new double[4 * Filters];
        for (int sample = 0; sample < Samples; sample++)
        {
            for (int row = 0; row < 2; row++)
            {
                for (int column = 0; column < 3; column++)
                {
                    int taken = place(sample, row, column), top = (2 * row) + (taken / 2), left = (2 * column) + (taken % 2);
                    for (int weight = 0; weight < expected.Length; weight++)
                    {
                        int tap = weight / Filters;
                        expected[weight] += Gradients[(sample * PooledNetwork.OutputLength) + (((row * 3) + column) * Filters) + (weight % Filters)]
                            * images[(sample * PooledNetwork.InputLength) + ((top + (tap / 2)) * Width) + left + (tap % 2)];
                    }
                }
            }
        }

        return expected;
    }

    private static void Compare(double[] expected, float[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            Expect.True(Math.Abs(expected[i] - actual[i]) < Tolerance * (1 + Math.Abs(expected[i])), $"[{i}] is {actual[i]}, not {expected[i]}.");
        }
    }
}

/// <summary>Maxima over a convolution: of its 5 x 7 pixels the windows reach 4 x 6.</summary>
[Network]
[Input(6, 8, 1)]
[Conv2D(3, 2)]
[MaxPool2D(2)]
public partial class PooledNetwork;
