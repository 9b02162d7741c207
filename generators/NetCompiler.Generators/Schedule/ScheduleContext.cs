using NetCompiler.Generators.Graph;
using NetCompiler.Generators.Schedule.Memory;

namespace NetCompiler.Generators.Schedule;

/// <summary>What the templates share while one program is scheduled.</summary>
/// <param name="machine">The machine.</param>
/// <param name="mode">One sample, a block of samples, or training.</param>
/// <param name="facts">Facts about the nodes.</param>
/// <param name="storage">The places of the values.</param>
/// <param name="known">The kernels that were built for the machine.</param>
internal sealed class ScheduleContext(Machine machine, ProgramMode mode, NodeFacts facts, StoragePlan storage, KnownKernels known)
{
    public Machine Machine { get; } = machine;

    public ProgramMode Mode { get; } = mode;

    public NodeFacts Facts { get; } = facts;

    public StoragePlan Storage { get; } = storage;

    public KnownKernels Known { get; } = known;

    /// <summary>Whether there is exactly one sample, known to the generator.</summary>
    public bool IsSingleSample => Mode is ProgramMode.PredictOne or ProgramMode.Prepare;

    /// <summary>Whether threads may share the kernels: those of a training, but for the steps of a scan.</summary>
    public bool IsShared => Mode == ProgramMode.Training && !Storage.IsBody;

    /// <summary>Whether threads may share the kernels of one sample.</summary>
    public bool IsOneShared => SharingRules.SharesOneSample(Mode, Storage);

    /// <summary>Every place a node is written to: its own buffer, then the results it is.</summary>
    public IEnumerable<(Place Place, bool IsGradient, bool IsAddend)> StoresOf(Node node)
    {
        if (Storage.HasBuffer(node))
        {
            yield return (Storage.PlaceOf(node), false, false);
        }

        foreach (StoredResult result in Storage.ResultsOf(node))
        {
            yield return (result.Place, result.Result.Role == ResultRole.ParameterGradient, result.IsAddend);
        }
    }
}

/// <summary>The programs of a network.</summary>
internal enum ProgramMode
{
    PredictOne,
    PredictMany,
    Training,

    /// <summary>No samples at all: values derived from the weights.</summary>
    Prepare,
}
