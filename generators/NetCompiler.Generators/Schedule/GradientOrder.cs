using NetCompiler.Generators.Graph;

namespace NetCompiler.Generators.Schedule;

/// <summary>
/// Puts small sums over the samples, such as the loss and a bias's gradient, behind the kernels that go through the samples, up to the next large gradient. Nobody reads them, and between
/// two kernels that threads could run through, each for its samples, they would make all threads wait while one of them sums.
/// </summary>
internal static class GradientOrder
{
    /// <summary>The groups in this order; everything else keeps its own.</summary>
    public static IReadOnlyList<KernelGroup> Run(IReadOnlyList<KernelGroup> groups, StoragePlan storage, NodeFacts facts)
    {
        var ordered = new List<KernelGroup>(groups.Count);
        var waiting = new List<KernelGroup>();
        foreach (KernelGroup group in groups)
        {
            bool isSum = IsSum(group, storage, facts), isSmall = isSum && IsSmall(group);
            if (waiting.Count > 0 && ((isSum && !isSmall) || group.IsBackward != waiting[0].IsBackward))
            {
                ordered.AddRange(waiting);
                waiting.Clear();
            }

            (isSmall ? waiting : ordered).Add(group);
        }

        ordered.AddRange(waiting);
        return ordered;
    }

    private static bool IsSum(KernelGroup group, StoragePlan storage, NodeFacts facts)
    {
        StoredResult[] results = [.. group.Members.SelectMany(storage.ResultsOf)];
        return results.Length > 0 && results.All(stored => stored.Result.Role is ResultRole.ParameterGradient or ResultRole.LossPart)
            && !SharingRules.IsBySample(group) && group.Members.All(member => facts.ReadersOf(member).All(group.Members.Contains));
    }

    // What it reads is kept until then; what has many rows to sum is summed by samples.
    private static bool IsSmall(KernelGroup group)
    {
        Node[] read = [.. group.Members.SelectMany(member => member.Operands).Where(operand => operand.IsBatched)];
        return SharingRules.Products(group) < TilingPolicy.LeastSharedProducts && read.Sum(operand => operand.Shape.Length) < TilingPolicy.LeastSharedProducts
            && read.All(operand => Space.Of(operand).Rows < TilingPolicy.LeastBlockSumRows);
    }
}
