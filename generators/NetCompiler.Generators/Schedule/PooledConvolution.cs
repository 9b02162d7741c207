using NetCompiler.Generators.Graph;

namespace NetCompiler.Generators.Schedule;

/// <summary>When windows of maxima are taken of a convolution's sums in registers, so that its result never lies in memory.</summary>
internal static class PooledConvolution
{
    /// <summary>The window that every reader of a convolution takes, as (height, width), if it fits into registers; else null.</summary>
    /// <param name="convolution">The convolution.</param>
    /// <param name="readers">All that read its result.</param>
    /// <param name="machine">The machine.</param>
    public static WindowOperation? WindowOf(Node convolution, IReadOnlyList<Node> readers, Machine machine)
    {
        WindowOperation? window = readers.Select(reader => reader.Operation).OfType<WindowOperation>().FirstOrDefault(operation => operation.Kind == WindowKind.Max);
        return window is not null && convolution.Shape[-1] > 1 && window.Axes.All(axis => axis.Size == axis.Stride)
            && readers.All(reader => reader.Operation is WindowOperation { Kind: WindowKind.Max or WindowKind.Index } other && other.Axes == window.Axes)
            && Size(window) is > 1 and var size && size <= TilingPolicy.TileRows(machine, 1, int.MaxValue)
                ? window
                : null;
    }

    /// <summary>The pixels of a window.</summary>
    public static int Size(WindowOperation window) => window.Axes.Aggregate(1, (product, axis) => product * axis.Size);
}
