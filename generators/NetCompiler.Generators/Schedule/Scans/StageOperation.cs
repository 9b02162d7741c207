using NetCompiler.Generators.Graph;

namespace NetCompiler.Generators.Schedule.Scans;

/// <summary>
/// In the body of a scan: one value per sample, copied so that those of all samples follow one another, or back to where the steps lie
/// between them. Kernels of single values run their lanes along the samples.
/// </summary>
internal sealed record StageOperation : Operation
{
    public override string Name => "stage";
}
