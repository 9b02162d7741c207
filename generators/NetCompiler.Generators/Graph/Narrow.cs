namespace NetCompiler.Generators.Graph;

/// <summary>How inference holds a matrix of weights in fewer bits.</summary>
internal enum NarrowFormat
{
    /// <summary>The upper half of a float.</summary>
    BFloat16,

    /// <summary>Integers of 8 bits, whole multiples of a number that each column has.</summary>
    Int8,
}

/// <summary>
/// The values rounded to a format: to the nearest, ties to even. A matrix of weights, read by products alone, in inference, so that it has no gradient.
/// </summary>
internal sealed record NarrowOperation(NarrowFormat Format) : Operation
{
    public override string Name => Format == NarrowFormat.BFloat16 ? "bfloat16" : "int8_columns";
}

/// <summary>The values of each row rounded to 8 bits: whole multiples of a number that the row has, or all rows of a place. Read by products with matrices of integers alone.</summary>
/// <param name="Weight">What names the place: the weight that the rows are multiplied with, or the first of several.</param>
internal sealed record RoundRowsOperation(int Weight) : Operation
{
    public override string Name => "int8_rows";
}
