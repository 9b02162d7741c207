namespace NetCompiler.Generators.Graph.Layers;

/// <summary>The floats that a weight takes in memory, padding included; long, because a faulty declaration may exceed int.</summary>
internal static class WeightExtent
{
    /// <summary>Whole vectors of 512 bits: what is padded is padded to a multiple of it.</summary>
    public const int Alignment = 16;

    public static long Of(WeightSpec weight) => IsFlat(weight) ? Flat(weight.Shape) : HasColumns(weight.Shape) ? Columns(weight.Shape) : Rows(weight.Shape);

    /// <summary>Whether the weight lies row by row: tables are read by whole rows, biases are added to rows.</summary>
    public static bool IsFlat(WeightSpec weight) => weight.Shape.Rank < 2 || weight.IsFlat;

    /// <summary>Whether a matrix lies column by column: one output is a sum along the inputs, but windows with one filter are tiles as any others.</summary>
    public static bool HasColumns(Shape matrix) => matrix.Rank == 2 && matrix[-1] == 1;

    /// <summary>Padded at its end.</summary>
    public static long Flat(Shape shape) => Align(shape.Length);

    /// <summary>Every row is padded.</summary>
    public static long Rows(Shape shape) => shape.Length / shape[-1] * Align(shape[-1]);

    /// <summary>Every column is padded.</summary>
    public static long Columns(Shape shape) => shape[-1] * Align(shape.Length / shape[-1]);

    private static long Align(long length) => (length + Alignment - 1) / Alignment * Alignment;
}
