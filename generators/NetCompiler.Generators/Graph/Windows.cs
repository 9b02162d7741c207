namespace NetCompiler.Generators.Graph;

/// <summary>A window along one axis: its size and how far it moves.</summary>
internal readonly record struct WindowAxis(int Size, int Stride);

/// <summary>What is made of a window.</summary>
internal enum WindowKind
{
    /// <summary>The largest value.</summary>
    Max,

    /// <summary>The number of the first largest value, counted in row-major order within the window; a NaN counts as the largest.</summary>
    Index,

    /// <summary>The sum.</summary>
    Sum,
}

/// <summary>
/// One value per window over the leading axes, each channel (the last axis) apart: y[i, c] = max over k of x[i stride + k, c]. Windows
/// never leave the operand: what pads comes before. What the last windows do not reach is left out.
/// </summary>
internal sealed record WindowOperation(WindowKind Kind, EquatableArray<WindowAxis> Axes) : Operation
{
    public override string Name => $"window_{Kind.ToString().ToLowerInvariant()}({Describe(Axes)})";

    public static string Describe(EquatableArray<WindowAxis> axes) => string.Join(" x ", axes.Select(axis => axis.Size == axis.Stride ? $"{axis.Size}" : $"{axis.Size}/{axis.Stride}"));
}

/// <summary>
/// The transpose of a window sum: each value is added to every place of its window, or, with a second operand of window indices, to that
/// place alone. The gradients of sums and maxima; with equal size and stride the nearest upsampling.
/// </summary>
/// <param name="Axes">The windows.</param>
/// <param name="Shape">The result's shape; places that no window reaches are 0.</param>
internal sealed record WindowScatterOperation(EquatableArray<WindowAxis> Axes, Shape Shape) : Operation
{
    public override string Name => $"window_scatter({WindowOperation.Describe(Axes)}){Shape}";
}
