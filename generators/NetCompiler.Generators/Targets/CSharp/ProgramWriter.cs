using NetCompiler.Generators.Schedule;
using NetCompiler.Generators.Schedule.Memory;

namespace NetCompiler.Generators.Targets.CSharp;

/// <summary>Programs as methods: the calls of kernels, with the places of their arguments.</summary>
internal sealed class ProgramWriter(KernelWriter kernels, ProgramMode mode)
{
    /// <summary>The purpose of dropout's random numbers: two purposes share none.</summary>
    private const string DropoutPurpose = "0x64726F70u";

    /// <summary>The variable that counts the steps of a scan.</summary>
    private const string Step = "step";

    /// <summary>The parameter of a program that says whether it goes through its weights from the last to the first.</summary>
    public const string Turned = "comesBack";

    /// <summary>The purpose of the numbers of noise layers.</summary>
    private const string NoisePurpose = "0x6E6F6973u";

    /// <summary>The variables of blocks of samples: the first sample, and how many there are.</summary>
    private const string FirstSample = "first", BlockRows = "block";

    private bool _isInBlocks;
    private Sharing _sharing;

    /// <summary>Writes the calls in stages between which threads wait for one another; one thread alone makes all of them.</summary>
    public void Write(SourceWriter source, IReadOnlyList<ProgramStage> stages)
    {
        for (int index = 0; index < stages.Count; index++)
        {
            ProgramStage stage = stages[index];
            string number = NumberText.Integer(index);
            if (stage.Together is { } together)
            {
                _sharing = Sharing.Samples;
                using (source.WriteBlock("if (call.Stage < 0)"))
                {
                    WriteBlocks(source, together);
                }
            }

            _sharing = stage.Sharing;
            using (source.WriteBlock(stage.Together is not null || stage.IsSecondHalf ? $"if (call.Stage == {number})" : $"if (call.IsIn({number}))"))
            {
                if (stage.Sharing == Sharing.Gradients)
                {
                    WriteGradients(source, stage.Calls);
                }
                else
                {
                    Write(source, stage.Calls);
                }
            }
        }
    }

    // What is not cut into parts goes to one thread after another. A gradient is zeroed by whoever adds to it.
    private void WriteGradients(SourceWriter source, IReadOnlyList<ProgramCall> calls)
    {
        int task = 0;
        for (int index = 0; index < calls.Count; index++)
        {
            ProgramCall call = calls[index];
            if (ProgramStage.IsCut(call))
            {
                Write(source, [call]);
                continue;
            }

            using (source.WriteBlock($"if (call.Owns({NumberText.Integer(task++)}))"))
            {
                Write(source, call is ClearCall && index + 1 < calls.Count && !ProgramStage.IsCut(calls[index + 1]) ? [call, calls[++index]] : [call]);
            }
        }
    }

    public void Write(SourceWriter source, IEnumerable<ProgramCall> calls)
    {
        foreach (ProgramCall call in calls)
        {
            if (call.Demand == Demand.Always)
            {
                Write(source, call);
                continue;
            }

            string condition = call.Demand switch { Demand.Parameters => "call.WantParameters", Demand.Inputs => "call.WantInputs", _ => "call.IsTraining" };
            using (source.WriteBlock($"if ({condition})"))
            {
                Write(source, call);
            }
        }
    }

    private void Write(SourceWriter source, ProgramCall call)
    {
        switch (call)
        {
            case KernelCall { IsInlined: true } inlined:
                kernels.WriteInline(source, inlined.Kernel, [.. inlined.Arguments.Select(argument => SourceWriter.TextOf(Argument(argument)))]);
                break;
            case KernelCall kernel:
                source.Write($"{kernels.NameOf(kernel.Kernel)}(");
                for (int i = 0; i < kernel.Arguments.Count; i++)
                {
                    source.Write($"{(i == 0 ? "" : ", ")}{Argument(kernel.Arguments[i])}");
                }

                source.WriteLine(");");
                break;
            case LoopCall loop:
                WriteLoop(source, loop);
                break;
            case BlocksCall blocks:
                WriteBlocks(source, blocks);
                break;
            case BlockSumsCall sums:
                WriteBlockSums(source, sums);
                break;
            default:
                source.WriteLine(Text(call));
                break;
        }
    }

