namespace NetCompiler.Generators.Graph;

/// <summary>Some consecutive indices of one axis.</summary>
internal sealed record SliceOperation(int Axis, int Start, int Length) : Operation
{
    public override string Name => $"slice(axis {Axis}, {Start}..{Start + Length})";
}

/// <summary>The operand inside a larger box that is filled with a number around it. One entry per axis.</summary>
internal sealed record PadOperation(EquatableArray<int> Before, EquatableArray<int> After, double Fill) : Operation
{
    public override string Name => $"pad({string.Join(",", Before)}; {string.Join(",", After)}{(Fill == 0 ? "" : $"; {Fill}")})";
}

/// <summary>The operands one behind another along an axis.</summary>
internal sealed record ConcatOperation(int Axis) : Operation
{
    public override string Name => $"concat(axis {Axis})";
}

/// <summary>The axes in another order: axis i of the result is axis Order[i] of the operand.</summary>
internal sealed record TransposeOperation(EquatableArray<int> Order) : Operation
{
    public override string Name => $"transpose({string.Join(",", Order)})";
}

/// <summary>One axis from its end to its start.</summary>
internal sealed record ReverseOperation(int Axis) : Operation
{
    public override string Name => $"reverse(axis {Axis})";
}

/// <summary>Rows of a table (rows, n), not batched, chosen by indices (..) of a token input: (.., n).</summary>
internal sealed record GatherOperation : Operation
{
    public override string Name => "gather";
}

/// <summary>
/// The gradient of a gather: rows (.., n) of all samples added to the rows of a table that the indices (..) name, sample by sample and
/// within each in order; zero elsewhere. Operands: the rows, the indices. Not batched.
/// </summary>
internal sealed record ScatterAddOperation(int Rows) : Operation
{
    public override string Name => $"scatter_add({Rows} rows)";
}
