using NetCompiler.Dynamic.Tape;

namespace NetCompiler.Dynamic.Operations;

/// <summary>y[p, c] = b[c] + sum over the kernel's places k of x[p + k, c] W[k, c]: each channel with a kernel of its own; a kernel (.., 1, C), a bias (C) or none.</summary>
/// <typeparam name="T">float or double.</typeparam>
/// <param name="window">How the kernel moves.</param>
/// <param name="shape">The shape of a sample of the result.</param>
internal sealed class DepthwiseConvolution<T>(Window window, int[] shape) : Operation<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly WindowTap[] _taps = WindowTap.All(window);

    public override Value<T> Forward(Value<T>[] operands)
    {
        Value<T> x = operands[0], kernel = operands[1];
        T[] result = new T[x.Samples * window.Positions * window.Channels];
        for (int start = 0; operands.Length > 2 && start < result.Length; start += window.Channels)
        {
            operands[2].Data.CopyTo(result, start);
        }

        for (int sample = 0; sample < x.Samples; sample++)
        {
            foreach (WindowTap first in _taps)
            {
                WindowTap tap = first.In(sample, window);
                Span<T> y = result.AsSpan(tap.Result, window.Channels);
                TensorPrimitives.MultiplyAdd<T>(x.Data.AsSpan(tap.Image, window.Channels), kernel.Data.AsSpan(tap.Place * window.Channels, window.Channels), y, y);
            }
        }

        return x.Like(result, shape);
    }

    // f[p] = b + sum x[p + k] W[k]: dx[p + k] += df[p] W[k], dW[k] += df[p] x[p + k], db += df[p]
    public override void Backward(Value<T>[] operands, Value<T> result)
    {
        Value<T> x = operands[0], kernel = operands[1];
        for (int sample = 0; sample < x.Samples; sample++)
        {
            foreach (WindowTap first in _taps)
            {
                WindowTap tap = first.In(sample, window);
                ReadOnlySpan<T> dy = result.Gradient.AsSpan(tap.Result, window.Channels);
                if (x.NeedsGradient)
                {
                    Span<T> dx = x.Gradient.AsSpan(tap.Image, window.Channels);
                    TensorPrimitives.MultiplyAdd<T>(dy, kernel.Data.AsSpan(tap.Place * window.Channels, window.Channels), dx, dx);
                }

                if (kernel.NeedsGradient)
                {
                    Span<T> dw = kernel.Gradient.AsSpan(tap.Place * window.Channels, window.Channels);
                    TensorPrimitives.MultiplyAdd<T>(dy, x.Data.AsSpan(tap.Image, window.Channels), dw, dw);
                }
            }
        }

        for (int start = 0; operands.Length > 2 && operands[2].NeedsGradient && start < result.Gradient.Length; start += window.Channels)
        {
            TensorPrimitives.Add<T>(operands[2].Gradient, result.Gradient.AsSpan(start, window.Channels), operands[2].Gradient);
        }
    }
}