    private void WriteLoop(SourceWriter source, LoopCall loop)
    {
        string count = NumberText.Integer(loop.Count);
        using (source.WriteBlock(loop.IsReversed ? $"for (int {Step} = {count} - 1; {Step} >= 0; {Step}--)" : $"for (int {Step} = 0; {Step} < {count}; {Step}++)"))
        {
            Write(source, loop.Calls);
        }
    }

    private void WriteBlocks(SourceWriter source, BlocksCall blocks) => WriteBlocks(source, blocks.Samples, () =>
    {
        if (_sharing == Sharing.Gradients)
        {
            WriteGradients(source, blocks.Calls);
        }
        else
        {
            Write(source, blocks.Calls);
        }
    });

    private void WriteBlockSums(SourceWriter source, BlockSumsCall sums) => WriteBlocks(source, BlockSums.Samples, () =>
    {
        source.WriteLine($"global::System.Runtime.InteropServices.MemoryMarshal.CreateSpan({Reference(sums.Blocks)}, {NumberText.Integer(sums.Length)}).Clear();");
        Write(source, sums.Kernel);
    });

    private void WriteBlocks(SourceWriter source, int size, Action write)
    {
        string samples = NumberText.Integer(size);
        (string begin, string end) = IsShared ? ("call.First", "call.First + call.Count") : ("0", Count(1, perSample: true));
        using (source.WriteBlock($"for (int {FirstSample} = {begin}; {FirstSample} < {end}; {FirstSample} += {samples})"))
        {
            source.WriteLine($"int {BlockRows} = global::System.Math.Min({samples}, {end} - {FirstSample});");
            _isInBlocks = true;
            write();
            _isInBlocks = false;
        }
    }

