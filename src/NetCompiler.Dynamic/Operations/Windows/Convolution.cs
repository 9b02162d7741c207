using System.Buffers;
using NetCompiler.Dynamic.Tape;

namespace NetCompiler.Dynamic.Operations;

/// <summary>
/// y[p, o] = b[o] + sum over the kernel's places k and the channels c of o's group of x[p + k, c] W[k, c, o]: images (.., C), a kernel (.., C / groups, O), a bias (O) or none. The
/// patches of an image are a matrix, so that it is a matrix product per image and group.
/// </summary>
/// <typeparam name="T">float or double.</typeparam>
/// <param name="window">How the kernel moves.</param>
/// <param name="groups">The number of groups.</param>
/// <param name="shape">The shape of a sample of the result.</param>
internal sealed class Convolution<T>(Window window, int groups, int[] shape) : Operation<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly int _channels = window.Channels / groups;
    private readonly int _filters = shape[^1] / groups;

    private int PatchLength => window.Taps * _channels;

    public override Value<T> Forward(Value<T>[] operands)
    {
        Value<T> x = operands[0], kernel = operands[1];
        T[] result = new T[x.Samples * window.Positions * shape[^1]];
        for (int start = 0; operands.Length > 2 && start < result.Length; start += shape[^1])
        {
            operands[2].Data.CopyTo(result, start);
        }

        T[] patches = Rent(PatchLength), products = Rent(_filters);
        for (int group = 0; group < groups; group++)
        {
            ReadOnlySpan<T> weights = Filters(kernel.Data, group);
            for (int sample = 0; sample < x.Samples; sample++)
            {
                ReadOnlySpan<T> rows = PatchesOf(x, sample, group, patches);
                Span<T> y = result.AsSpan(sample * window.Positions * shape[^1], window.Positions * shape[^1]);
                if (groups == 1)
                {
                    RowProducts.Add(rows, weights, y, PatchLength, _filters);
                    continue;
                }

                Span<T> product = products.AsSpan(0, window.Positions * _filters);
                product.Clear();
                RowProducts.Add(rows, weights, product, PatchLength, _filters);
                ColumnBlock.Add(product, y, shape[^1], group * _filters, _filters);
            }
        }

        Return(patches, products);
        return x.Like(result, shape);
    }

    // P the patches of x: f = P W + b: dP = df W^T, dW = P^T df, db = sum over the positions of df
    public override void Backward(Value<T>[] operands, Value<T> result)
    {
        Value<T> x = operands[0], kernel = operands[1];
        T[] patches = Rent(PatchLength), products = Rent(_filters), kernelGradient = new T[kernel.NeedsGradient && groups > 1 ? PatchLength * _filters : 0];
        for (int group = 0; group < groups; group++)
        {
            ReadOnlySpan<T> weights = Filters(kernel.Data, group);
            Span<T> dw = kernel.NeedsGradient ? groups == 1 ? kernel.Gradient : kernelGradient : [];
            kernelGradient.AsSpan().Clear();
            for (int sample = 0; sample < x.Samples; sample++)
            {
                Span<T> dy = result.Gradient.AsSpan(sample * window.Positions * shape[^1], window.Positions * shape[^1]);
                if (groups > 1)
                {
                    Span<T> block = products.AsSpan(0, window.Positions * _filters);
                    ColumnBlock.Copy(dy, block, shape[^1], group * _filters, _filters);
                    dy = block;
                }

                if (kernel.NeedsGradient)
                {
                    RowProducts.AddOuter(PatchesOf(x, sample, group, patches), dy, dw, PatchLength, _filters);
                }

                if (x.NeedsGradient)
                {
                    Span<T> dx = x.Gradient.AsSpan(sample * window.ImageLength, window.ImageLength), rows = patches.AsSpan(0, window.Positions * PatchLength);
                    rows.Clear();
                    RowProducts.AddTransposed(dy, weights, rows, PatchLength, _filters);
                    Patches.Scatter(rows, dx, window, group * _channels, _channels);
                }
            }

            if (kernel.NeedsGradient && groups > 1)
            {
                ColumnBlock.Add<T>(kernelGradient, kernel.Gradient, shape[^1], group * _filters, _filters);
            }
        }

        Return(patches, products);
        for (int start = 0; operands.Length > 2 && operands[2].NeedsGradient && start < result.Gradient.Length; start += shape[^1])
        {
            TensorPrimitives.Add<T>(operands[2].Gradient, result.Gradient.AsSpan(start, shape[^1]), operands[2].Gradient);
        }
    }

    private ReadOnlySpan<T> PatchesOf(Value<T> x, int sample, int group, T[] patches)
    {
        ReadOnlySpan<T> image = x.Data.AsSpan(sample * window.ImageLength, window.ImageLength);
        if (window.IsPointwise && groups == 1)
        {
            return image;
        }

        Patches.Gather(image, patches, window, group * _channels, _channels);
        return patches.AsSpan(0, window.Positions * PatchLength);
    }

    private ReadOnlySpan<T> Filters(T[] kernel, int group)
    {
        if (groups == 1)
        {
            return kernel;
        }

        T[] filters = Allocate(PatchLength * _filters);
        ColumnBlock.Copy<T>(kernel, filters, shape[^1], group * _filters, _filters);
        return filters;
    }

    private T[] Rent(int columns) => ArrayPool<T>.Shared.Rent(window.Positions * columns);

    private static void Return(T[] patches, T[] products)
    {
        ArrayPool<T>.Shared.Return(patches);
        ArrayPool<T>.Shared.Return(products);
    }
}
