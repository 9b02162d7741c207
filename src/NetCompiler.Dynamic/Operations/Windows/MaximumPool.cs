using NetCompiler.Dynamic.Tape;

namespace NetCompiler.Dynamic.Operations;

/// <summary>The largest value of each channel under a window; padding does not count. Its gradient goes to the first place that holds it, in the order of the window.</summary>
/// <typeparam name="T">float or double.</typeparam>
/// <param name="window">How the window moves.</param>
/// <param name="shape">The shape of a sample of the result.</param>
internal sealed class MaximumPool<T>(Window window, int[] shape) : Operation<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly WindowTap[] _taps = WindowTap.All(window);

    public override Value<T> Forward(Value<T>[] operands)
    {
        Value<T> x = operands[0];
        T[] result = Allocate(x.Samples * window.Positions * window.Channels);
        int last = -1;
        for (int sample = 0; sample < x.Samples; sample++)
        {
            foreach (WindowTap first in _taps)
            {
                WindowTap tap = first.In(sample, window);
                ReadOnlySpan<T> image = x.Data.AsSpan(tap.Image, window.Channels);
                Span<T> y = result.AsSpan(tap.Result, window.Channels);
                if (tap.Result != last)
                {
                    image.CopyTo(y);
                    last = tap.Result;
                }
                else
                {
                    TensorPrimitives.Max(y, image, y);
                }
            }
        }

        return x.Like(result, shape);
    }

    // f[p] = max x[p + k], dx = df at the first x that equals f
    public override void Backward(Value<T>[] operands, Value<T> result)
    {
        Value<T> x = operands[0];
        bool[] isGiven = new bool[window.Channels];
        int last = -1;
        for (int sample = 0; sample < x.Samples; sample++)
        {
            foreach (WindowTap first in _taps)
            {
                WindowTap tap = first.In(sample, window);
                if (tap.Result != last)
                {
                    Array.Clear(isGiven);
                    last = tap.Result;
                }

                ReadOnlySpan<T> image = x.Data.AsSpan(tap.Image, window.Channels), y = result.Data.AsSpan(tap.Result, window.Channels), dy = result.Gradient.AsSpan(tap.Result, window.Channels);
                Span<T> dx = x.Gradient.AsSpan(tap.Image, window.Channels);
                for (int channel = 0; channel < dx.Length; channel++)
                {
                    // A window with a NaN gives its gradient to the first NaN.
                    if (!isGiven[channel] && (image[channel] == y[channel] || T.IsNaN(image[channel])))
                    {
                        isGiven[channel] = true;
                        dx[channel] += dy[channel];
                    }
                }
            }
        }
    }
}
