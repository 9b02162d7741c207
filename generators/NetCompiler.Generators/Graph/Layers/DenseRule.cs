using NetCompiler.Generators.Declaration;

namespace NetCompiler.Generators.Graph.Layers;

/// <summary>y = activation(x W + b) over the last axis; W is (in, units).</summary>
internal sealed class DenseRule : LayerRule
{
    // One for each axis that is carried along: all letters but those of the batch, the inputs and the outputs.
    private const string RowLabels = "tuvwxyzacdefghijlmopqrs";

    public override string Kind => "Dense";

    public override string NameStem => "dense";

    public override bool KeepsSteps => true;

    public override IReadOnlyList<OptionSpec> Options { get; } =
    [
        Integer("Units", 0),
        Enumeration("Activation", "Activation.Linear"),
        Real("ActivationAlpha", double.NaN),
        Text("ActivationMethod", ""),
        Boolean("UseBias", true),
        Enumeration("KernelInitializer", "Initializer.GlorotUniform"),
        Real("KernelScale", double.NaN),
        Enumeration("BiasInitializer", "Initializer.Zeros"),
        Real("BiasScale", double.NaN),
        Real("KernelL1", 0),
        Real("KernelL2", 0),
        Real("BiasL1", 0),
        Real("BiasL2", 0),
    ];

    public override Shape? InferShape(LayerSpec layer, IReadOnlyList<Shape> inputs, ProblemSink problems)
    {
        int units = layer.Integer("Units");
        if (units < 1)
        {
            problems.Report("NC0201", "Units", layer.Name, "Units", NumberText.Integer(units), "at least 1");
            return null;
        }

        Shape input = inputs[0];
        if (input.Rank == 0)
        {
            problems.Report("NC0202", "", layer.Name, input.ToString());
            return null;
        }

        return new Shape([.. input.Sizes.Take(input.Rank - 1), units]);
    }

    public override IEnumerable<WeightSpec> Weights(LayerSpec layer, IReadOnlyList<Shape> inputs)
    {
        int units = layer.Integer("Units"), features = inputs[0][-1];
        yield return new WeightSpec("kernel", new Shape(features, units), layer.Enumeration("KernelInitializer"), layer.Real("KernelScale"),
            features, units, IsTrainable: true, layer.Real("KernelL1"), layer.Real("KernelL2"))
        {
            Decays = true,
        };
        if (layer.Boolean("UseBias"))
        {
            yield return new WeightSpec("bias", new Shape(units), layer.Enumeration("BiasInitializer"), layer.Real("BiasScale"),
                features, units, IsTrainable: true, layer.Real("BiasL1"), layer.Real("BiasL2"));
        }
    }

    public override Node Lower(LayerSpec layer, IReadOnlyList<Node> inputs, LayerLowering lowering)
    {
        // y = activation(x W + b); every axis but the last is carried along.
        GraphBuilder builder = lowering.Builder;
        string rows = "b" + RowLabels.Substring(0, inputs[0].Shape.Rank - 1);
        Node y = builder.Contract(rows + "k", "kn", rows + "n", inputs[0], lowering.Weight("kernel"));
        if (layer.Boolean("UseBias"))
        {
            y = builder.Add(y, lowering.Weight("bias"));
        }

        return ActivationLowering.Apply(builder, layer, y);
    }
}
