using System.Buffers;
using NetCompiler.Dynamic.Tape;

namespace NetCompiler.Dynamic.Operations;

/// <summary>
/// The gradient of a convolution as a layer: every value x[p, i] adds x[p, i] W[k, o, i] to the place p + k of the result. Images (.., I), a kernel (.., O, I), a bias (O) or none;
/// <paramref name="window"/> is that of the convolution, from the result to x.
/// </summary>
/// <typeparam name="T">float or double.</typeparam>
/// <param name="window">How the kernel moves over the result.</param>
/// <param name="shape">The shape of a sample of the result.</param>
internal sealed class TransposedConvolution<T>(Window window, int[] shape) : Operation<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private int PatchLength => window.Taps * window.Channels;

    public override Value<T> Forward(Value<T>[] operands)
    {
        Value<T> x = operands[0], kernel = operands[1];
        T[] result = new T[x.Samples * window.ImageLength], patches = Rent();
        for (int start = 0; operands.Length > 2 && start < result.Length; start += window.Channels)
        {
            operands[2].Data.CopyTo(result, start);
        }

        Span<T> rows = patches.AsSpan(0, window.Positions * PatchLength);
        for (int sample = 0; sample < x.Samples; sample++)
        {
            rows.Clear();
            RowProducts.AddTransposed(x.Data.AsSpan(sample * x.SampleLength, x.SampleLength), kernel.Data, rows, PatchLength, x.LastAxis);
            Patches.Scatter(rows, result.AsSpan(sample * window.ImageLength, window.ImageLength), window, 0, window.Channels);
        }

        ArrayPool<T>.Shared.Return(patches);
        return x.Like(result, shape);
    }

    // P the patches of df: dx = P W, dW = P^T x, db = sum over the places of df
    public override void Backward(Value<T>[] operands, Value<T> result)
    {
        Value<T> x = operands[0], kernel = operands[1];
        T[] patches = Rent();
        for (int sample = 0; sample < x.Samples; sample++)
        {
            Patches.Gather<T>(result.Gradient.AsSpan(sample * window.ImageLength, window.ImageLength), patches, window, 0, window.Channels);
            ReadOnlySpan<T> rows = patches.AsSpan(0, window.Positions * PatchLength);
            if (x.NeedsGradient)
            {
                RowProducts.Add(rows, kernel.Data, x.Gradient.AsSpan(sample * x.SampleLength, x.SampleLength), PatchLength, x.LastAxis);
            }

            if (kernel.NeedsGradient)
            {
                RowProducts.AddOuter(rows, x.Data.AsSpan(sample * x.SampleLength, x.SampleLength), kernel.Gradient, PatchLength, x.LastAxis);
            }
        }

        ArrayPool<T>.Shared.Return(patches);
        for (int start = 0; operands.Length > 2 && operands[2].NeedsGradient && start < result.Gradient.Length; start += window.Channels)
        {
            TensorPrimitives.Add<T>(operands[2].Gradient, result.Gradient.AsSpan(start, window.Channels), operands[2].Gradient);
        }
    }

    private T[] Rent() => ArrayPool<T>.Shared.Rent(window.Positions * PatchLength);
}
