using System.Globalization;
using System.Text.RegularExpressions;
using NetCompiler.Generators.Graph;
using NetCompiler.Generators.Schedule;
using NetCompiler.Generators.Schedule.Memory;
using NetCompiler.Generators.Tests.Common;
using NetCompiler.Generators.Tests.Graph;

namespace NetCompiler.Generators.Tests.Schedule;

/// <summary>
/// Executes a program over memory of exactly the planned sizes. Buffers begin as NaN, outside values have no element more than promised, and
/// a reference may only move over the value that it was given for.
/// </summary>
internal sealed partial class ProgramInterpreter
{
    private const int CapacityUnit = 16;

    private readonly NetworkPlan _plan;
    private readonly NetworkData _data;
    private readonly ProgramMode _mode;
    private readonly KernelProgram _program;
    private readonly KernelInterpreter _kernels;
    private readonly int _capacity;
    private readonly Dictionary<(Arena, int), MemoryBlock> _blocks = [];
    private readonly Dictionary<(Arena, int), int> _fixedSizes = [];
    private int _step;
    private bool _isTurned;
    private int _firstSample;
    private int _samples;
    private (int Part, int Parts) _thread = (0, 1);

    public ProgramInterpreter(NetworkPlan plan, NetworkData data, KernelProgram program, Machine machine, ProgramMode mode)
    {
        (_plan, _data, _program, _mode, _samples) = (plan, data, program, mode, data.Samples);
        _kernels = new KernelInterpreter(machine.Lanes);
        _capacity = mode switch
        {
            ProgramMode.PredictOne or ProgramMode.Prepare => 1,
            ProgramMode.PredictMany => TilingPolicy.PredictManyRows,
            _ => (data.Samples + CapacityUnit - 1) / CapacityUnit * CapacityUnit,
        };
        Add(Arena.Batched, 0, program.BatchedFloats * _capacity);
        Add(Arena.Fixed, 0, program.FixedFloats);
        Add(Arena.Scratch, 0, program.ScratchFloats);
        Add(Arena.Losses, 0, plan.LossParts);
        Add(Arena.Derived, 0, plan.DerivedLength);
        for (int i = 0; i < plan.Spec.Inputs.Count; i++)
        {
            bool isInteger = plan.Spec.Inputs[i].Vocabulary > 0;
            double[] input = data[isInteger ? InputRole.Tokens : InputRole.Feature, i];
            _blocks.Add((Arena.Feature, i), new MemoryBlock($"input {i}", input, isInteger));
            Add(Arena.InputGradient, i, input.Length);
        }

        for (int i = 0; i < plan.Targets.Count; i++)
        {
            _blocks.Add((Arena.Target, i), new MemoryBlock($"target {i}", data[InputRole.Target, i], plan.Targets[i].Classes > 0));
        }

        for (int i = 0; i < plan.Spec.Outputs.Count; i++)
        {
            _blocks.Add((Arena.OutputGradient, i), new MemoryBlock($"gradient of output {i}", data[InputRole.OutputGradient, i]));
            Add(Arena.Output, i, data[InputRole.OutputGradient, i].Length);
        }

        _blocks.Add((Arena.SampleScale, 0), new MemoryBlock("sample scales", data[InputRole.SampleScale, 0]));
        _blocks.Add((Arena.Parameters, 0), new MemoryBlock("parameters", Pack(isTrained: true, (role, i) => data[role, i])));
        _blocks.Add((Arena.Statistics, 0), new MemoryBlock("statistics", Pack(isTrained: false, (role, i) => data[role, i])));
        _blocks.Add((Arena.Gradients, 0), new MemoryBlock("gradients", Pack(isTrained: true, (role, i) => [.. data[role, i].Select(_ => double.NaN)])));
        foreach (string line in program.BufferMap)
        {
            Match match = FixedBuffer().Match(line);
            if (match.Success)
            {
                (Arena, int) place = (Enum.Parse<Arena>(match.Groups[1].Value, ignoreCase: true), int.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture));
                _fixedSizes[place] = Math.Max(int.Parse(match.Groups[3].Value, CultureInfo.InvariantCulture), _fixedSizes.GetValueOrDefault(place));
            }
        }
    }

    public double[] Output(int index) => _blocks[(Arena.Output, index)].Values;

    public double[] InputGradient(int index) => _blocks[(Arena.InputGradient, index)].Values;

    /// <summary>What inference derives from the weights; a preparing program writes it, one that predicts is given it.</summary>
    public double[] Derived => _blocks[(Arena.Derived, 0)].Values;

    public double[] Losses => _blocks[(Arena.Losses, 0)].Values;

    /// <summary>A statistic in logical order.</summary>
    public double[] Statistic(int weight) => [.. Enumerable.Range(0, (int)_plan.Weights[weight].Spec.Shape.Length)
        .Select(i => _blocks[(Arena.Statistics, 0)].Values[_plan.Weights[weight].Offset + PlaceOf(_plan.Weights[weight], i)])];

    /// <summary>A weight's gradient in logical order; its padding must still be zero, since optimizers walk over it.</summary>
    public double[] ParameterGradient(int weight)
    {
        double[] gradients = _blocks[(Arena.Gradients, 0)].Values;
        PlannedWeight planned = _plan.Weights[weight];
        var isPadding = Enumerable.Range(0, planned.PhysicalLength).ToHashSet();
        isPadding.ExceptWith(Enumerable.Range(0, (int)planned.Spec.Shape.Length).Select(i => PlaceOf(planned, i)));
        Assert.All(isPadding, place => Assert.Equal(0, gradients[planned.Offset + place]));
        return [.. Enumerable.Range(0, (int)planned.Spec.Shape.Length).Select(i => gradients[planned.Offset + PlaceOf(planned, i)])];
    }

    /// <summary>Gives every gradient a value to be added to.</summary>
    public void SetGradients(double value) =>
        Pack(isTrained: true, (role, i) => [.. _data[role, i].Select(_ => value)]).CopyTo(_blocks[(Arena.Gradients, 0)].Values, 0);

    /// <summary>Runs the calls of one half, or of both.</summary>
    public void Run(bool wantParameters = true, bool wantInputs = true, bool accumulate = false, bool? isBackward = null, bool isTraining = true)
    {
        foreach (ProgramCall call in _program.Calls.Where(call => isBackward is null || call.IsBackward == isBackward))
        {
            if (call.Demand switch { Demand.Always => true, Demand.Parameters => wantParameters, Demand.Inputs => wantInputs, _ => isTraining })
            {
                Run(call, accumulate);
            }
        }
    }

    /// <summary>
    /// Runs the calls as threads would, the last one first in every stage: what one thread leaves where another still has to read or write shows in the results.
    /// </summary>
    public void RunOnThreads(int threads, bool wantInputs = true)
    {
        foreach (ProgramStage stage in ProgramStage.Of(_program.Calls))
        {
            ProgramCall[] calls = [.. stage.Calls.Where(call => wantInputs || call.Demand != Demand.Inputs)];
            if (stage.Sharing == Sharing.Whole)
            {
                Array.ForEach(calls, call => Run(call, accumulate: false));
                continue;
            }

            for (int part = threads - 1; part >= 0; part--)
            {
                RunPart(stage, calls, part, threads);
            }
        }
    }

    private void RunPart(ProgramStage stage, ProgramCall[] calls, int part, int threads)
    {
        Sharing sharing = stage.Sharing;
        _thread = (part, threads);
        if (sharing == Sharing.Samples)
        {
            int unit = stage.IsBySingles ? 1 : CapacityUnit, share = (((_data.Samples + threads - 1) / threads) + unit - 1) / unit * unit;
            _firstSample = Math.Min(part * share, _data.Samples);
            _samples = Math.Min(share, _data.Samples - _firstSample);
        }

        int task = 0;
        for (int i = 0; i < calls.Length; i++)
        {
            // Whoever zeroes a gradient adds to it.
            bool isCut = sharing == Sharing.Samples || ProgramStage.IsCut(calls[i]);
            if (isCut || task++ % threads == part)
            {
                Run(calls[i], accumulate: false);
                if (!isCut && calls[i] is ClearCall && i + 1 < calls.Length && !ProgramStage.IsCut(calls[i + 1]))
                {
                    Run(calls[++i], accumulate: false);
                }
            }
            else if (calls[i] is ClearCall && i + 1 < calls.Length && !ProgramStage.IsCut(calls[i + 1]))
            {
                i++;
            }
        }

        (_firstSample, _samples, _thread) = (0, _data.Samples, (0, 1));
    }

    private void Run(ProgramCall call, bool accumulate)
    {
        switch (call)
        {
            case KernelCall kernel:
                _kernels.Run(kernel.Kernel, [.. kernel.Arguments.Select(argument => Value(argument, accumulate))]);
                break;
            case MaskCall mask:
                Assert.True(mask.Stride % TilingPolicy.RowAlignment == 0 && mask.Stride >= mask.Columns);
                Pointer masks = At(mask.Destination);
                for (int row = 0; row < mask.Rows * _samples; row++)
                {
                    for (int column = 0; column < mask.Stride; column++)
                    {
                        masks.Write((row * mask.Stride) + column, column < mask.Columns ? NetworkData.Mask(mask.Rate, mask.Layer, mask.Ordinal, (_firstSample * mask.Rows) + row, column) : 0);
                    }
                }

                break;
            case NoiseCall noise:
                Assert.True(noise.Stride % TilingPolicy.RowAlignment == 0 && noise.Stride >= noise.Columns);
                Pointer numbers = At(noise.Destination);
                for (int row = 0; row < noise.Rows * _samples; row++)
                {
                    for (int column = 0; column < noise.Stride; column++)
                    {
                        numbers.Write((row * noise.Stride) + column, column < noise.Columns ? NetworkData.Noise(noise.Layer, (_firstSample * noise.Rows) + row, column) : 0);
                    }
                }

                break;
            case UnpackWeightsCall unpack:
                Repack(unpack.Rows, TilingPolicy.Align(unpack.Columns), (row, column, panel) =>
                    At(unpack.Destination).Write((row * unpack.Stride) + column, At(unpack.Source).Read(panel)));
                break;
            case PackWeightsCall pack:
                Repack(pack.Rows, TilingPolicy.Align(pack.Columns), (row, column, panel) => At(pack.Destination).Write(panel,
                    (column < pack.Columns ? At(pack.Source).Read((row * pack.Stride) + column) : 0) + (accumulate || pack.IsAddend ? At(pack.Destination).Read(panel) : 0)));
                break;
            case NarrowWeightsCall narrow:
                Narrow(narrow);
                break;
            case RoundRowsCall round:
                RoundRows(round);
                break;
            case Int8ProductCall product:
                Multiply(product);
                break;
            case TransposeWeightsCall transpose:
                Transpose(transpose);
                break;
            case TransposeWindowsCall transpose:
                Transpose(transpose);
                break;
            case CopyCall copy:
                Copy(copy);
                break;
            case LoopCall loop:
                for (int i = 0; i < loop.Count; i++)
                {
                    _step = loop.IsReversed ? loop.Count - 1 - i : i;
                    foreach (ProgramCall inner in loop.Calls)
                    {
                        Run(inner, accumulate);
                    }
                }

                _step = 0;
                break;
            case BlocksCall blocks:
                InBlocks(blocks.Samples, () =>
                {
                    int task = 0;
                    foreach (KernelCall inner in blocks.Calls)
                    {
                        if (inner.Sharing == Sharing.Samples || ProgramStage.IsCut(inner) || task++ % _thread.Parts == _thread.Part)
                        {
                            Run(inner, accumulate || _firstSample > 0);
                        }
                    }
                });
                break;
            case BlockSumsCall sums:
                InBlocks(BlockSums.Samples, () =>
                {
                    Assert.Equal(0, _firstSample % BlockSums.Samples);
                    Clear(At(sums.Blocks), 0, sums.Length);
                    Run(sums.Kernel, accumulate);
                });
                break;
            case AddBlocksCall total:
                AddBlocks(total, accumulate);
                break;
            case ClearCall clear:
                Pointer cleared = At(clear.Destination);
                int from = clear.Units == 1 ? 0 : Share(new ShareArgument(clear.Units, 1, IsFirst: true)) * (clear.Length / clear.Units);
                int to = clear.IsBatched ? clear.Length * _samples : clear.Units == 1 ? clear.Length : from + (Share(new ShareArgument(clear.Units, 1, IsFirst: false)) * (clear.Length / clear.Units));
                if (clear.IsBatched || !accumulate)
                {
                    Clear(cleared, from, to);
                }

                break;
            default:
                throw new InvalidOperationException($"{call.GetType().Name} has no meaning.");
        }
    }

    private object Value(ProgramArgument argument, bool accumulate) => argument switch
    {
        PlaceArgument place => At(place.Place),
        CountArgument count => count.PerSample ? count.Rows * _samples : count.Rows,
        NumberArgument { IsBatchCount: true } => (double)_data.Samples,
        NumberArgument number => _data[InputRole.Setting, number.Setting][0],
        AccumulateArgument adds => adds.Value ?? accumulate,
        ShareArgument share => Share(share) * share.Size,
        TurnedArgument => _isTurned = !_isTurned,
        OddStepArgument => (_step & 1) != 0,
        _ => throw new InvalidOperationException($"{argument.GetType().Name} has no meaning."),
    };

    private int Share(ShareArgument share)
    {
        int Among(int part) => Math.Clamp((share.Units * part / _thread.Parts) - share.From, 0, share.Length);
        int first = Among(_thread.Part);
        return share.IsFirst ? first : Among(_thread.Part + 1) - first;
    }

    private Pointer At(Place place)
    {
        bool isNumbered = place.Arena is Arena.Feature or Arena.Target or Arena.Output or Arena.OutputGradient or Arena.InputGradient;
        MemoryBlock block = _blocks[(place.Arena, isNumbered ? place.Index : 0)];
        int offset = place.Offset + ((_step & 1) * place.Alternate);
        int first = place.Arena == Arena.Batched ? offset * _capacity : offset;
        int length = place.Arena switch
        {
            Arena.Batched => place.SampleStride * _capacity,
            Arena.Fixed or Arena.Scratch => _fixedSizes[(place.Arena, offset)],
            Arena.Parameters or Arena.Gradients => Weight(place, isTrained: true).PhysicalLength,
            Arena.Statistics => Weight(place, isTrained: false).PhysicalLength,
            Arena.Derived => _plan.Derived.Single(value => value.Offset == place.Offset).PhysicalLength,
            Arena.Losses => 1,
            _ => block.Values.Length,
        };
        Assert.InRange(first + length, 0, block.Values.Length);
        return new Pointer(block, first + place.Shift + (_step * place.StepStride) + (_firstSample * place.SampleStride), first, first + length);
    }

    private PlannedWeight Weight(Place place, bool isTrained) => _plan.Weights.Single(weight => weight.Spec.IsTrainable == isTrained && weight.Offset == place.Offset);

    private void Add(Arena arena, int index, int length) => _blocks.Add((arena, index), MemoryBlock.Unwritten($"{arena} {index}", length));

    private double[] Pack(bool isTrained, Func<InputRole, int, double[]> values)
    {
        var packed = new double[isTrained ? _plan.ParameterLength : _plan.StatisticsLength];
        for (int weight = 0; weight < _plan.Weights.Count; weight++)
        {
            PlannedWeight planned = _plan.Weights[weight];
            if (planned.Spec.IsTrainable == isTrained)
            {
                double[] logical = values(isTrained ? InputRole.Parameter : InputRole.Statistic, weight);
                for (int i = 0; i < logical.Length; i++)
                {
                    packed[planned.Offset + PlaceOf(planned, i)] = logical[i];
                }
            }
        }

        return packed;
    }

    // Where the contract of the packings puts a logical element.
    private static int PlaceOf(PlannedWeight weight, int element)
    {
        if (weight.Packing == NetCompiler.Generators.Schedule.WeightPacking.Flat)
        {
            return element;
        }

        int rows = weight.Rows, columns = weight.Spec.Shape[-1], row = element / columns, column = element % columns;
        if (weight.Packing == NetCompiler.Generators.Schedule.WeightPacking.Columns)
        {
            return (column * TilingPolicy.Align(rows)) + row;
        }

        int panel = column / TilingPolicy.PanelWidth * TilingPolicy.PanelWidth, width = Math.Min(TilingPolicy.PanelWidth, TilingPolicy.Align(columns) - panel);
        return (panel * rows) + (row * width) + column - panel;
    }

    [GeneratedRegex(@"^(fixed|scratch) (\d+) \+ (\d+):", RegexOptions.CultureInvariant)]
    private static partial Regex FixedBuffer();
}
