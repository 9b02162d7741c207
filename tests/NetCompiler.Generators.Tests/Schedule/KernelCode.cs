using NetCompiler.Generators.Ops;
using NetCompiler.Generators.Schedule.Nests;
using NetCompiler.Generators.Tests.Graph;
using NetCompiler.TestKit;
using Name = NetCompiler.Generators.Schedule.Nests.Name;

namespace NetCompiler.Generators.Tests.Schedule;

/// <summary>
/// A kernel as delegates that are called in its place: names are looked up once, not in every round of its loops. Each expression writes into lanes of its own, so that a kernel
/// cannot run inside itself.
/// </summary>
internal sealed class KernelCode
{
    private readonly int _lanes;
    private readonly Action<Kernel, IReadOnlyList<object>> _call;
    private readonly Dictionary<string, int> _slots = [];
    private readonly List<string> _names = [];
    private readonly Action<KernelFrame> _body;
    private readonly int[] _parameters;

    /// <summary>Prepares a kernel; <paramref name="call"/> runs those that it calls.</summary>
    public KernelCode(Kernel kernel, int lanes, Action<Kernel, IReadOnlyList<object>> call)
    {
        (_lanes, _call) = (lanes, call);
        _parameters = [.. kernel.Parameters.Select(parameter => Slot(parameter.Name))];
        _body = All(kernel.Body);
    }

    public void Run(IReadOnlyList<object> arguments)
    {
        var frame = new KernelFrame(_names, _lanes);
        for (int i = 0; i < _parameters.Length; i++)
        {
            frame.Set(_parameters[i], arguments[i]);
        }

        _body(frame);
    }

    private int Slot(string name)
    {
        if (!_slots.TryGetValue(name, out int slot))
        {
            slot = _names.Count;
            _slots.Add(name, slot);
            _names.Add(name);
        }

        return slot;
    }

    private Action<KernelFrame> All(IReadOnlyList<Statement> statements)
    {
        Action<KernelFrame>[] all = [.. statements.Select(One)];
        return frame =>
        {
            foreach (Action<KernelFrame> statement in all)
            {
                statement(frame);
            }
        };
    }

    private Action<KernelFrame> One(Statement statement)
    {
        switch (statement)
        {
            case Let let:
                return Declare(Slot(let.Name), let.Value);
            case Set set:
                int written = Slot(set.Name);
                Action<KernelFrame, double[]> value = Fill(set.Value);
                return frame => value(frame, frame.Vector(written));
            case Store store:
                return StoreLanes(store);
            case StoreOne store:
                (Func<KernelFrame, double[]> stored, Func<KernelFrame, Pointer> place) = (Read(store.Value), At(store.Address));
                return frame => place(frame).Write(0, stored(frame)[0]);
            case LetReference reference:
                return LetReference(reference);
            case LetIndex index:
                (int number, Func<KernelFrame, Pointer> row) = (Slot(index.Name), At(index.Address));
                return frame => frame.Set(number, (int)OfType(row(frame), isInteger: true).Read(0));
            case Advance advance:
                (int moved, int? times) = (Slot(advance.Reference), advance.Count is { } name ? Slot(name) : null);
                return frame => frame.Set(moved, frame.Pointer(moved).Plus(advance.Elements * (times is { } slot ? frame.Count(slot) : 1)));
            case Transpose transpose:
                (Func<KernelFrame, Pointer> from, Func<KernelFrame, Pointer> to) = (At(transpose.Source), At(transpose.Destination));
                return frame => Exchange(transpose, from(frame), to(frame));
            case LetCount count:
                (int whole, int part) = (Slot(count.Variable), Slot(count.Name));
                return frame => frame.Set(part, count.IsRemainder ? frame.Count(whole) % count.Divisor : frame.Count(whole) / count.Divisor);
            case Loop loop:
                return Repeat(loop);
            case When branch:
                (int flag, Action<KernelFrame> chosen) = (Slot(branch.Flag), All(branch.Body));
                return frame =>
                {
                    if (frame.Flag(flag) != branch.IsNegated)
                    {
                        chosen(frame);
                    }
                };
            case WhenCount branch:
                (int counted, Action<KernelFrame> body) = (Slot(branch.Count), All(branch.Body));
                return frame =>
                {
                    if (frame.Count(counted) > 0)
                    {
                        body(frame);
                    }
                };
            case CallKernel call:
                Func<KernelFrame, object>[] arguments = [.. call.Arguments.Select(Value)];
                return frame => _call(call.Kernel, [.. arguments.Select(argument => argument(frame))]);
            default:
                throw new InvalidOperationException($"{statement.GetType().Name} has no meaning.");
        }
    }

