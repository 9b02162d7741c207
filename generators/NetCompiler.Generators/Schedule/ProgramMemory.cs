using NetCompiler.Generators.Schedule.Memory;

namespace NetCompiler.Generators.Schedule;

/// <summary>What the members of a network must know of one machine's programs: the floats that they need, and what they do to memory of others. The programs themselves are far larger.</summary>
internal sealed record ProgramMemory
{
    /// <summary>Adds up what a machine's programs need.</summary>
    /// <param name="programs">The programs.</param>
    /// <param name="manyRows">The rows that one call of PredictMany takes at most.</param>
    public ProgramMemory(NetworkPrograms programs, int manyRows)
    {
        KernelProgram[] training = [.. new[] { programs.Gradients, programs.Loss, programs.ForwardBackward, programs.InferenceForwardBackward }.OfType<KernelProgram>()];
        PredictOne = Both(programs.PredictOne);
        PredictMany = Both(programs.PredictMany, manyRows);
        PredictNext = Both(programs.PredictNext);
        IsOneShared = ProgramStage.Of(programs.PredictOne.Calls).Any(stage => stage.IsShared);
        IsNextTurned = programs.PredictNext is { IsTurned: true };
        Prepare = programs.PrepareRow.Append(programs.Prepare).Max(program => Both(program));
        Batched = training.Max(program => program.BatchedFloats);
        Fixed = training.Max(program => program.FixedFloats);
        Scratch = training.Max(program => program.ScratchFloats);
        SamplesPerPart = training.Any(program => ProgramStage.Of(program.Calls).Any(stage => stage.IsBySingles)) ? 1 : BlockSums.Samples;
        SplitWeights = [.. training.SelectMany(program => program.SplitWeights).Distinct()];
        AlwaysWrittenInputGradients = [.. training.SelectMany(program => program.Kernels).Where(call => call.Demand != Demand.Inputs)
            .SelectMany(call => call.Arguments.OfType<PlaceArgument>()).Where(argument => argument.Place.Arena == Arena.InputGradient).Select(argument => argument.Place.Index).Distinct()];
    }

    /// <summary>The floats of scratch of one call of PredictOne, PredictMany and PredictNext, and of what prepares them.</summary>
    public int PredictOne { get; }

    public int PredictMany { get; }

    public int PredictNext { get; }

    public int Prepare { get; }

    /// <summary>Whether threads may share the prediction of one sample.</summary>
    public bool IsOneShared { get; }

    /// <summary>Whether PredictNext is told in which direction to go through the weights.</summary>
    public bool IsNextTurned { get; }

    /// <summary>The floats of a training's buffers: per sample, once, and for each thread.</summary>
    public int Batched { get; }

    public int Fixed { get; }

    public int Scratch { get; }

    /// <summary>The samples from which another thread is worth waking.</summary>
    public int SamplesPerPart { get; }

    /// <summary>The weights whose rows threads share.</summary>
    public IReadOnlyList<int> SplitWeights { get; }

    /// <summary>The inputs whose gradients a kernel writes that runs whether or not they are wanted.</summary>
    public IReadOnlyList<int> AlwaysWrittenInputGradients { get; }

    private static int Both(KernelProgram? program, int rows = 1) => program is null ? 0 : BufferPlan.Checked(((long)program.BatchedFloats * rows) + program.FixedFloats);
}
