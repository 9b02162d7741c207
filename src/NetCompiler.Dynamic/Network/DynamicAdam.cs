namespace NetCompiler;

/// <summary>
/// Adam (Kingma and Ba 2015) for <see cref="DynamicNetwork{T}.Step"/>: m = b1 m + (1 - b1) g, v = b2 v + (1 - b2) g^2,
/// w -= rate (m / (1 - b1^t)) / (sqrt(v / (1 - b2^t)) + epsilon). It belongs to one network.
/// </summary>
/// <param name="learningRate">The rate.</param>
/// <param name="beta1">How much of the mean stays per step.</param>
/// <param name="beta2">How much of the mean square stays per step.</param>
/// <param name="epsilon">Keeps the division finite.</param>
/// <typeparam name="T">float or double.</typeparam>
public sealed class DynamicAdam<T>(double learningRate = 0.001, double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-7)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Dictionary<string, (T[] Mean, T[] Square, T[] Scratch)> _state = [];

    /// <summary>The number of steps so far.</summary>
    public long Steps { get; private set; }

    /// <summary>Updates every weight that has a gradient.</summary>
    internal void Update(IReadOnlyDictionary<string, T[]> weights, IReadOnlyDictionary<string, T[]> gradients)
    {
        Steps++;
        T rate = T.CreateChecked(learningRate / (1 - Math.Pow(beta1, Steps)));
        T correction = T.CreateChecked(1 / (1 - Math.Pow(beta2, Steps)));
        foreach ((string name, T[] gradient) in gradients)
        {
            if (!_state.TryGetValue(name, out (T[] Mean, T[] Square, T[] Scratch) state))
            {
                state = (new T[gradient.Length], new T[gradient.Length], new T[gradient.Length]);
                _state.Add(name, state);
            }

            Update(weights[name], gradient, state.Mean, state.Square, state.Scratch, rate, correction);
        }
    }

    private void Update(Span<T> weights, ReadOnlySpan<T> gradient, Span<T> mean, Span<T> square, Span<T> scratch, T rate, T correction)
    {
        TensorPrimitives.Multiply(mean, T.CreateChecked(beta1), mean);
        TensorPrimitives.MultiplyAdd(gradient, T.CreateChecked(1 - beta1), mean, mean);
        TensorPrimitives.Multiply(square, T.CreateChecked(beta2), square);
        TensorPrimitives.Multiply(gradient, gradient, scratch);
        TensorPrimitives.MultiplyAdd(scratch, T.CreateChecked(1 - beta2), square, square);
        TensorPrimitives.Multiply(square, correction, scratch);
        TensorPrimitives.Sqrt(scratch, scratch);
        TensorPrimitives.Add(scratch, T.CreateChecked(epsilon), scratch);
        TensorPrimitives.Divide(mean, scratch, scratch);
        TensorPrimitives.MultiplyAdd(scratch, -rate, weights, weights);
    }
}
