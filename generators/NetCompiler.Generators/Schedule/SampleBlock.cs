using NetCompiler.Generators.Graph;

namespace NetCompiler.Generators.Schedule;

/// <summary>
/// Kernels one behind another that run over a few samples at a time. A sequence of many rows is handed on in the second-level cache, where
/// those of a whole batch would pass through memory from each kernel to the next; sums over the samples go on from block to block.
/// </summary>
/// <param name="First">The first kernel's group.</param>
/// <param name="Last">The last kernel's group.</param>
/// <param name="Samples">The samples of a block.</param>
internal sealed record SampleBlock(int First, int Last, int Samples)
{
    /// <summary>The blocks of a program, in order.</summary>
    public static IReadOnlyList<SampleBlock> Find(IReadOnlyList<KernelGroup> groups, StoragePlan storage, NodeFacts facts)
    {
        var blocks = new List<SampleBlock>();
        for (int first = 0; first < groups.Count; first++)
        {
            int next = first;
            while (next < groups.Count && groups[next].IsBackward == groups[first].IsBackward && IsSampleBySample(groups[next], storage, facts))
            {
                next++;
            }

            if (next - first >= 2 && SamplesOf([.. groups.Skip(first).Take(next - first)], storage) is { } samples)
            {
                blocks.Add(new SampleBlock(first, next - 1, samples));
            }

            first = Math.Max(first, next - 1);
        }

        return blocks;
    }

    // As many samples as fit the cache; the weights are read again for every block, so that a block must be worth it.
    private static int? SamplesOf(KernelGroup[] groups, StoragePlan storage)
    {
        int rows = groups.Select(RowsOf).DefaultIfEmpty(1).Max();
        long floats = groups.SelectMany(group => group.Members.SelectMany(member => member.Operands).Concat(group.Members))
            .Where(node => node.IsBatched).Select(storage.Owner).Distinct().Sum(node => node.Shape.Length);
        long samples = Math.Max(TilingPolicy.BlockFloats / floats, (TilingPolicy.LeastBlockRows + rows - 1) / rows);
        return rows > 1 && samples < TilingPolicy.LeastWholeBatch ? (int)samples : null;
    }

    // The rows of a sample that meet a weight.
    private static int RowsOf(KernelGroup group) => group.Kind switch
    {
        GroupKind.Product => group.Space.Rows,
        GroupKind.WeightGradient => Space.Of(group.Anchor.Operands[0]).Rows,
        _ => 1,
    };

    // Whether a kernel reads and writes nothing of other samples but a gradient that it can add to.
    private static bool IsSampleBySample(KernelGroup group, StoragePlan storage, NodeFacts facts)
    {
        bool IsAddable(Node node) => !facts.IsRead(node) && storage.ResultsOf(node) is { Count: > 0 } results && results.All(result => result.Result.Role == ResultRole.ParameterGradient);
        return group.Kind switch
        {
            GroupKind.Product => group.Anchor.IsBatched && group.Space.Rows > 1,
            GroupKind.WeightGradient => IsAddable(group.Anchor) && RowsOf(group) > 1,
            GroupKind.RowSum => group.Anchor.Operands[0].IsBatched && Space.Of(group.Anchor.Operands[0]).Rows > 1 && IsAddable(group.Anchor),
            GroupKind.Rows => group.Space.IsBatched && group.Space.Rows > 1,
            GroupKind.Nest when group.Anchor.Operation is GatherOperation => group.Anchor.IsBatched && !group.Anchor.Operands[0].IsBatched,
            GroupKind.Nest when group.Anchor.Operation is ScatterAddOperation => group.Anchor.Operands[0].IsBatched && IsAddable(group.Anchor),
            _ => false,
        };
    }
}
