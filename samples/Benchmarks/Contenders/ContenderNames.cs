namespace Benchmarks.Contenders;

/// <summary>The contenders as reports name them.</summary>
internal static class ContenderNames
{
    public const string Generated = "generated";
    public const string Dynamic = "dynamic";
    public const string OnnxRuntime = "onnxruntime";
    public const string PyTorch = "pytorch";

    /// <summary>All names in the order of the table's columns.</summary>
    public static IReadOnlyList<string> All { get; } = [Generated, Dynamic, OnnxRuntime, PyTorch];
}
