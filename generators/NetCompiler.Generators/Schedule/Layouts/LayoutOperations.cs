using NetCompiler.Generators.Graph;

namespace NetCompiler.Generators.Schedule.Layouts;

/// <summary>A weight out of its packing, in rows: what kernels read that know no packing.</summary>
internal sealed record UnpackOperation : Operation
{
    public override string Name => "unpack";
}

/// <summary>A gradient in rows into the packing of its weight, or a derived value into its own.</summary>
/// <param name="Result">The index of the result.</param>
internal sealed record PackOperation(int Result) : Operation
{
    public override string Name => "pack";
}
