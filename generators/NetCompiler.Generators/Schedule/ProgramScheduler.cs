using NetCompiler.Generators.Declaration;
using NetCompiler.Generators.Graph;
using NetCompiler.Generators.Schedule.Memory;
using NetCompiler.Generators.Schedule.Nests;
using NetCompiler.Generators.Schedule.Templates;

namespace NetCompiler.Generators.Schedule;

/// <summary>
/// From a graph to a program: groups, places, kernels, in this order. A plain program multiplies in the plain loop nest of every contraction,
/// which the templates are tested against.
/// </summary>
internal static class ProgramScheduler
{
    public static KernelProgram Run(
        NetworkGraph graph, IReadOnlyList<PlannedWeight> weights, IReadOnlyList<TargetSpec> targets, Machine machine, ProgramMode mode, bool isPlain = false,
        IReadOnlyList<PlannedDerived>? derived = null) =>
        Run(SettledGraph.Of(graph, weights, derived ?? [], isPlain), weights, targets, derived ?? [], machine, mode, new KnownKernels());

    /// <summary>The program of a graph.</summary>
    /// <param name="settled">The graph.</param>
    /// <param name="weights">The weights of the network.</param>
    /// <param name="targets">The targets of the network.</param>
    /// <param name="derived">What inference derives from the weights.</param>
    /// <param name="machine">The machine.</param>
    /// <param name="mode">One sample, a block of samples, or training.</param>
    /// <param name="known">The kernels that other programs of the machine have built.</param>
    public static KernelProgram Run(
        SettledGraph settled, IReadOnlyList<PlannedWeight> weights, IReadOnlyList<TargetSpec> targets, IReadOnlyList<PlannedDerived> derived, Machine machine, ProgramMode mode,
        KnownKernels known)
    {
        NetworkGraph graph = settled.Graph;
        var schedule = new GraphSchedule(graph, settled.Facts, new StoragePlan(graph, weights, targets, derived), machine, mode, settled.IsPlain, known);
        schedule.Plan();
        var calls = new List<ProgramCall>(schedule.Calls());
        if (mode == ProgramMode.PredictOne)
        {
            InlineShortKernels(calls);
        }

        calls.AddRange(Unreached(graph, weights));

        ProgramCall[] ordered = [.. calls.Where(call => !call.IsBackward), .. calls.Where(call => call.IsBackward)];
        return new KernelProgram(ordered, schedule.Buffers.BatchedFloats, schedule.Buffers.FixedFloats, schedule.Buffers.ScratchFloats) { SplitWeights = schedule.SplitWeights, BufferMap = [.. schedule.Buffers.Map.Select(buffer => buffer.ToString())] };
    }

    // What a flat function such as a step cuts off from the loss has a gradient too: zero.
    private static IEnumerable<ClearCall> Unreached(NetworkGraph graph, IReadOnlyList<PlannedWeight> weights)
    {
        if (graph.Gradients is not { } inputs)
        {
            yield break;
        }

        bool isBackward = graph.Results.All(result => result.Role != ResultRole.LossPart);
        bool Has(ResultRole role, int index) => graph.Results.Any(result => result.Role == role && result.Index == index);
        for (int i = 0; i < weights.Count; i++)
        {
            if (weights[i].Spec.IsTrainable && !Has(ResultRole.ParameterGradient, i))
            {
                yield return new ClearCall(new Place(Arena.Gradients, 0, weights[i].Offset, 0, 0), weights[i].PhysicalLength, IsBatched: false, Demand.Parameters, isBackward) { Sharing = Sharing.Gradients };
            }
        }

        foreach ((int input, Shape shape) in inputs)
        {
            if (!Has(ResultRole.InputGradient, input))
            {
                yield return new ClearCall(new Place(Arena.InputGradient, input, 0, 0, (int)shape.Length), (int)shape.Length, IsBatched: true, Demand.Inputs, isBackward) { Sharing = Sharing.Samples };
            }
        }
    }

    // From the first kernel on, while they are short.
    private static void InlineShortKernels(List<ProgramCall> calls)
    {
        int left = TilingPolicy.MostInlinedStatements;
        for (int i = 0; i < calls.Count; i++)
        {
            if (calls[i] is KernelCall call && Count(call.Kernel.Body) is var count && count <= left)
            {
                left -= count;
                calls[i] = call with { IsInlined = true };
            }
        }
    }