    // The value is complete before the name stands for it: it may still read what the name stood for before.
    private Action<KernelFrame> Declare(int slot, VectorExpression expression)
    {
        Func<KernelFrame, double[]> value = Read(expression);
        return frame =>
        {
            double[] lanes = value(frame);
            lanes.CopyTo(frame.Declare(slot), 0);
        };
    }

    private Action<KernelFrame> StoreLanes(Store store)
    {
        (Func<KernelFrame, double[]> stored, Func<KernelFrame, Pointer> to, Func<KernelFrame, int> count) = (Read(store.Value), At(store.Address), Count(store.Lanes));
        return frame =>
        {
            double[] lanes = stored(frame);
            to(frame).Write(lanes.AsSpan(0, count(frame)));
        };
    }

    private Action<KernelFrame> LetReference(LetReference reference)
    {
        (int slot, Func<KernelFrame, Pointer> to) = (Slot(reference.Name), At(reference.Address));
        return frame =>
        {
            Pointer target = to(frame);
            frame.Set(slot, target.Block.IsInteger == reference.IsInteger ? target : throw new InvalidOperationException($"{reference.Name} would be a reference of the wrong type."));
        };
    }

    private Action<KernelFrame> Repeat(Loop loop)
    {
        (int counter, Func<KernelFrame, int> count, Action<KernelFrame> body) = (Slot(loop.Counter), Count(loop.Count), All(loop.Body));
        int? turned = loop.TurnedBy is { } flag ? Slot(flag) : null;
        return frame =>
        {
            int times = count(frame);
            for (int i = 0; i < times; i++)
            {
                bool isTurned = turned is { } slot && frame.Flag(slot);
                frame.Set(counter, !loop.CountsUp ? times - i : isTurned ? times - 1 - i : i);
                body(frame);
            }
        };
    }

    private static void Exchange(Transpose transpose, Pointer source, Pointer destination)
    {
        Expect.True(transpose.Rows % 16 == 0 && transpose.Columns % 16 == 0, $"{transpose} moves no whole blocks.");
        for (int row = 0; row < transpose.Rows; row++)
        {
            for (int column = 0; column < transpose.Columns; column++)
            {
                destination.Write((column * transpose.DestinationStride) + row, source.Read((row * transpose.SourceStride) + column));
            }
        }
    }

    private Func<KernelFrame, object> Value(Argument argument)
    {
        if (argument.Address is { } address)
        {
            Func<KernelFrame, Pointer> at = At(address);
            return frame => at(frame);
        }

        if (argument.Value.Variable is { } name)
        {
            int slot = Slot(name);
            return frame => frame.Any(slot);
        }

        return _ => argument.Value.Constant;
    }

    private Func<KernelFrame, int> Count(Extent extent)
    {
        if (extent.Variable is not { } name)
        {
            int constant = extent.Constant;
            return _ => constant;
        }

        int slot = Slot(name);
        return frame => frame.Count(slot);
    }

    private Func<KernelFrame, Pointer> At(Address address)
    {
        int reference = Slot(address.Reference);
        if (address.Index is not { } index)
        {
            return frame => frame.Pointer(reference).Plus(address.Offset);
        }

        int slot = Slot(index);
        return frame => frame.Pointer(reference).Plus(address.Offset + (frame.Count(slot) * address.Stride));
    }

    /// <summary>The lanes of a value: those of a declared vector, or the expression's own.</summary>
    private Func<KernelFrame, double[]> Read(VectorExpression expression)
    {
        if (expression is Name name)
        {
            int slot = Slot(name.Text);
            return frame => frame.Vector(slot);
        }

        (Action<KernelFrame, double[]> fill, double[] own) = (Fill(expression), new double[_lanes]);
        return frame =>
        {
            fill(frame, own);
            return own;
        };
    }

