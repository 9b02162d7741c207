using Xunit;

namespace NetCompiler.TestKit;

/// <summary>A test that reads a file or folder of the shared folder, and is skipped with the reason where that is missing.</summary>
public sealed class SharedFactAttribute : FactAttribute
{
    /// <summary>Needs <paramref name="relativePath"/>, by default the golden tensors.</summary>
    public SharedFactAttribute(string relativePath = "reference/index.json") => Skip = Shared.ReasonToSkip(relativePath);
}

/// <summary>A theory that reads a file or folder of the shared folder, and is skipped with the reason where that is missing.</summary>
public sealed class SharedTheoryAttribute : TheoryAttribute
{
    /// <summary>Needs <paramref name="relativePath"/>, by default the golden tensors.</summary>
    public SharedTheoryAttribute(string relativePath = "reference/index.json") => Skip = Shared.ReasonToSkip(relativePath);
}