    private static int Count(IReadOnlyList<Statement> statements) => statements.Sum(statement => 1 + statement switch
    {
        Loop loop => Count(loop.Body),
        When branch => Count(branch.Body),
        WhenCount branch => Count(branch.Body),
        _ => 0,
    });

    /// <summary>Adds the calls that compute a group: of the runtime, or weights in the layout that the kernels read and then these.</summary>
    public static void AddCalls(List<ProgramCall> calls, ScheduleContext context, KernelGroup group, Place? transposed)
    {
        switch (group.Kind)
        {
            case GroupKind.Copy:
                calls.AddRange(Copies(context, group));
                return;
            case GroupKind.Noise:
                Place noise = context.Storage.PlaceOf(group.Anchor);
                calls.Add(new NoiseCall(noise, group.Space.Rows, group.Space.Columns, noise.RowStride, ((NoiseOperation)group.Anchor.Operation).Layer, group.Demand, group.IsBackward));
                return;
            case GroupKind.Unpack:
                calls.Add(Unpack(context, group));
                return;
            case GroupKind.Pack:
                calls.Add(Pack(context, group));
                return;
            case GroupKind.Narrow:
                calls.AddRange(Narrow(context, group));
                return;
            case GroupKind.Mask:
                calls.Add(Mask(context, group));
                return;
            case GroupKind.RoundRows:
                calls.AddRange(Int8Calls.RoundRows(context, group));
                return;
            case GroupKind.Int8Product:
                calls.AddRange(Int8Calls.Multiply(context, group));
                return;
        }

        if (transposed is not null && Transpose(context, group, transposed) is { } transpose)
        {
            calls.Add(transpose);
        }

        calls.AddRange(context.Known.Of(context, group, transposed, () => Kernels(context, group, transposed)));
    }

    private static IEnumerable<ProgramCall> Kernels(ScheduleContext context, KernelGroup group, Place? transposed) => group.Kind switch
    {
        GroupKind.ConvolutionInputGradient => ConvolutionInputGradientTemplate.Build(context, group, transposed!),
        GroupKind.ConvolutionWeightGradient => ConvolutionWeightGradientTemplate.Build(context, group),
        GroupKind.Product when group.Parts > 0 && ContractionForms.Match(group.Anchor) == ContractionForm.Forward => TileTemplate.BuildParts(context, group, transposed!),
        _ => [Kernel(context, group, transposed)],
    };

    private static KernelCall Kernel(ScheduleContext context, KernelGroup group, Place? transposed) => group.Kind switch
    {
        GroupKind.Winograd => WinogradTemplate.Build(context, group, transposed!),
        _ when transposed is not null && TransposedProductTemplate.Takes(group, context.Storage) => TransposedProductTemplate.Build(context, group, transposed),
        GroupKind.Nest => NestTemplate.Build(context, group),
        GroupKind.Plain => PlainContractionTemplate.Build(context, group),
        GroupKind.Rows => RowTemplate.Build(context, group),
        GroupKind.Singles => SinglesTemplate.Build(context, group),
        GroupKind.Gates => GateTemplate.Build(context, group),
        GroupKind.Product when context.IsSingleSample && transposed is null && Space.Of(group.Anchor).Rows == 1 => VectorProductTemplate.Build(context, group),
        GroupKind.Product => TileTemplate.BuildProduct(context, group, transposed),
        GroupKind.Convolution => ConvolutionTemplate.Build(context, group),
        GroupKind.Dot => DotTemplate.Build(context, group),
        GroupKind.WeightGradient => TileTemplate.BuildWeightGradient(context, group),
        GroupKind.RowSum => RowSumTemplate.Build(context, group),
        GroupKind.Flat => FlatTemplate.Build(context, group),
        _ => throw new InvalidOperationException($"No template builds {group.Kind}."),
    };

