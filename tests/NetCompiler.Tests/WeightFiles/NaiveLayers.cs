namespace NetCompiler.Tests.WeightFiles;

/// <summary>Layers written out as their definitions say, in double: slow, and apart from everything that is tested.</summary>
internal static class NaiveLayers
{
    /// <summary>A convolution of (height, width, channels) without padding, then ReLU.</summary>
    public static double[] ConvRelu(double[] x, int size, WeightView kernel, WeightView bias)
    {
        int k = kernel.Shape[0], channels = kernel.Shape[2], filters = kernel.Shape[3], result = size - k + 1;
        float[] w = kernel.ToArray(), b = bias.ToArray();
        double[] y = new double[result * result * filters];
        for (int place = 0; place < result * result; place++)
        {
            for (int filter = 0; filter < filters; filter++)
            {
                double sum = b[filter];
                for (int tap = 0; tap < k * k * channels; tap++)
                {
                    int channel = tap % channels, row = (place / result) + (tap / channels / k), column = (place % result) + (tap / channels % k);
                    sum += x[(((row * size) + column) * channels) + channel] * w[(tap * filters) + filter];
                }

                y[(place * filters) + filter] = Math.Max(0, sum);
            }
        }

        return y;
    }

    /// <summary>The maximum over windows of 2 x 2.</summary>
    public static double[] MaxPool(double[] x, int size, int channels)
    {
        int half = size / 2;
        return [.. Enumerable.Range(0, half * half * channels).Select(i =>
        {
            int channel = i % channels, row = i / channels / half * 2, column = i / channels % half * 2;
            double At(int dy, int dx) => x[((((row + dy) * size) + column + dx) * channels) + channel];
            return Math.Max(Math.Max(At(0, 0), At(0, 1)), Math.Max(At(1, 0), At(1, 1)));
        })];
    }

    /// <summary>x W + b.</summary>
    public static double[] Dense(double[] x, WeightView kernel, WeightView bias)
    {
        float[] w = kernel.ToArray(), b = bias.ToArray();
        return [.. b.Select((start, unit) => start + x.Select((value, i) => value * w[(i * b.Length) + unit]).Sum())];
    }

    /// <summary>exp(x) over its sum.</summary>
    public static double[] Softmax(double[] x)
    {
        double[] exponentials = [.. x.Select(value => Math.Exp(value - x.Max()))];
        return [.. exponentials.Select(value => value / exponentials.Sum())];
    }

    /// <summary>The last state of an LSTM over rows of inputs; gates i f g o.</summary>
    public static double[] Lstm(IEnumerable<double[]> steps, WeightView kernel, WeightView recurrent, WeightView bias)
    {
        int units = recurrent.Shape[0];
        float[] w = kernel.ToArray(), u = recurrent.ToArray(), b = bias.ToArray();
        double[] h = new double[units], c = new double[units];
        foreach (double[] x in steps)
        {
            double[] z = [.. b.Select((start, gate) => start + x.Select((value, i) => value * w[(i * b.Length) + gate]).Sum() + h.Select((value, i) => value * u[(i * b.Length) + gate]).Sum())];
            for (int unit = 0; unit < units; unit++)
            {
                c[unit] = (Sigmoid(z[units + unit]) * c[unit]) + (Sigmoid(z[unit]) * Math.Tanh(z[(2 * units) + unit]));
                h[unit] = Sigmoid(z[(3 * units) + unit]) * Math.Tanh(c[unit]);
            }
        }

        return h;
    }

    /// <summary>1 / (1 + exp(-x)).</summary>
    public static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));
}