    private string Text(ProgramCall call) => call switch
    {
        MaskCall mask => Mask(mask),
        TransposeWeightsCall transpose => $"global::NetCompiler.PackedWeights.ToColumns({Reference(transpose.Source)}, {NumberText.Integer(transpose.Rows)}, {NumberText.Integer(transpose.Columns)}, "
            + $"{Reference(transpose.Destination)}, {NumberText.Integer(transpose.Stride)});",
        TransposeWindowsCall transpose => $"global::NetCompiler.PackedWeights.ToChannels({Reference(transpose.Source)}, {NumberText.Integer(transpose.Height)}, {NumberText.Integer(transpose.Width)}, "
            + $"{NumberText.Integer(transpose.Channels)}, {NumberText.Integer(transpose.Filters)}, {Reference(transpose.Destination)});",
        NoiseCall noise => Noise(noise),
        UnpackWeightsCall unpack => $"global::NetCompiler.PackedWeights.ToRows({Reference(unpack.Source)}, {NumberText.Integer(unpack.Rows)}, {NumberText.Integer(unpack.Columns)}, "
            + $"{Reference(unpack.Destination)}, {NumberText.Integer(unpack.Stride)});",
        PackWeightsCall pack => $"global::NetCompiler.PackedWeights.FromRows({Reference(pack.Source)}, {NumberText.Integer(pack.Stride)}, {NumberText.Integer(pack.Rows)}, {NumberText.Integer(pack.Columns)}, "
            + $"{Reference(pack.Destination)}, {(pack.IsAddend ? "true" : mode == ProgramMode.Prepare ? "false" : "call.Accumulate")});",
        NarrowWeightsCall { IsInPanels: true } narrow => $"global::NetCompiler.{narrow.Format}Panels.FromPanels({Reference(narrow.Source)}, {NumberText.Integer(narrow.Rows)}, {NumberText.Integer(narrow.Columns)}, "
            + $"{Reference(narrow.Destination)});",
        NarrowWeightsCall narrow => $"global::NetCompiler.{narrow.Format}Panels.FromRows({Reference(narrow.Source)}, {NumberText.Integer(narrow.Stride)}, {NumberText.Integer(narrow.Rows)}, {NumberText.Integer(narrow.Columns)}, "
            + $"{Reference(narrow.Destination)});",
        RoundRowsCall round => $"global::NetCompiler.Int8Rows.Round({Reference(round.Source)}, {NumberText.Integer(round.SourceStride)}, {Count(round.Rows, perSample: true)}, {NumberText.Integer(round.Columns)}, "
            + $"{Reference(round.Destination)}, {NumberText.Integer(round.DestinationStride)}, {Reference(round.Range)});",
        Int8ProductCall product => $"global::NetCompiler.Int8Product.Multiply({Reference(product.Left)}, {NumberText.Integer(product.LeftStride)}, {Count(product.Rows, perSample: true)}, {NumberText.Integer(product.Depth)}, "
            + $"{Reference(product.Right)}, {Reference(product.Result)}, {NumberText.Integer(product.ResultStride)}, {NumberText.Integer(product.Width)});",
        ClearCall { Units: > 1 } clear => $"if (!call.Accumulate) global::System.Runtime.InteropServices.MemoryMarshal.CreateSpan(ref Unsafe.Add({Reference(clear.Destination)}, "
            + $"call.FirstOf({NumberText.Integer(clear.Units)}) * {NumberText.Integer(clear.Length / clear.Units)}), call.CountOf({NumberText.Integer(clear.Units)}) * {NumberText.Integer(clear.Length / clear.Units)}).Clear();",
        ClearCall clear => $"{(clear.IsBatched ? "" : "if (!call.Accumulate) ")}global::System.Runtime.InteropServices.MemoryMarshal.CreateSpan({Reference(clear.Destination)}, "
            + $"{(clear.IsBatched ? Count(clear.Length, perSample: true) : NumberText.Integer(clear.Length))}).Clear();",
        AddBlocksCall total => $"global::NetCompiler.PackedSums.Add({Reference(total.Blocks)}, {NumberText.Integer(BlockSums.Samples * total.Blocks.SampleStride)}, "
            + $"({Count(1, perSample: true)} + {NumberText.Integer(BlockSums.Samples - 1)}) / {NumberText.Integer(BlockSums.Samples)}, {Reference(total.Destination)}, {NumberText.Integer(total.Length)}, call.Accumulate);",
        CopyCall copy => $"global::NetCompiler.PackedRows.Copy({Reference(copy.Source)}, {NumberText.Integer(copy.Source.SampleStride)}, {NumberText.Integer(copy.Source.RowStride)}, {NumberText.Integer(copy.SourceColumns)}, "
            + $"{Reference(copy.Destination)}, {NumberText.Integer(copy.Destination.SampleStride)}, {NumberText.Integer(copy.Destination.RowStride)}, {NumberText.Integer(copy.DestinationColumns)}, "
            + $"{NumberText.Integer(copy.Length)}, {Count(1, copy.IsBatched)});",
        _ => throw new InvalidOperationException($"{call.GetType().Name} has no text."),
    };

    // Outside training a mask is all ones: one program serves both.
    private string Mask(MaskCall mask)
    {
        string rows = Count(mask.Rows, perSample: true), scale = NumberText.Single(1 / (1 - mask.Rate));
        string rate = mode == ProgramMode.Training ? $"call.IsTraining ? {NumberText.Single(mask.Rate)} : 0f, call.IsTraining ? {scale} : 1f" : $"{NumberText.Single(mask.Rate)}, {scale}";
        return $"global::NetCompiler.RandomKernel.DropoutMask({Reference(mask.Destination)}, {rows}, {NumberText.Integer(mask.Columns)}, {NumberText.Integer(mask.Stride)}, "
            + $"call.Seed, {DropoutPurpose}, {Stream(mask.Layer, mask.Ordinal)}, call.Step, {FirstRow(mask.Rows)}, {rate});";
    }

