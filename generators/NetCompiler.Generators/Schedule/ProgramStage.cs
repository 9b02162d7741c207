using NetCompiler.Generators.Schedule.Memory;

namespace NetCompiler.Generators.Schedule;

/// <summary>Calls that threads share in one way, between two points at which they wait for one another.</summary>
/// <param name="Sharing">How.</param>
/// <param name="Calls">The calls, in order.</param>
/// <param name="Together">Where the stage and the next one are one loop over blocks of samples as long as a single thread makes them: that loop.</param>
/// <param name="IsSecondHalf">Whether a single thread leaves the stage out, since the loop of the one before made its calls.</param>
/// <param name="IsBySingles">Whether threads may share the samples one by one, rather than by <see cref="BlockSums.Samples"/>.</param>
internal sealed record ProgramStage(Sharing Sharing, IReadOnlyList<ProgramCall> Calls, BlocksCall? Together = null, bool IsSecondHalf = false, bool IsBySingles = false)
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
        var turned = new List<TransposeWeightsCall>();
        foreach (ProgramCall call in calls)
        {
            // It reads weights alone: who runs through the samples need not wait for it in their midst.
            if (call is TransposeWeightsCall transposed && open.Count > 0 && open[0].Sharing == Sharing.Samples && IsFree(transposed, turned, open))
            {
                turned.Add(transposed);
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
            Add(Sharing.Whole, [.. turned]);
            if (isAlone || open.Sum(call => call.Products) < TilingPolicy.LeastSharedProducts)
            {
                Add(Sharing.Whole, open);
            }
            else if (open[0].Sharing == Sharing.Samples)
            {
                AddSamples(open);
            }
            else
            {
                Add(open[0].Sharing, open);
            }

            turned.Clear();
            open.Clear();
        }

        // Much work for each sample is shared by single samples, in a stage of its own where its neighbours cannot be.
        void AddSamples(List<ProgramCall> added)
        {
            var others = new List<ProgramCall>();
            for (int first = 0; first < added.Count;)
            {
                ProgramCall[] singles = [.. added.Skip(first).TakeWhile(CanTakeSingles)];
                if (singles.Sum(call => call.Products) >= TilingPolicy.LeastProductsOfSingles)
                {
                    Add(Sharing.Samples, others);
                    others.Clear();
                    stages.Add(new ProgramStage(Sharing.Samples, singles, IsBySingles: true));
                }
                else
                {
                    others.AddRange(singles);
                }

                first += singles.Length;
                others.AddRange(added.Skip(first).Take(1));
                first++;
            }

            Add(Sharing.Samples, others);
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

    // Whether none of the calls before touches the memory that a call fills, whose lifetime begins with it.
    private static bool IsFree(TransposeWeightsCall call, IReadOnlyList<TransposeWeightsCall> turned, IReadOnlyList<ProgramCall> before) =>
        turned.All(other => End(other) <= call.Destination.Offset || End(call) <= other.Destination.Offset)
        && before.All(other => PlacesOf(other) is { } places && places.All(place => place.Arena != Arena.Fixed || turned.Any(filled => filled.Destination == place)));

    private static int End(TransposeWeightsCall call) => call.Destination.Offset + (call.Stride * TilingPolicy.Align(call.Columns));

    private static IEnumerable<Place>? PlacesOf(ProgramCall call) => call switch
    {
        KernelCall kernel => kernel.Arguments.OfType<PlaceArgument>().Select(argument => argument.Place),
        CopyCall copy => [copy.Source, copy.Destination],
        MaskCall mask => [mask.Destination],
        NoiseCall noise => [noise.Destination],
        ClearCall clear => [clear.Destination],
        _ => null,
    };

    // Whether threads may call it for single samples wherever their turns fall, which is about what a call writes; SharingRules.IsBySample is about what a group computes: nothing that needs several samples.
    // A kernel writes whole vectors, at most to the end of a sample's memory; where samples lie closer than that, to those of others, and rows brought into others by strips to rows behind the last.
    private static bool CanTakeSingles(ProgramCall call) => call is KernelCall { IsOfImages: true } kernel && !IsCut(call) && kernel.Arguments.OfType<PlaceArgument>().All(argument =>
        argument.Place is var place && place.Arena != Arena.Scratch
        && (place.SampleStride % TilingPolicy.RowAlignment == 0 || place.Arena is Arena.Feature or Arena.Target));

    private static BlocksCall Part(BlocksCall blocks, Sharing sharing) =>
        blocks with { Calls = [.. blocks.Calls.Where(call => call.Sharing == sharing)], Sharing = sharing };
}
