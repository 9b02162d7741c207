using NetCompiler.Generators.Graph;

namespace NetCompiler.Generators.Schedule.Layouts;

/// <summary>A weight out of its packing, in rows: what kernels read that know no packing.</summary>
internal sealed record UnpackOperation : Operation
{
    public override string Name => "unpack";
}

/// <summary>A gradient in rows into the packing of its weight.</summary>
/// <param name="Weight">The weight, among those of the plan.</param>
internal sealed record PackOperation(int Weight) : Operation
{
    public override string Name => "pack";
}
