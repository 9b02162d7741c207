using NetCompiler.Dynamic.Operations;
using NetCompiler.Dynamic.Tape;

namespace NetCompiler.Dynamic.Layers;

/// <summary>The operations of tensors, by kind: arithmetic with broadcasting, scalar functions, reductions over axes and over the batch.</summary>
internal static class TensorOperations
{
    private static readonly HashSet<string> Elementwise =
    [
        "Negate", "Square", "Sqrt", "Exp", "Log", "Abs", "Reciprocal", "Sigmoid", "Tanh", "Relu", "Softplus", "Map", "Clip",
        "Add", "Subtract", "Multiply", "Divide", "Maximum", "Minimum", "Pow",
    ];

    /// <summary>Whether a kind works element by element, on one operand or on several.</summary>
    public static bool IsElementwise(string kind) => Elementwise.Contains(kind);

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
            "Average" => call.Apply(new ScaledByNumber<T>(1.0 / call.Inputs.Length), Fold(call, () => new Add<T>())),
            "Sum" => Reduced(call, axis => new Sum<T>(axis)),
            "Mean" => Reduced(call, axis => new Mean<T>(axis)),
            "Max" => Reduced(call, axis => new MaximumOverAxis<T>(axis)),
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
            "BatchSum" => new BatchSum<T>(isMean: false),
            "BatchMean" => new BatchSum<T>(isMean: true),
            "Map" => new ScalarFunction<T>(layer.Function ?? throw new InvalidOperationException($"Map \"{layer.Name}\" carries no function.")),
            _ => null,
        };

    private static Func<BinaryOperation<T>>? Binary<T>(string kind)
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
    private static Value<T> Fold<T>(LayerCall<T> call, Func<BinaryOperation<T>> operation)
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
            result = call.Apply(operation(), result, other);
        }

        return result;
    }

    // Several axes one after the other, the last first, so that the others keep their places; no axis means all.
    private static Value<T> Reduced<T>(LayerCall<T> call, Func<int?, Operation<T>> reduction)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Value<T> result = call.Input;
        int rank = result.Shape.Length;
        int[] axes = call.Layer.Integers("Axis");
        if (axes.Length == 0)
        {
            return call.Apply(reduction(null), result);
        }

        foreach (int axis in axes.Select(axis => axis < 0 ? axis + rank : axis).Distinct().OrderDescending())
        {
            result = call.Apply(reduction(axis), result);
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
