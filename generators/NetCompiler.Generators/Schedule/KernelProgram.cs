using NetCompiler.Generators.Graph;
using NetCompiler.Generators.Schedule.Memory;
using NetCompiler.Generators.Schedule.Nests;

namespace NetCompiler.Generators.Schedule;

/// <summary>What one generated entry point does: calls, in order.</summary>
/// <param name="Calls">The calls; in a program of two halves those of the first come first.</param>
/// <param name="BatchedFloats">The floats per sample of its buffers.</param>
/// <param name="FixedFloats">The floats of its buffers that do not depend on the batch.</param>
/// <param name="ScratchFloats">The floats that a thread has for itself.</param>
internal sealed record KernelProgram(IReadOnlyList<ProgramCall> Calls, int BatchedFloats, int FixedFloats, int ScratchFloats)
{
    /// <summary>All calls of kernels, those inside of loops too.</summary>
    public IEnumerable<KernelCall> Kernels => KernelsOf(Calls);

    private static IEnumerable<KernelCall> KernelsOf(IEnumerable<ProgramCall> calls) =>
        calls.SelectMany(call => call switch
        {
            LoopCall loop => KernelsOf(loop.Calls),
            BlocksCall blocks => blocks.Calls,
            BlockSumsCall sums => [sums.Kernel],
            KernelCall kernel => [kernel],
            _ => (IEnumerable<KernelCall>)[],
        });

    /// <summary>The weights whose rows threads share, rather than one after another their values as they lie.</summary>
    public IReadOnlyList<int> SplitWeights { get; init; } = [];

    /// <summary>Whether the caller says in which direction to go through the weights.</summary>
    public bool IsTurned => Kernels.Any(call => call.Arguments.Any(argument => argument is TurnedArgument));

    /// <summary>A line per buffer: its place, size and value, for the header of the generated file.</summary>
    public IReadOnlyList<string> BufferMap { get; init; } = [];
}

/// <summary>A call of a program, made when something asks for its results.</summary>
internal abstract record ProgramCall(Demand Demand, bool IsBackward)
{
    /// <summary>How threads share it.</summary>
    public Sharing Sharing { get; init; }

    /// <summary>About how many products it takes for one sample.</summary>
    public long Products { get; init; }
}

/// <summary>A call of a generated kernel.</summary>
internal sealed record KernelCall(Kernel Kernel, IReadOnlyList<ProgramArgument> Arguments, Demand Demand, bool IsBackward) : ProgramCall(Demand, IsBackward)
{
    /// <summary>Whether the kernel's body stands in the place of the call.</summary>
    public bool IsInlined { get; init; }

    /// <summary>Whether it is a convolution of images, or the gradient of such: much work for each sample.</summary>
    public bool IsOfImages { get; init; }
}

/// <summary>A call of the runtime's random masks.</summary>
internal sealed record MaskCall(Place Destination, int Rows, int Columns, int Stride, double Rate, int Layer, int Ordinal, Demand Demand, bool IsBackward)
    : ProgramCall(Demand, IsBackward);

/// <summary>A call of the runtime's normal random numbers; outside training it writes zeros.</summary>
internal sealed record NoiseCall(Place Destination, int Rows, int Columns, int Stride, int Layer, Demand Demand, bool IsBackward) : ProgramCall(Demand, IsBackward);

/// <summary>A call of the runtime's transposition of packed weights into rows.</summary>
internal sealed record TransposeWeightsCall(Place Source, int Rows, int Columns, Place Destination, int Stride, Demand Demand, bool IsBackward)
    : ProgramCall(Demand, IsBackward);

/// <summary>A call of the runtime's transposition of a convolution's packed weights into panels of channels.</summary>
internal sealed record TransposeWindowsCall(Place Source, int Height, int Width, int Channels, int Filters, Place Destination, Demand Demand, bool IsBackward)
    : ProgramCall(Demand, IsBackward);

/// <summary>A call of the runtime's copy of packed weights into rows.</summary>
internal sealed record UnpackWeightsCall(Place Source, int Rows, int Columns, Place Destination, int Stride, Demand Demand, bool IsBackward) : ProgramCall(Demand, IsBackward);

/// <summary>A call of the runtime's copy of a gradient in rows into the packing of its weight.</summary>
/// <param name="IsAddend">Whether it is added to what another call wrote; otherwise as the caller says.</param>
internal sealed record PackWeightsCall(Place Source, int Stride, int Rows, int Columns, Place Destination, bool IsAddend, Demand Demand, bool IsBackward) : ProgramCall(Demand, IsBackward);

/// <summary>A call of the runtime's rounding of a matrix to a narrow format, into its panels.</summary>
/// <param name="Format">The format.</param>
/// <param name="IsInPanels">Whether the matrix lies in panels; otherwise in rows, which are the stride apart.</param>
internal sealed record NarrowWeightsCall(NarrowFormat Format, Place Source, bool IsInPanels, int Stride, int Rows, int Columns, Place Destination, Demand Demand, bool IsBackward) : ProgramCall(Demand, IsBackward);

