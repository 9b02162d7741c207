using NetCompiler.Generators.Graph;

namespace NetCompiler.Generators.Schedule.Templates;

/// <summary>Names kernels after the layer or loss that they come from.</summary>
internal static class KernelNames
{
    public static string Of(KernelGroup group, string what) => WeightPlanner.MemberName(Origin(group)) + what;

    private static string Origin(KernelGroup group)
    {
        string origin = group.Members.Select(node => node.Origin).FirstOrDefault(name => name.Length > 0) ?? "network";
        return new string([.. origin.Select(c => char.IsLetterOrDigit(c) || c is '_' or '.' ? c : '_')]);
    }
}
