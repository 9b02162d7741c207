using NetCompiler.Generators.Graph;
using NetCompiler.Generators.Schedule.Memory;

namespace NetCompiler.Generators.Schedule;

/// <summary>
/// A small gradient that is summed over many rows of every sample, as of a first convolution's window or of a bias under an image. Each thread sums those of its own
/// samples, which no other thread has touched; a block of samples has sums of its own, and these are added up in order, whoever made them.
/// </summary>
/// <param name="Length">The floats of the gradient in its packing.</param>
internal sealed record BlockSums(int Length)
{
    /// <summary>The samples of a block: threads share samples in multiples of it.</summary>
    public const int Samples = 16;

    /// <summary>The floats of a sample in the buffer of all blocks' sums.</summary>
    public int SampleStride => (Length + Samples - 1) / Samples;

    /// <summary>The sums of a group, or null where it makes something else, or too much.</summary>
    public static BlockSums? Find(KernelGroup group, NetworkGraph graph, StoragePlan storage, NodeFacts facts)
    {
        int rows = group.Kind switch
        {
            GroupKind.ConvolutionWeightGradient when ConvolutionForm.Match(group.Anchor) is { } form => form.Height.Out * form.Width.Out,
            GroupKind.RowSum when group.Anchor.Operands[0].IsBatched => Space.Of(group.Anchor.Operands[0]).Rows,
            _ => 0,
        };
        if (rows < TilingPolicy.LeastBlockSumRows || facts.IsRead(group.Anchor) || storage.ResultsOf(group.Anchor) is not { Count: 1 } results || results[0].Result is not { Role: ResultRole.ParameterGradient, Index: var weight }
            || graph.Results.Count(result => result.Role == ResultRole.ParameterGradient && result.Index == weight) > 1)
        {
            return null;
        }

        int length = storage.Weights[weight].PhysicalLength;
        return length <= TilingPolicy.MostBlockSums ? new BlockSums(length) : null;
    }

    /// <summary>The kernel that fills blocks in the place of the one that fills the gradient.</summary>
    /// <param name="calls">The calls of the group: a kernel, and what clears the gradient before it where it only adds.</param>
    /// <param name="blocks">The place of all blocks' sums.</param>
    public BlockSumsCall Replace(IReadOnlyList<ProgramCall> calls, Place blocks)
    {
        KernelCall kernel = calls.OfType<KernelCall>().Single();
        Place gradient = kernel.Arguments.OfType<PlaceArgument>().Select(argument => argument.Place).Single(place => place.Arena == Arena.Gradients);
        ProgramArgument[] arguments = [.. kernel.Arguments.Select(argument => argument switch
        {
            PlaceArgument { Place.Arena: Arena.Gradients } => new PlaceArgument(blocks),
            AccumulateArgument => new AccumulateArgument(false),
            ShareArgument share => new CountArgument(share.IsFirst ? 0 : share.Units * share.Size, PerSample: false),
            _ => argument,
        })];
        return new BlockSumsCall(kernel with { Arguments = arguments }, blocks, Length, gradient);
    }
}