/// <summary>A call of the runtime's rounding of rows to 8 bits.</summary>
/// <param name="Rows">The rows per sample, which lie the strides apart.</param>
/// <param name="Range">The range that they are rounded by.</param>
internal sealed record RoundRowsCall(Place Source, int SourceStride, int Rows, int Columns, Place Destination, int DestinationStride, Place Range, Demand Demand, bool IsBackward) : ProgramCall(Demand, IsBackward);

/// <summary>A call of the runtime's product of rows and a matrix that are rounded to 8 bits.</summary>
/// <param name="Rows">The rows per sample, which lie the strides apart.</param>
/// <param name="Depth">The values of a row.</param>
/// <param name="Width">The results of a row, and as much padding as may be written.</param>
internal sealed record Int8ProductCall(Place Left, int LeftStride, int Rows, int Depth, Place Right, Place Result, int ResultStride, int Width, Demand Demand, bool IsBackward) : ProgramCall(Demand, IsBackward);

/// <summary>Zeroes a gradient that nothing contributes to, unless gradients are added to what is there.</summary>
internal sealed record ClearCall(Place Destination, int Length, bool IsBatched, Demand Demand, bool IsBackward) : ProgramCall(Demand, IsBackward)
{
    /// <summary>The equal parts that threads share, as they share what follows.</summary>
    public int Units { get; init; } = 1;
}

/// <summary>A call of the runtime's copy between layouts of the same values.</summary>
internal sealed record CopyCall(Place Source, int SourceColumns, Place Destination, int DestinationColumns, int Length, bool IsBatched, Demand Demand, bool IsBackward)
    : ProgramCall(Demand, IsBackward);

/// <summary>The steps of a scan: the same calls for every step, the places of the sequences moving on.</summary>
internal sealed record LoopCall(int Count, bool IsReversed, IReadOnlyList<ProgramCall> Calls, Demand Demand, bool IsBackward) : ProgramCall(Demand, IsBackward);

/// <summary>The same calls for a few samples at a time; what is summed over samples goes on from the second block on.</summary>
internal sealed record BlocksCall(int Samples, IReadOnlyList<KernelCall> Calls, bool IsBackward) : ProgramCall(Demand.Always, IsBackward);

/// <summary>A kernel that sums over samples, once for every block of <see cref="BlockSums.Samples"/> samples, each into sums of its own.</summary>
/// <param name="Kernel">The kernel.</param>
/// <param name="Blocks">The sums of all blocks.</param>
/// <param name="Length">The floats of a block's sums, padding included, which are zeroed before.</param>
/// <param name="Gradient">Where the sum of all blocks goes.</param>
internal sealed record BlockSumsCall(KernelCall Kernel, Place Blocks, int Length, Place Gradient) : ProgramCall(Kernel.Demand, Kernel.IsBackward)
{
    /// <summary>The call that adds the blocks up.</summary>
    public AddBlocksCall Total => new(Blocks, Length, Gradient, Demand, IsBackward);
}

/// <summary>A call of the runtime's addition of the sums of all blocks, in their order, to a gradient or in its place.</summary>
internal sealed record AddBlocksCall(Place Blocks, int Length, Place Destination, Demand Demand, bool IsBackward) : ProgramCall(Demand, IsBackward);

/// <summary>Who needs a call's results.</summary>
internal enum Demand
{
    /// <summary>More than one kind of results: always made.</summary>
    Always,

    /// <summary>The gradients of the weights alone.</summary>
    Parameters,

    /// <summary>The gradients of the inputs alone.</summary>
    Inputs,

    /// <summary>The new values of statistics alone, which only a step of training keeps.</summary>
    Training,
}

/// <summary>An argument of a program's call.</summary>
internal abstract record ProgramArgument;

/// <summary>A reference to a place, plus floats.</summary>
internal sealed record PlaceArgument(Place Place) : ProgramArgument;

/// <summary>The number of samples times rows per sample, or a constant where the samples do not count.</summary>
internal sealed record CountArgument(int Rows, bool PerSample) : ProgramArgument;

/// <summary>A run-time setting of a loss, or the number of samples.</summary>
internal sealed record NumberArgument(int Setting, bool IsBatchCount) : ProgramArgument;

/// <summary>Whether gradients are added to what is there: always, never, or as the caller says.</summary>
internal sealed record AccumulateArgument(bool? Value) : ProgramArgument;

/// <summary>The first of the units of a gradient that a thread computes, or how many they are, times their size; one thread alone computes all of them.</summary>
internal sealed record ShareArgument(int Units, int Size, bool IsFirst) : ProgramArgument
{
    /// <summary>The first of the units that are asked about.</summary>
    public int From { get; init; }

    /// <summary>How many of them are: only the thread's units among these count, from the first of these on.</summary>
    public int Length { get; init; } = Units;
}

/// <summary>Whether this call of a program goes through its weights from the last to the first, as every other one does.</summary>
internal sealed record TurnedArgument : ProgramArgument;

/// <summary>Whether the number of the scan's step is odd.</summary>
internal sealed record OddStepArgument : ProgramArgument;