    // The weights of a product in rows, those of a convolution in panels of channels; other templates fill the place themselves.
    private static ProgramCall? Transpose(ScheduleContext context, KernelGroup group, Place transposed)
    {
        if (group.Kind == GroupKind.ConvolutionInputGradient)
        {
            ConvolutionForm form = ConvolutionForm.Match(group.Anchor)!;
            return new TransposeWindowsCall(context.Storage.PlaceOf(form.Weight), form.Height.Taps, form.Width.Taps, form.Channels, form.Filters, transposed, group.Demand, group.IsBackward);
        }

        if (group.Kind == GroupKind.Winograd || group.Parts > 0 || TransposedProductTemplate.Takes(group, context.Storage))
        {
            return null;
        }

        PlannedWeight weight = context.Storage.WeightOf(group.Anchor.Operands[1]);
        return new TransposeWeightsCall(context.Storage.PlaceOf(group.Anchor.Operands[1]), weight.Spec.Shape[0], weight.Spec.Shape[1],
            transposed, transposed.RowStride, group.Demand, group.IsBackward);
    }

    private static ProgramCall Unpack(ScheduleContext context, KernelGroup group)
    {
        Node packed = group.Anchor.Operands[0];
        Place rows = context.Storage.PlaceOf(group.Anchor);
        if (packed.Shape[-1] == 1)
        {
            // A panel of one column: every sixteenth value.
            int values = (int)packed.Shape.Length;
            return new CopyCall(context.Storage.PlaceOf(packed) with { RowStride = TilingPolicy.RowAlignment }, 1, rows, values, values, IsBatched: false, group.Demand, group.IsBackward);
        }

        return new UnpackWeightsCall(context.Storage.PlaceOf(packed), (int)packed.Shape.Length / packed.Shape[-1], packed.Shape[-1], rows, rows.RowStride, group.Demand, group.IsBackward);
    }

    private static PackWeightsCall Pack(ScheduleContext context, KernelGroup group)
    {
        Node gradient = group.Anchor.Operands[0];
        StoredResult result = context.Storage.ResultsOf(group.Anchor).Single();
        Place source = context.Storage.PlaceOf(gradient);
        return new PackWeightsCall(source, gradient.Shape[-1] == 1 ? 1 : source.RowStride, (int)gradient.Shape.Length / gradient.Shape[-1], gradient.Shape[-1], result.Place, result.IsAddend, group.Demand, group.IsBackward);
    }

    // A weight lies in panels already, what was made of weights lies in rows.
    private static IEnumerable<NarrowWeightsCall> Narrow(ScheduleContext context, KernelGroup group)
    {
        Node matrix = group.Anchor.Operands[0];
        Place source = context.Storage.PlaceOf(matrix);
        bool isInPanels = context.Storage.PackingOf(matrix) == WeightPacking.Panels;
        NarrowFormat format = ((NarrowOperation)group.Anchor.Operation).Format;
        return context.StoresOf(group.Anchor).Select(store => new NarrowWeightsCall(format, source, isInPanels, source.RowStride, matrix.Shape[0], matrix.Shape[1], store.Place, group.Demand, group.IsBackward));
    }

    private static MaskCall Mask(ScheduleContext context, KernelGroup group)
    {
        var mask = (DropoutMaskOperation)group.Anchor.Operation;
        Place place = context.Storage.PlaceOf(group.Anchor);
        return new MaskCall(place, group.Space.Rows, group.Space.Columns, place.RowStride, mask.Rate, mask.Layer, mask.Ordinal, group.Demand, group.IsBackward);
    }

    // One for the buffer that other kernels read, one for each result that the values are.
    private static IEnumerable<CopyCall> Copies(ScheduleContext context, KernelGroup group)
    {
        if (group.Anchor.Operation is ConcatOperation)
        {
            return Parts(context, group);
        }

        Node source = group.Anchor.Operands[0];
        return context.StoresOf(group.Anchor).Select(store => new CopyCall(context.Storage.PlaceOf(source), Space.Of(source).Columns, store.Place, group.Space.Columns,
            (int)source.Shape.Length, source.IsBatched, group.Demand, group.IsBackward));
    }

    // The parts of a row in order, since each clears the rest of the row behind it.
    private static IEnumerable<CopyCall> Parts(ScheduleContext context, KernelGroup group)
    {
        foreach ((Place place, _, _) in context.StoresOf(group.Anchor))
        {
            int column = 0;
            foreach (Node part in group.Anchor.Operands)
            {
                yield return new CopyCall(context.Storage.PlaceOf(part), Space.Of(part).Columns, place with { Shift = place.Shift + column, RowStride = place.RowStride - column },
                    Space.Of(part).Columns, (int)part.Shape.Length, part.IsBatched, group.Demand, group.IsBackward);
                column += part.Shape[0];
            }
        }
    }
}
