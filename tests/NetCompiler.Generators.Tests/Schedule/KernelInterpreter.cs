using NetCompiler.Generators.Ops;
using NetCompiler.Generators.Schedule.Nests;
using NetCompiler.Generators.Tests.Graph;
using Name = NetCompiler.Generators.Schedule.Nests.Name;

namespace NetCompiler.Generators.Tests.Schedule;

/// <summary>Executes the statements of kernels in double precision, one lane after another, and refuses what leaves its memory or names nothing.</summary>
internal sealed class KernelInterpreter(int lanes)
{
    /// <summary>Runs a kernel; arguments are pointers, ints, doubles and bools in the order of its parameters.</summary>
    public void Run(Kernel kernel, IReadOnlyList<object> arguments)
    {
        Assert.Equal(kernel.Parameters.Count, arguments.Count);
        var frame = new Frame();
        for (int i = 0; i < arguments.Count; i++)
        {
            Parameter parameter = kernel.Parameters[i];
            Type type = parameter.Type switch
            {
                ParameterType.Floats or ParameterType.Integers => typeof(Pointer),
                ParameterType.Count => typeof(int),
                ParameterType.Float => typeof(double),
                _ => typeof(bool),
            };
            Assert.True(arguments[i].GetType() == type, $"{kernel.Name} gets {arguments[i]} for {parameter}.");
            Assert.True(arguments[i] is not Pointer pointer || pointer.Block.IsInteger == (parameter.Type == ParameterType.Integers), $"{kernel.Name} reads {parameter} as the wrong type.");
            frame.Values.Add(parameter.Name, arguments[i]);
        }

        try
        {
            Run(kernel.Body, frame);
        }
        catch (InvalidOperationException exception)
        {
            throw new InvalidOperationException($"{kernel.Name} ({kernel.Formula}): {exception.Message}", exception);
        }
    }

    private void Run(IReadOnlyList<Statement> statements, Frame frame)
    {
        foreach (Statement statement in statements)
        {
            Run(statement, frame);
        }
    }

    private void Run(Statement statement, Frame frame)
    {
        switch (statement)
        {
            case Let let:
                frame.Values[let.Name] = Vector(let.Value, frame);
                break;
            case Set set:
                frame.Get<double[]>(set.Name);
                frame.Values[set.Name] = Vector(set.Value, frame);
                break;
            case Store store:
                double[] stored = Vector(store.Value, frame);
                Pointer to = At(store.Address, frame);
                for (int lane = 0; lane < Count(store.Lanes, frame); lane++)
                {
                    to.Write(lane, stored[lane]);
                }

                break;
            case StoreOne store:
                At(store.Address, frame).Write(0, Vector(store.Value, frame)[0]);
                break;
            case LetReference reference:
                Pointer target = At(reference.Address, frame);
                frame.Values[reference.Name] = target.Block.IsInteger != reference.IsInteger ? throw new InvalidOperationException($"{reference.Name} would be a reference of the wrong type.") : target;
                break;
            case LetIndex index:
                frame.Values[index.Name] = (int)OfType(At(index.Address, frame), isInteger: true).Read(0);
                break;
            case Advance advance:
                frame.Values[advance.Reference] = frame.Get<Pointer>(advance.Reference).Plus(advance.Elements * (advance.Count is null ? 1 : frame.Get<int>(advance.Count)));
                break;
            case Transpose transpose:
                Pointer source = At(transpose.Source, frame), destination = At(transpose.Destination, frame);
                Assert.True(transpose.Rows % 16 == 0 && transpose.Columns % 16 == 0, $"{transpose} moves no whole blocks.");
                for (int row = 0; row < transpose.Rows; row++)
                {
                    for (int column = 0; column < transpose.Columns; column++)
                    {
                        destination.Write((column * transpose.DestinationStride) + row, source.Read((row * transpose.SourceStride) + column));
                    }
                }

                break;
            case LetCount count:
                int whole = frame.Get<int>(count.Variable);
                frame.Values[count.Name] = count.IsRemainder ? whole % count.Divisor : whole / count.Divisor;
                break;
            case Loop loop:
                int times = Count(loop.Count, frame);
                for (int i = 0; i < times; i++)
                {
                    bool isTurned = loop.TurnedBy is { } flag && frame.Get<bool>(flag);
                    frame.Values[loop.Counter] = !loop.CountsUp ? times - i : isTurned ? times - 1 - i : i;
                    Run(loop.Body, frame);
                }

                break;
            case When branch:
                if (frame.Get<bool>(branch.Flag) != branch.IsNegated)
                {
                    Run(branch.Body, frame);
                }

                break;
            case WhenCount branch:
                int value = frame.Get<int>(branch.Count);
                if (value > 0)
                {
                    Run(branch.Body, frame);
                }

                break;
            case CallKernel call:
                Run(call.Kernel, [.. call.Arguments.Select(argument => Value(argument, frame))]);
                break;
            default:
                throw new InvalidOperationException($"{statement.GetType().Name} has no meaning.");
        }
    }

