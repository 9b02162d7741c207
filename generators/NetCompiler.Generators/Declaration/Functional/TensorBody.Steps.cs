using Microsoft.CodeAnalysis.Operations;
using NetCompiler.Generators.Graph;
using NetCompiler.Generators.Graph.Layers;

namespace NetCompiler.Generators.Declaration.Functional;

/// <content>
/// TimeDistributed. Inside its block tensors have the shape of one step. A layer that works on each place of the last axis does so on all
/// steps at once; any other is called on every step, with the weights of the first. Steps that do not count stay so.
/// </content>
internal sealed partial class TensorBody
{
    private static readonly HashSet<string> OfEachPlace =
    [
        "Dense", "Activation", "Dropout", "GaussianNoise", "LayerNormalization", "RmsNormalization", "BatchNormalization", "Map", "Negate", "Square", "Sqrt", "Exp", "Log", "Abs",
        "Sigmoid", "Tanh", "Relu", "Softplus", "Clip", "Pow", "Constant", "Parameter",
    ];

    private static readonly HashSet<string> OfEqualShapes = ["Add", "Subtract", "Multiply", "Divide", "Maximum", "Minimum", "Average"];

    /// <summary>The block over every step of the first axis, with the same weights.</summary>
    private Evaluated? Distribute(IInvocationOperation call, Scope scope)
    {
        if (call.Instance is not { } instance || Evaluate(instance, scope) is not { } self || Arguments(call, scope) is not { } arguments)
        {
            return null;
        }

        if (self is not TensorValue { IsPerStep: false } sequence || arguments[0] is not BlockValue block)
        {
            return Unsupported(call, "TimeDistributed of a sequence, outside of another TimeDistributed, with a method from one step to one step");
        }

        if (layers.ShapeOf(sequence.Index) is not { } shape)
        {
            return Silent();
        }

        if (shape.Rank < 2 || layers.IsToken(sequence.Index))
        {
            string repair = layers.IsToken(sequence.Index) ? "write Embedding before it" : SequenceChecks.Advice(shape, layers.LastStepOf(sequence.Index));
            return Fail("NC0230", new ExpressionPlace(call).Of("", reading.CancellationToken), "TimeDistributed", shape.ToString(), repair, layers.OriginOf(sequence.Index));
        }

        return Call(block, [sequence with { IsPerStep = true }], call) switch
        {
            null => null,
            TensorValue { IsPerStep: true } result => result with { IsPerStep = false },
            _ => Unsupported(call, "a method whose result depends on the step"),
        };
    }

    /// <summary>A layer inside TimeDistributed.</summary>
    private Evaluated? AddToSteps(LayerRule rule, TensorValue[] operands, LayerCall call)
    {
        Shape?[] shapes = [.. operands.Select(ShapeOf)];
        if (shapes.Contains(null))
        {
            return Silent();
        }

        // A number stands for itself in each step; a step that is one number does not.
        bool isOfEach = OfEachPlace.Contains(rule.Kind) && shapes.All(shape => shape!.Value.Rank > 0);
        int whole = Array.FindIndex(operands, operand => operand.IsPerStep);
        if (isOfEach || (OfEqualShapes.Contains(rule.Kind) && shapes.Zip(operands, (shape, operand) => shape == shapes[whole] || (shape!.Value.Rank == 0 && !operand.IsPerStep)).All(fits => fits)))
        {
            return AddLayer(rule, operands, call) is TensorValue all ? all with { IsPerStep = true } : null;
        }

        int steps = layers.ShapeOf(operands[whole].Index)!.Value[0];
        var first = new SharedLayers();
        var results = new TensorValue[steps];
        for (int step = 0; step < steps; step++)
        {
            TensorValue[] own = new TensorValue[operands.Length];
            for (int i = 0; i < own.Length; i++)
            {
                if ((operands[i].IsPerStep ? At(operands[i], step, shapes[i]!.Value, call) : operands[i]) is not { } value)
                {
                    return null;
                }

                own[i] = value;
            }

            _sharedCalls.Add(new SharedCall(first, rule.Kind, call.Place.Of("", reading.CancellationToken), isRecording: step == 0));
            Evaluated? result = AddLayer(rule, own, call);
            _sharedCalls.RemoveAt(_sharedCalls.Count - 1);
            if (result is not TensorValue tensor || layers.ShapeOf(tensor.Index) is null)
            {
                return Silent();
            }

            results[step] = tensor;
        }

        return AddLayer(LayerRule.Find("Steps")!, [operands[whole] with { IsPerStep = false }, .. results], call.For()) is TensorValue joined ? joined with { IsPerStep = true } : null;
    }

    private TensorValue? At(TensorValue sequence, int step, Shape shape, LayerCall call)
    {
        OptionSpec[] place = [.. LayerRule.Find("Slice")!.Options.Select(option => option with { Number = option.Name == "Start" ? step : option.Name == "Length" ? 1 : 0 })];
        return AddLayer(LayerRule.Find("Slice")!, [sequence with { IsPerStep = false }], call.For(place)) is TensorValue slice
            ? shape.Rank == 0 ? Reshape(slice, new Shape(1), call) : Reshape(slice, shape, call)
            : null;
    }

    private TensorValue? Reshape(TensorValue tensor, Shape shape, LayerCall call)
    {
        LayerRule rule = LayerRule.Find("Reshape")!;
        return AddLayer(rule, [tensor], call.For(rule.Options[0] with { Integers = shape.Sizes })) as TensorValue;
    }
}
