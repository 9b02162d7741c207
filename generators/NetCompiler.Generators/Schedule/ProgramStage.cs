namespace NetCompiler.Generators.Schedule;

/// <summary>Calls that threads share in one way, between two points at which they wait for one another.</summary>
/// <param name="Sharing">How.</param>
/// <param name="Calls">The calls, in order.</param>
/// <param name="Together">Where the stage and the next one are one loop over blocks of samples as long as a single thread makes them: that loop.</param>
/// <param name="IsSecondHalf">Whether a single thread leaves the stage out, since the loop of the one before made its calls.</param>
internal sealed record ProgramStage(Sharing Sharing, IReadOnlyList<ProgramCall> Calls, BlocksCall? Together = null, bool IsSecondHalf = false)
{
    /// <summary>The stages of a program's calls.</summary>
    public static IReadOnlyList<ProgramStage> Of(IEnumerable<ProgramCall> calls)
    {
        var stages = new List<ProgramStage>();
        var open = new List<ProgramCall>();
        foreach (ProgramCall call in calls)
        {
            if (open.Count > 0 && open[0].Sharing != call.Sharing)
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
            if (open.Count > 0)
            {
                stages.Add(new ProgramStage(open[0].Sharing, [.. open]));
                open.Clear();
            }
        }
    }

    private static BlocksCall Part(BlocksCall blocks, Sharing sharing) =>
        blocks with { Calls = [.. blocks.Calls.Where(call => call.Sharing == sharing)], Sharing = sharing };
}