    /// <summary>Writes the lanes of a value. They may be those of an operand: each lane is written after the last use of its operands' lanes.</summary>
    private Action<KernelFrame, double[]> Fill(VectorExpression expression)
    {
        switch (expression)
        {
            case Name name:
                int copied = Slot(name.Text);
                return (frame, to) => frame.Vector(copied).CopyTo(to, 0);
            case Number number:
                return (_, to) => Array.Fill(to, number.Value);
            case Ramp ramp:
                return (_, to) => Lanes(to, lane => ramp.Start + lane);
            case CountedRamp ramp:
                int counter = Slot(ramp.Counter);
                return (frame, to) =>
                {
                    int first = frame.Count(counter) * _lanes;
                    Lanes(to, lane => first + lane);
                };
            case Load load:
                return Fill(load);
            case Widen widen:
                Func<KernelFrame, double[]> pairs = Read(widen.Pairs);
                return (frame, to) =>
                {
                    double[] both = pairs(frame);
                    Lanes(to, lane => NarrowDefinition.Half(both[lane], widen.IsHigh));
                };
            case Spread spread:
                Func<KernelFrame, Pointer> place = At(spread.Address);
                return (frame, to) => Array.Fill(to, OfType(place(frame), spread.IsInteger).Read(0));
            case SpreadParameter parameter:
                int number1 = Slot(parameter.Parameter);
                return (frame, to) => Array.Fill(to, frame.Number(number1));
            case MultiplyAdd product:
                return Fill(product);
            case Larger larger:
                (int left, int right) = (Slot(larger.Left), Slot(larger.Right));
                return (frame, to) =>
                {
                    (double[] one, double[] other) = (frame.Vector(left), frame.Vector(right));
                    Lanes(to, lane => Math.Max(one[lane], other[lane]));
                };
            case Across across:
                Func<KernelFrame, double[]> operand = Read(across.Operand);
                return (frame, to) => Array.Fill(to, across.IsMaximum ? operand(frame).Aggregate(Math.Max) : operand(frame).Sum());
            case Keep keep:
                (Func<KernelFrame, double[]> all, Func<KernelFrame, int> kept) = (Read(keep.Operand), Count(keep.Lanes));
                return (frame, to) =>
                {
                    (double[] from, int count) = (all(frame), kept(frame));
                    Lanes(to, lane => lane < count ? from[lane] : keep.MinusInfinity ? double.NegativeInfinity : 0);
                };
            case Apply apply:
                return Fill(apply);
            default:
                throw new InvalidOperationException($"{expression.GetType().Name} has no meaning.");
        }
    }

    private Action<KernelFrame, double[]> Fill(Load load)
    {
        (Func<KernelFrame, Pointer> at, Func<KernelFrame, int> count) = (At(load.Address), Count(load.Lanes));
        return (frame, to) =>
        {
            int there = count(frame);
            Assert.InRange(there, 0, _lanes);
            OfType(at(frame), load.IsInteger).Read(to.AsSpan(0, there));
            to.AsSpan(there).Clear();
        };
    }

    private Action<KernelFrame, double[]> Fill(MultiplyAdd product)
    {
        (Func<KernelFrame, double[]> left, Func<KernelFrame, double[]> right, Func<KernelFrame, double[]> addend) = (Read(product.Left), Read(product.Right), Read(product.Addend));
        return (frame, to) =>
        {
            (double[] x, double[] y, double[] z) = (left(frame), right(frame), addend(frame));
            for (int lane = 0; lane < to.Length; lane++)
            {
                to[lane] = (x[lane] * y[lane]) + z[lane];
            }
        };
    }

    private Action<KernelFrame, double[]> Fill(Apply apply)
    {
        Func<KernelFrame, double[]>[] reads = [.. apply.Operands.Select(Read)];
        double[][] operands = new double[reads.Length][];
        double[] arguments = new double[reads.Length];
        return (frame, to) =>
        {
            for (int i = 0; i < reads.Length; i++)
            {
                operands[i] = reads[i](frame);
            }

            for (int lane = 0; lane < to.Length; lane++)
            {
                for (int i = 0; i < operands.Length; i++)
                {
                    arguments[i] = operands[i][lane];
                }

                to[lane] = ScalarEvaluator.Evaluate(apply.Formula, arguments);
            }
        };
    }

    private static Pointer OfType(Pointer pointer, bool isInteger) => pointer.Block.IsInteger == isInteger
        ? pointer : throw new InvalidOperationException($"{pointer.Block.Name} is read as the wrong type.");

    private static void Lanes(double[] to, Func<int, double> value)
    {
        for (int lane = 0; lane < to.Length; lane++)
        {
            to[lane] = value(lane);
        }
    }
}