    private static object Value(Argument argument, Frame frame) => argument.Address is not null ? At(argument.Address, frame)
        : argument.Value.Variable is { } name ? frame.Get<object>(name) : argument.Value.Constant;

    private static int Count(Extent extent, Frame frame) => extent.Variable is { } name ? frame.Get<int>(name) : extent.Constant;

    private static Pointer At(Address address, Frame frame) =>
        frame.Get<Pointer>(address.Reference).Plus(address.Offset + (address.Index is { } index ? frame.Get<int>(index) * address.Stride : 0));

    private double[] Vector(VectorExpression expression, Frame frame)
    {
        switch (expression)
        {
            case Name name:
                return frame.Get<double[]>(name.Text);
            case Number number:
                return All(number.Value);
            case Ramp ramp:
                return Lanes(lane => ramp.Start + lane);
            case CountedRamp ramp:
                int first = frame.Get<int>(ramp.Counter) * lanes;
                return Lanes(lane => first + lane);
            case Load load:
                int there = Count(load.Lanes, frame);
                Assert.InRange(there, 0, lanes);
                Pointer from = OfType(At(load.Address, frame), load.IsInteger);
                return Lanes(lane => lane < there ? from.Read(lane) : 0);
            case Widen widen:
                double[] pairs = Vector(widen.Pairs, frame);
                return Lanes(lane => NarrowDefinition.Half(pairs[lane], widen.IsHigh));
            case Spread spread:
                return All(OfType(At(spread.Address, frame), spread.IsInteger).Read(0));
            case SpreadParameter parameter:
                return All(frame.Get<double>(parameter.Parameter));
            case MultiplyAdd product:
                double[] left = Vector(product.Left, frame), right = Vector(product.Right, frame), addend = Vector(product.Addend, frame);
                return Lanes(lane => (left[lane] * right[lane]) + addend[lane]);
            case Larger larger:
                double[] one = frame.Get<double[]>(larger.Left), other = frame.Get<double[]>(larger.Right);
                return Lanes(lane => Math.Max(one[lane], other[lane]));
            case Across across:
                double[] operand = Vector(across.Operand, frame);
                return All(across.IsMaximum ? operand.Aggregate(Math.Max) : operand.Sum());
            case Keep keep:
                int kept = Count(keep.Lanes, frame);
                double[] all = Vector(keep.Operand, frame);
                return Lanes(lane => lane < kept ? all[lane] : keep.MinusInfinity ? double.NegativeInfinity : 0);
            case Apply apply:
                double[][] operands = [.. apply.Operands.Select(value => Vector(value, frame))];
                var arguments = new double[operands.Length];
                return Lanes(lane =>
                {
                    for (int i = 0; i < operands.Length; i++)
                    {
                        arguments[i] = operands[i][lane];
                    }

                    return ScalarEvaluator.Evaluate(apply.Formula, arguments);
                });
            default:
                throw new InvalidOperationException($"{expression.GetType().Name} has no meaning.");
        }
    }

    private static Pointer OfType(Pointer pointer, bool isInteger) => pointer.Block.IsInteger == isInteger
        ? pointer : throw new InvalidOperationException($"{pointer.Block.Name} is read as the wrong type.");

    private double[] All(double value) => Lanes(_ => value);

    private double[] Lanes(Func<int, double> value)
    {
        var vector = new double[lanes];
        for (int lane = 0; lane < lanes; lane++)
        {
            vector[lane] = value(lane);
        }

        return vector;
    }

    private sealed class Frame
    {
        public Dictionary<string, object> Values { get; } = [];

        public T Get<T>(string name) => Values.TryGetValue(name, out object? value) && value is T found
            ? found : throw new InvalidOperationException($"{name} is no {typeof(T).Name} here.");
    }
}
