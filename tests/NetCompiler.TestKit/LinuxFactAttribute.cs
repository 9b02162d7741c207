using Xunit;

namespace NetCompiler.TestKit;

/// <summary>A test of what only Linux has, skipped elsewhere.</summary>
public sealed class LinuxFactAttribute : FactAttribute
{
    /// <summary>Needs Linux.</summary>
    public LinuxFactAttribute() => Skip = OperatingSystem.IsLinux() ? null : "This system is not Linux.";
}
