using System.Globalization;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace NetCompiler;

/// <summary>The environment of a report, as rows: what results and speed depend on, and nothing that names a machine or a user.</summary>
internal static class ReportEnvironment
{
    /// <summary>Name and value of each fact.</summary>
    public static string[][] Rows() =>
    [
        ["NetCompiler", typeof(TrainingReport).Assembly.GetName().Version?.ToString(3) ?? ""],
        ["runtime", RuntimeInformation.FrameworkDescription],
        ["system", RuntimeInformation.OSDescription],
        ["architecture", RuntimeInformation.ProcessArchitecture.ToString()],
        ["vectors", $"{VectorBits.ToString(CultureInfo.InvariantCulture)} bits{(RuntimeInformation.ProcessArchitecture is Architecture.X64 or Architecture.X86 && !Fma.IsSupported ? " without fused multiply-add" : "")}"],
        ["cores", Environment.ProcessorCount.ToString(CultureInfo.InvariantCulture)],
    ];

    private static int VectorBits => Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : 128;
}
