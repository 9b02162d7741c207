using Xunit;

namespace NetCompiler.TestKit;

/// <summary>A test of what several threads do at once, skipped where the machine has one core and everything runs on the caller.</summary>
public sealed class MulticoreFactAttribute : FactAttribute
{
    /// <summary>Needs two cores.</summary>
    public MulticoreFactAttribute() => Skip = Environment.ProcessorCount > 1 ? null : "There is one core: nothing runs beside the caller.";
}