    // Outside training there is none.
    private string Noise(NoiseCall noise)
    {
        string destination = Reference(noise.Destination), rows = Count(noise.Rows, perSample: true);
        return $$"""
            if (call.IsTraining)
            {
                global::NetCompiler.RandomKernel.Normal({{destination}}, {{rows}}, {{NumberText.Integer(noise.Columns)}}, {{NumberText.Integer(noise.Stride)}}, call.Seed, {{NoisePurpose}}, {{Stream(noise.Layer, 0)}}, call.Step, {{FirstRow(noise.Rows)}});
            }
            else
            {
                global::System.Runtime.InteropServices.MemoryMarshal.CreateSpan({{destination}}, {{rows}} * {{NumberText.Integer(noise.Stride)}}).Clear();
            }
            """;
    }

    // The rows before those of the thread's samples.
    private string FirstRow(int rows) => !IsShared ? "0" : rows == 1 ? "call.First" : $"call.First * {NumberText.Integer(rows)}";

    private bool IsShared => _sharing == Sharing.Samples;

    // Layer and ordinal in one word of the key: the masks of one layer share no numbers.
    private static string Stream(int layer, int ordinal) => NumberText.Integer(((long)ordinal << 16) | (uint)layer) + "u";

    private ArgumentPart Argument(ProgramArgument argument) => new(this, argument);

    private void WriteArgument(SourceWriter source, ProgramArgument argument)
    {
        switch (argument)
        {
            case PlaceArgument place:
                WriteReference(source, place.Place);
                break;
            case CountArgument count:
                source.Write(Count(count.Rows, count.PerSample));
                break;
            case NumberArgument { IsBatchCount: true }:
                source.Write("(float)call.Rows");
                break;
            case NumberArgument number:
                source.Write($"call.Setting{number.Setting}");
                break;
            case AccumulateArgument { Value: { } value }:
                source.Write(value ? "true" : "false");
                break;
            case AccumulateArgument:
                source.Write(_isInBlocks ? $"call.Accumulate || {FirstSample} > 0" : "call.Accumulate");
                break;
            case ShareArgument share when mode != ProgramMode.Training && _sharing == Sharing.Whole:
                source.Write(NumberText.Integer(share.IsFirst ? 0 : share.Length * share.Size));
                break;
            case ShareArgument share:
                source.Write($"call.{(share.IsFirst ? "FirstOf" : "CountOf")}({share.Units}");
                source.Write(share.Length == share.Units ? ")" : $", {NumberText.Integer(share.From)}, {NumberText.Integer(share.Length)})");
                source.Write(share.Size == 1 ? "" : " * " + NumberText.Integer(share.Size));
                break;
            case TurnedArgument:
                source.Write(Turned);
                break;
            case OddStepArgument:
                source.Write($"({Step} & 1) != 0");
                break;
            default:
                throw new InvalidOperationException($"{argument.GetType().Name} has no text.");
        }
    }

    private string Count(int rows, bool perSample)
    {
        string samples = _isInBlocks ? BlockRows : mode switch { ProgramMode.PredictOne or ProgramMode.Prepare => "1", ProgramMode.PredictMany => "rows", _ => IsShared ? "call.Count" : "call.Rows" };
        return !perSample ? NumberText.Integer(rows) : rows == 1 ? samples : $"{samples} * {NumberText.Integer(rows)}";
    }

    private string Reference(Place place) => SourceWriter.TextOf(Argument(new PlaceArgument(place)));

