using NetCompiler.Dynamic.Tape;

namespace NetCompiler.Dynamic.Operations;

/// <summary>The mean of each channel under a window; padding does not count.</summary>
/// <typeparam name="T">float or double.</typeparam>
/// <param name="window">How the window moves.</param>
/// <param name="shape">The shape of a sample of the result.</param>
internal sealed class AveragePool<T>(Window window, int[] shape) : Operation<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly WindowTap[] _taps = WindowTap.All(window);

    public override Value<T> Forward(Value<T>[] operands)
    {
        Value<T> x = operands[0];
        T[] result = new T[x.Samples * window.Positions * window.Channels], shares = Shares();
        for (int sample = 0; sample < x.Samples; sample++)
        {
            foreach (WindowTap first in _taps)
            {
                WindowTap tap = first.In(sample, window);
                Span<T> y = result.AsSpan(tap.Result, window.Channels);
                TensorPrimitives.MultiplyAdd<T>(x.Data.AsSpan(tap.Image, window.Channels), Share(shares, tap), y, y);
            }
        }

        return x.Like(result, shape);
    }

    // f[p] = c sum x[p + k], dx[p + k] += c df[p], c one over the number of places inside the image
    public override void Backward(Value<T>[] operands, Value<T> result)
    {
        T[] shares = Shares();
        for (int sample = 0; sample < operands[0].Samples; sample++)
        {
            foreach (WindowTap first in _taps)
            {
                WindowTap tap = first.In(sample, window);
                Span<T> dx = operands[0].Gradient.AsSpan(tap.Image, window.Channels);
                TensorPrimitives.MultiplyAdd<T>(result.Gradient.AsSpan(tap.Result, window.Channels), Share(shares, tap), dx, dx);
            }
        }
    }

    private T Share(T[] shares, WindowTap tap) => shares[tap.Result / window.Channels % window.Positions];

    private T[] Shares()
    {
        T[] shares = new T[window.Positions];
        foreach (WindowTap tap in _taps)
        {
            shares[tap.Result / window.Channels] += T.One;
        }

        TensorPrimitives.Divide(T.One, shares, shares);
        return shares;
    }
}
