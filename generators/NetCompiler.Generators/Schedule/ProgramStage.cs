namespace NetCompiler.Generators.Schedule;

/// <summary>Calls that threads share in one way, between two points at which they wait for one another.</summary>
/// <param name="Sharing">How.</param>
/// <param name="Calls">The calls, in order.</param>
/// <param name="Together">Where the stage and the next one are one loop over blocks of samples as long as a single thread makes them: that loop.</param>
/// <param name="IsSecondHalf">Whether a single thread leaves the stage out, since the loop of the one before made its calls.</param>
internal sealed record ProgramStage(Sharing Sharing, IReadOnlyList<ProgramCall> Calls, BlocksCall? Together = null, bool IsSecondHalf = false)
{
    /// <summary>Whether threads share it.</summary>
    public bool IsShared => Sharing != Sharing.Whole;

    /// <summary>Who needs its results; a stage that nobody needs is left out.</summary>
    public Demand Demand => Calls.All(call => call.Demand == Calls[0].Demand) ? Calls[0].Demand : Demand.Always;

    /// <summary>The stages of a program's calls.</summary>
    public static IReadOnlyList<ProgramStage> Of(IEnumerable<ProgramCall> calls)
    {
        var stages = new List<ProgramStage>();
        var open = new List<ProgramCall>();
        var turned = new List<ProgramCall>();
        foreach (ProgramCall call in calls)
        {
            // It reads weights alone: who runs through the samples need not wait for it in their midst.
            if (call is TransposeWeightsCall && open.Count > 0 && open[0].Sharing == Sharing.Samples)
            {
                turned.Add(call);
                continue;
            }

            if (open.Count > 0 && (open[0].Sharing != call.Sharing || call.Sharing == Sharing.Columns))
            {
                Close();
            }

            if (call is BlocksCall { Sharing: Sharing.Whole } blocks && blocks.Calls.All(inner => inner.Sharing is Sharing.Samples or Sharing.Gradients))
            {
                Close();
                stages.Add(new ProgramStage(Sharing.Samples, [Part(blocks, Sharing.Samples)], blocks));
                stages.Add(new ProgramStage(Sharing.Gradients, [Part(blocks, Sharing.Gradients)], IsSecondHalf: true));
                continue;
            }

            open.Add(call);
        }

        Close();
        return stages;

        void Close()
        {
            if (open.Count == 0)
            {
                return;
            }

            // What is one thread's work alone is not worth waking another.
            bool isAlone = open[0].Sharing == Sharing.Gradients && !open.Any(IsCut) && open.Count(call => call is not ClearCall) <= 1;
            Add(Sharing.Whole, turned);
            Add(isAlone || open.Sum(call => call.Products) < TilingPolicy.LeastSharedProducts ? Sharing.Whole : open[0].Sharing, open);
            turned.Clear();
            open.Clear();
        }

        void Add(Sharing sharing, List<ProgramCall> added)
        {
            if (sharing == Sharing.Whole && stages.Count > 0 && stages[stages.Count - 1] is { Sharing: Sharing.Whole } last)
            {
                stages[stages.Count - 1] = last with { Calls = [.. last.Calls, .. added] };
            }
            else if (added.Count > 0)
            {
                stages.Add(new ProgramStage(sharing, [.. added]));
            }
        }
    }

    /// <summary>Whether threads share a call itself, and not only the calls among them.</summary>
    public static bool IsCut(ProgramCall call) => call switch
    {
        ClearCall clear => clear.Units > 1,
        KernelCall kernel => kernel.Arguments.Any(argument => argument is ShareArgument),
        BlocksCall => true,
        _ => false,
    };

    private static BlocksCall Part(BlocksCall blocks, Sharing sharing) =>
        blocks with { Calls = [.. blocks.Calls.Where(call => call.Sharing == sharing)], Sharing = sharing };
}
