using Xunit;

namespace NetCompiler.Tests.Packages;

/// <summary>A test that compiles ahead of time, which takes the system's linker.</summary>
internal sealed class LinkerFactAttribute : FactAttribute
{
    public LinkerFactAttribute() => Skip = PublishingPacks.MissingLinker;
}
