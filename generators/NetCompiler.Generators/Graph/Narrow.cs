namespace NetCompiler.Generators.Graph;

/// <summary>
/// The values rounded to bfloat16, the upper half of a float: to the nearest, ties to even. A matrix of weights, read by products alone, in inference, so that it
/// has no gradient.
/// </summary>
internal sealed record NarrowOperation : Operation
{
    public override string Name => "bfloat16";
}
