using NetCompiler.Generators.Graph;

namespace NetCompiler.Generators.Schedule.Layouts;

/// <summary>A gradient in rows into the packing of its weight.</summary>
/// <param name="Weight">The weight, among those of the plan.</param>
internal sealed record PackGradientOperation(int Weight) : Operation
{
    public override string Name => "pack_gradient";
}
