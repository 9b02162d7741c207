namespace NetCompiler.Generators.Schedule.Memory;

/// <summary>Where a value lies: a block of memory, a first element, and the strides of its samples and rows.</summary>
/// <param name="Arena">The block.</param>
/// <param name="Index">Which one, for blocks of which there are several.</param>
/// <param name="Offset">The first float; in Batched memory floats per sample, to be multiplied by the capacity.</param>
/// <param name="RowStride">The floats between rows.</param>
/// <param name="SampleStride">The floats between samples, 0 for a value that all samples share.</param>
internal sealed record Place(Arena Arena, int Index, int Offset, int RowStride, int SampleStride)
{
    /// <summary>The floats that a step of the scan around it moves the value by: a row of a sequence per step.</summary>
    public int StepStride { get; init; }

    /// <summary>Added to the offset in odd steps: a state is read from one of two buffers and written to the other, by turns.</summary>
    public int Alternate { get; init; }

    /// <summary>The floats behind the start of the row where a part of it begins; other values may follow the part.</summary>
    public int Shift { get; init; }

    /// <summary>Whether the row goes on behind the value, so that nothing may be taken for padding.</summary>
    public bool IsPart { get; init; }
}

/// <summary>The blocks of memory of a call.</summary>
internal enum Arena
{
    /// <summary>An input, without padding.</summary>
    Feature,

    /// <summary>A target, without padding.</summary>
    Target,

    /// <summary>A state that the caller owns, before the step and without padding.</summary>
    State,

    /// <summary>A state after the step, without padding.</summary>
    NextState,

    /// <summary>The trained weights.</summary>
    Parameters,

    /// <summary>The weights that are not trained.</summary>
    Statistics,

    /// <summary>What inference derives from the weights.</summary>
    Derived,

    /// <summary>The gradients, in the layout of the trained weights.</summary>
    Gradients,

    /// <summary>One number per sample: its weight over the number of samples.</summary>
    SampleScale,

    /// <summary>Buffers with a row per sample.</summary>
    Batched,

    /// <summary>Buffers that do not depend on the batch.</summary>
    Fixed,

    /// <summary>Memory of the kernels of one thread.</summary>
    Scratch,

    /// <summary>An output, without padding.</summary>
    Output,

    /// <summary>The gradient of an output, given by the caller, without padding.</summary>
    OutputGradient,

    /// <summary>The gradient of an input, without padding.</summary>
    InputGradient,

    /// <summary>The parts of the loss.</summary>
    Losses,
}
