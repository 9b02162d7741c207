using Xunit;

namespace NetCompiler.Tests.Generated;

/// <summary>Tests that count what the whole process allocates: nothing else runs beside them.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class NoParallel
{
    public const string Name = "Nothing beside";
}