    // The place, then how the block of samples or the step moves it.
    private void WriteReference(SourceWriter source, Place place)
    {
        PlaceOrigin origin = mode == ProgramMode.Training ? TrainingOrigin(place) : PredictOrigin(place);
        bool hasOffset = origin.Offset != 0 || origin.Alternate != 0, hasSample = (_isInBlocks || IsShared) && place.SampleStride != 0;
        if (!hasOffset && !hasSample && place.Shift == 0 && place.StepStride == 0)
        {
            source.Write($"ref {origin}");
            return;
        }

        source.Write($"ref Unsafe.Add(ref {origin}");
        string separator = ", ";
        void BeginTerm()
        {
            source.Write(separator);
            separator = " + ";
        }

        if (hasOffset)
        {
            BeginTerm();
            string offset = Offset(origin.Offset, origin.Alternate);
            source.Write(origin.IsPerSample ? $"(nint){offset} * call.Capacity" : offset);
        }

        if (hasSample)
        {
            BeginTerm();
            source.Write($"(nint){(_isInBlocks ? FirstSample : "call.First")} * {place.SampleStride}");
        }

        if (place.Shift != 0)
        {
            BeginTerm();
            source.Write(NumberText.Integer(place.Shift));
        }

        if (place.StepStride != 0)
        {
            BeginTerm();
            source.Write(place.StepStride == 1 ? Step : $"({Step} * {NumberText.Integer(place.StepStride)})");
        }

        source.Write(")");
    }

    private static string Offset(long offset, long alternate) =>
        alternate == 0 ? NumberText.Integer(offset) : $"({NumberText.Integer(offset)} + (({Step} & 1) * {NumberText.Integer(alternate)}))";

    private static PlaceOrigin TrainingOrigin(Place place) => place.Arena switch
    {
        Arena.Batched => new("call.Batched", null, place.Offset, place.Alternate, IsPerSample: true),
        Arena.Feature => new("call.Input", place.Index),
        Arena.Target => new("call.Target", place.Index),
        Arena.Output => new("call.Output", place.Index),
        Arena.OutputGradient => new("call.OutputGradient", place.Index),
        Arena.InputGradient => new("call.InputGradient", place.Index),
        _ => new("call." + place.Arena, null, place.Offset, place.Alternate),
    };

    private PlaceOrigin PredictOrigin(Place place)
    {
        // Fixed buffers lie behind the batched ones in one block of scratch.
        return place.Arena switch
        {
            Arena.Batched => new("scratch", null, (long)place.Offset * Capacity, (long)place.Alternate * Capacity),
            Arena.Fixed => new("scratch", null, ((long)BatchedFloats * Capacity) + place.Offset, place.Alternate),
            Arena.Feature => new("input", place.Index),
            Arena.Output => new("output", place.Index),
            Arena.State => new("state", place.Index),
            Arena.NextState => new("next", place.Index),
            Arena.Parameters => new("parameters", null, place.Offset),
            Arena.Statistics => new("statistics", null, place.Offset),
            Arena.Derived => new("derived", null, place.Offset),
            _ => throw new InvalidOperationException($"A prediction has no {place.Arena}."),
        };
    }

    /// <summary>The floats per sample of a prediction's buffers, behind which the fixed ones lie.</summary>
    public int BatchedFloats { get; init; }

    /// <summary>The rows that a prediction's buffers hold.</summary>
    public int Capacity { get; init; } = 1;

    /// <summary>A block of memory and where in it a place begins.</summary>
    private readonly record struct PlaceOrigin(string Name, int? Index, long Offset = 0, long Alternate = 0, bool IsPerSample = false) : ISourcePart
    {
        public void WriteTo(SourceWriter source)
        {
            source.Write(Name);
            source.Write(Index is { } index ? NumberText.Integer(index) : "");
        }
    }

    /// <summary>An argument of a call in the text around it.</summary>
    private readonly struct ArgumentPart(ProgramWriter program, ProgramArgument argument) : ISourcePart
    {
        public void WriteTo(SourceWriter source) => program.WriteArgument(source, argument);
    }
}
