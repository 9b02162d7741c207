using NetCompiler.Generators.Graph;
using NetCompiler.Generators.Schedule.Memory;

namespace NetCompiler.Generators.Schedule;

/// <summary>How threads share a call of the program of a training, or of one sample's prediction. Whatever the number of threads, every sum has one order.</summary>
internal enum Sharing
{
    /// <summary>Not at all: one thread makes the call while the others wait.</summary>
    Whole,

    /// <summary>Every thread computes some of the samples.</summary>
    Samples,

    /// <summary>Every thread computes some columns of a product, or some parts of its sums, over all samples: it reads the weights that it changes, or no others than in every prediction; or some rows of one sample.</summary>
    Columns,

    /// <summary>Every thread computes some of a gradient, over all samples; or one thread all of it, while others compute other gradients.</summary>
    Gradients,
}

/// <summary>Which groups can be shared, and how.</summary>
internal static class SharingRules
{
    /// <summary>Whether threads may share the kernels of a program of one sample, but for the steps of a scan.</summary>
    public static bool SharesOneSample(ProgramMode mode, StoragePlan storage) => mode == ProgramMode.PredictOne && !storage.IsBody;

    /// <summary>
    /// Whether no member of a group is made of several samples, but for those of a block that one thread has: each thread may compute its samples
    /// of it. Whether it may also call the kernel for a single one of them, beside others of other threads, is for <see cref="ProgramStage"/>.
    /// </summary>
    public static bool IsBySample(KernelGroup group) => group.BlockSums is not null || group.Members.All(member => member.IsBatched || !member.Operands.Any(operand => operand.IsBatched));

    /// <summary>
    /// Kernels one behind another that threads may run through, each for its samples, without waiting for one another: what one of them needs is kept through
    /// all of them, since values with rows of other lengths would lie over another thread's.
    /// </summary>
    public static IEnumerable<(int First, int Last)> Runs(IReadOnlyList<KernelGroup> groups)
    {
        foreach (bool isBackward in new[] { false, true })
        {
            int first = -1, last = -1;
            for (int index = 0; index < groups.Count; index++)
            {
                if (groups[index].IsBackward != isBackward)
                {
                    continue;
                }

                if (IsBySample(groups[index]))
                {
                    (first, last) = (first < 0 ? index : first, index);
                }
                else if (first >= 0)
                {
                    yield return (first, last);
                    first = -1;
                }
            }

            if (first >= 0)
            {
                yield return (first, last);
            }
        }
    }

    /// <summary>About how many products the kernels of a group take for one sample: of a matrix product the volume of its three indices, of others some per value.</summary>
    public static long Products(KernelGroup group) => group.Members.Sum(member => member.Operation switch
    {
        ContractOperation => (long)Math.Sqrt((double)member.Operands[0].Shape.Length * member.Operands[1].Shape.Length * member.Shape.Length),
        ScanOperation scan => scan.Steps * scan.Body.Graph.Nodes.Where(node => node.Operation is ContractOperation)
            .Sum(node => (long)Math.Sqrt((double)node.Operands[0].Shape.Length * node.Operands[1].Shape.Length * node.Shape.Length)),
        _ => member.Shape.Length * ProductsPerValue,
    });

    private const int ProductsPerValue = 4;

    /// <summary>How the kernels of a group can be shared.</summary>
    public static Sharing Of(KernelGroup group, ScheduleContext context)
    {
        if (context.Mode != ProgramMode.Training)
        {
            return Sharing.Whole;
        }

        Place[] stores = [.. group.Members.SelectMany(member => context.StoresOf(member)).Select(store => store.Place)];
        if (stores.Length == 0)
        {
            return Sharing.Whole;
        }

        if (group.BlockSums is not null || (IsBySample(group) && stores.All(store => store.SampleStride > 0)))
        {
            return Sharing.Samples;
        }

        bool isAddend = group.Members.Any(member => context.StoresOf(member).Any(store => store.IsAddend));
        return !isAddend && stores.All(store => store.Arena is Arena.Gradients or Arena.Losses)
            && group.Kind is GroupKind.WeightGradient or GroupKind.ConvolutionWeightGradient or GroupKind.RowSum or GroupKind.Nest or GroupKind.Plain
            ? Sharing.Gradients
            : Sharing.Whole;
    }
}
