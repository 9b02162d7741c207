using System.Reflection.PortableExecutable;

namespace NetCompiler.Tests.Packages;

/// <summary>What an assembly may hold beside its IL, so that less is compiled as it runs.</summary>
internal static class MachineCode
{
    /// <summary>Whether there is some in an assembly, whose stream is closed.</summary>
    public static bool IsIn(Stream assembly)
    {
        using var reader = new PEReader(assembly);
        return reader.PEHeaders.CorHeader!.ManagedNativeHeaderDirectory.Size > 0;
    }
}
