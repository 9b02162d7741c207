using NetCompiler.Dynamic.Network;

namespace NetCompiler.Dynamic.Checks;

/// <summary>Derivatives of an interpreted network's loss along random directions, by central differences in double.</summary>
internal sealed class FiniteDifferences(DynamicNetwork<double> network, Batch<double> batch, GradientCheckOptions options)
{
    // A kink that is only near is left behind by a smaller step; below a hundredth of the usual one, rounding takes over.
    private const int Steps = 3;

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

    /// <summary>
    /// (loss(v + h d) - loss(v - h d)) / 2h, with v moved in place and put back exactly; null at a kink (a ReLU at 0, a maximum of equal values), where the slopes to both sides differ
    /// however small the step and no derivative exists.
    /// </summary>
    public double? Along(double[] values, double[] direction)
    {
        double[] original = [.. values];
        double centre = network.ComputeLoss(batch, training: true), step = options.FiniteStep;
        for (int i = 0; i < Steps; i++, step /= 10)
        {
            double right = (At(step) - centre) / step, left = (centre - At(-step)) / step;
            double allowed = (options.RelativeTolerance * Math.Max(Math.Abs(left), Math.Abs(right))) + options.AbsoluteTolerance;

            // Written so that a NaN is no kink: the comparison shall fail on it.
            if (!(Math.Abs(right - left) > allowed))
            {
                return (left + right) / 2;
            }
        }

        return null;

        double At(double distance)
        {
            TensorPrimitives.MultiplyAdd(direction, distance, original, values);
            double loss = network.ComputeLoss(batch, training: true);
            original.CopyTo(values, 0);
            return loss;
        }
    }
}
