using NetCompiler.Generators.Declaration;
using NetCompiler.Generators.Ops;

namespace NetCompiler.Generators.Graph.Layers;

/// <summary>An elementwise operation of a Forward method, without weights; as loss methods have them too.</summary>
internal sealed class TensorOperationRule : LayerRule
{
    private TensorOperationRule(string kind, params OptionSpec[] options)
    {
        Kind = kind;
        NameStem = kind.ToLowerInvariant();
        Options = options;
    }

    /// <summary>The functions of one value, the quotient and the smaller of two values, and numbers.</summary>
    public static IEnumerable<LayerRule> Rules { get; } =
    [
        new TensorOperationRule("Map"),
        new TensorOperationRule("Negate"),
        new TensorOperationRule("Square"),
        new TensorOperationRule("Sqrt"),
        new TensorOperationRule("Exp"),
        new TensorOperationRule("Log"),
        new TensorOperationRule("Abs"),
        new TensorOperationRule("Sigmoid"),
        new TensorOperationRule("Tanh"),
        new TensorOperationRule("Relu"),
        new TensorOperationRule("Softplus"),
        new TensorOperationRule("Clip", Real("Min", 0), Real("Max", 0)),
        new TensorOperationRule("Pow", Real("Exponent", 0)),
        new TensorOperationRule("Divide"),
        new TensorOperationRule("Minimum"),
        new TensorOperationRule("Constant", Real("Value", 0)),
    ];

    public override string Kind { get; }

    public override string NameStem { get; }

    public override bool TakesScalars => true;

    public override bool KeepsSteps => true;

    public override bool TakesUnbatched => true;

    public override bool IsWeightless => true;

    public override IReadOnlyList<OptionSpec> Options { get; }

    public override Shape? InferShape(LayerSpec layer, IReadOnlyList<Shape> inputs, ProblemSink problems)
    {
        Shape shape = inputs.Count == 0 ? Shape.Scalar : inputs[0];
        for (int i = 1; i < inputs.Count; i++)
        {
            if (Broadcasting.Of(shape, inputs[i]) is not { } both)
            {
                problems.Report("NC0233", "", layer.Name, inputs[0].ToString(), "@0", inputs[i].ToString(), "@" + NumberText.Integer(i), "from the last axis on, sizes must be equal or 1");
                return null;
            }

            shape = both;
        }

        return shape;
    }

    // A step counts where it does in all values.
    public override Node? Mask(LayerSpec layer, IReadOnlyList<Node> inputs, LayerLowering lowering) => inputs.Count == 0 ? null
        : StepMasks.Common(lowering, inputs, InferShape(layer, [.. inputs.Select(input => input.Shape)], new ProblemSink())!.Value);

    public override Node Lower(LayerSpec layer, IReadOnlyList<Node> inputs, LayerLowering lowering) =>
        layer.Kind == "Constant" ? lowering.Builder.Constant(layer.Real("Value")) : lowering.Builder.Apply(Formula(layer), [.. inputs]);

    private static ElementwiseOperation Formula(LayerSpec layer) => layer.Kind switch
    {
        "Divide" => Elementwise.Divide,
        "Minimum" => Elementwise.Minimum,
        "Negate" => Elementwise.Negate,
        "Square" => Elementwise.Square,
        "Sqrt" => Elementwise.Sqrt,
        "Exp" => Elementwise.Exp,
        "Log" => Elementwise.Log,
        "Abs" => Elementwise.Abs,
        "Sigmoid" => Elementwise.Sigmoid,
        "Tanh" => Elementwise.Tanh,
        "Relu" => Elementwise.Relu,
        "Softplus" => Elementwise.Softplus,
        "Clip" => Elementwise.Clip(layer.Real("Min"), layer.Real("Max")),
        "Pow" => Elementwise.Power(layer.Real("Exponent")),
        "Map" => UserFunction.ToOperation(layer.Function!),
        _ => throw new InvalidOperationException($"{layer.Kind} is no operation of tensors."),
    };
}
