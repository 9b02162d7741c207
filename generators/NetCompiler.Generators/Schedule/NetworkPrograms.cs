namespace NetCompiler.Generators.Schedule;

/// <summary>The programs of one network for one machine. A network without losses has no program for them.</summary>
internal sealed record NetworkPrograms(KernelProgram PredictOne, KernelProgram PredictMany, KernelProgram? Gradients, KernelProgram? Loss, KernelProgram ForwardBackward)
{
    /// <summary>One step of a network that is causal in time, with states that the caller owns; null for others.</summary>
    public KernelProgram? PredictNext { get; init; }

    /// <summary>Derives what inference reads besides the weights, or null.</summary>
    public KernelProgram? Prepare { get; init; }

    /// <summary>Derives one row of a table, for each that is derived row by row.</summary>
    public IReadOnlyList<KernelProgram> PrepareRow { get; init; } = [];

    /// <summary>Forward and Backward as inference computes, with moving statistics; null where a flag that switches dropout and noise off is enough.</summary>
    public KernelProgram? InferenceForwardBackward { get; init; }
}
