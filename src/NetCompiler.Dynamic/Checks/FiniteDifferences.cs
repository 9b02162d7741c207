using NetCompiler.Dynamic.Network;

namespace NetCompiler.Dynamic.Checks;

/// <summary>Derivatives of an interpreted network's loss along random directions, by central differences in double.</summary>
internal sealed class FiniteDifferences(DynamicNetwork<double> network, Batch<double> batch, GradientCheckOptions options)
{
    private readonly Random _random = new(options.Seed);

    /// <summary>Draws a direction of length 1 over the values of one weight or input.</summary>
    public double[] DrawDirection(int length)
    {
        double[] direction = new double[length];
        for (int i = 0; i < length; i++)
        {
            // Sum of twelve uniform numbers: close enough to normal for a direction without preference.
            for (int k = 0; k < 12; k++)
            {
                direction[i] += _random.NextDouble();
            }

            direction[i] -= 6;
        }

        TensorPrimitives.Divide(direction, TensorPrimitives.Norm<double>(direction), direction);
        return direction;
    }

    /// <summary>(loss(v + h d) - loss(v - h d)) / 2h, with v moved in place and put back exactly.</summary>
    public double Along(double[] values, double[] direction)
    {
        double[] original = [.. values];
        double step = options.FiniteStep;
        TensorPrimitives.MultiplyAdd(direction, step, original, values);
        double above = network.ComputeLoss(batch, training: true);
        TensorPrimitives.MultiplyAdd(direction, -step, original, values);
        double below = network.ComputeLoss(batch, training: true);
        original.CopyTo(values, 0);
        return (above - below) / (2 * step);
    }
}
