using NetCompiler.Dynamic.Operations;
using NetCompiler.Dynamic.Tape;

namespace NetCompiler.Dynamic.Layers;

/// <summary>The operations of tensors, by kind: arithmetic with broadcasting, scalar functions, reductions over axes and over the batch.</summary>
internal static class TensorOperations
{
    /// <summary>Applies an operation, or gives null for a kind that is none.</summary>
    public static Value<T>? TryApply<T>(LayerCall<T> call)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (Unary<T>(call.Layer) is { } unary)
        {
            return call.Tape.Apply(unary, call.Input);
        }

        if (Binary<T>(call.Layer.Kind) is { } binary)
        {
            return Fold(call, binary);
        }

        return call.Layer.Kind switch
        {
            "Constant" => Value<T>.Scalar(call.Layer.Real("Value")),
            "Clip" => Clipped(call),
            _ => null,
        };
    }

    private static Operation<T>? Unary<T>(LayerDescription layer)
        where T : unmanaged, IFloatingPointIeee754<T> => layer.Kind switch
        {
            "Negate" => new Negate<T>(),
            "Square" => new Square<T>(),
            "Sqrt" => new Sqrt<T>(),
            "Exp" => new Exp<T>(),
            "Log" => new Log<T>(),
            "Abs" => new Abs<T>(),
            "Reciprocal" => new Reciprocal<T>(),
            "Sigmoid" => new Sigmoid<T>(),
            "Tanh" => new Tanh<T>(),
            "Relu" => new Relu<T>(),
            "Softplus" => new Softplus<T>(),
            "Sum" => new Sum<T>(layer.Axis()),
            "Mean" => new Mean<T>(layer.Axis()),
            "Max" => new MaximumOverAxis<T>(layer.Axis()),
            "BatchSum" => new BatchSum<T>(isMean: false),
            "BatchMean" => new BatchSum<T>(isMean: true),
            "Map" => new ScalarFunction<T>(layer.Function ?? throw new InvalidOperationException($"Map \"{layer.Name}\" carries no function.")),
            _ => null,
        };

    private static Func<Operation<T>>? Binary<T>(string kind)
        where T : unmanaged, IFloatingPointIeee754<T> => kind switch
        {
            "Add" => () => new Add<T>(),
            "Subtract" => () => new Subtract<T>(),
            "Multiply" => () => new Multiply<T>(),
            "Divide" => () => new Divide<T>(),
            "Maximum" => () => new Maximum<T>(),
            "Minimum" => () => new Minimum<T>(),
            "Pow" => () => new Pow<T>(),
            _ => null,
        };

    // Two operands or more, from the left; a second one may be the number of the option Value or Exponent.
    private static Value<T> Fold<T>(LayerCall<T> call, Func<Operation<T>> operation)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        IEnumerable<Value<T>> others = call.Inputs.Skip(1);
        if (call.Inputs.Length == 1)
        {
            others = [Value<T>.Scalar(call.Layer.Real(call.Layer.Options.ContainsKey("Exponent") ? "Exponent" : "Value"))];
        }

        Value<T> result = call.Input;
        foreach (Value<T> other in others)
        {
            (Value<T> left, Value<T> right) = Broadcast<T>.Pair(call.Tape, result, other);
            result = call.Tape.Apply(operation(), left, right);
        }

        return result;
    }

    // The bounds are numbers: options (Minimum and Maximum, or Min and Max), or the second and third operand.
    private static Value<T> Clipped<T>(LayerCall<T> call)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        double low, high;
        if (call.Inputs.Length == 3)
        {
            low = double.CreateChecked(call.Inputs[1].Data[0]);
            high = double.CreateChecked(call.Inputs[2].Data[0]);
        }
        else
        {
            low = call.Layer.Real("Minimum", call.Layer.Real("Min", double.NegativeInfinity));
            high = call.Layer.Real("Maximum", call.Layer.Real("Max", double.PositiveInfinity));
        }

        return call.Tape.Apply(new Clip<T>(low, high), call.Input);
    }
}
