using NetCompiler.Generators.Declaration;

namespace NetCompiler.Generators.Graph.Layers;

/// <summary>A weight of the user's own: the same value for every sample.</summary>
internal sealed class ParameterRule : LayerRule
{
    public override string Kind => "Parameter";

    public override string NameStem => "parameter";

    public override bool TakesUnbatched => true;

    public override IReadOnlyList<OptionSpec> Options { get; } =
    [
        IntegerList("Shape"),
        Enumeration("Initializer", "Initializer.GlorotUniform"),
        Real("Scale", double.NaN),
        Real("L1", 0),
        Real("L2", 0),
    ];

    public override Shape? InferShape(LayerSpec layer, IReadOnlyList<Shape> inputs, ProblemSink problems)
    {
        var shape = new Shape([.. layer.Integers("Shape")]);
        if (shape.Rank > 0 && shape.Sizes.All(size => size >= 1))
        {
            return shape;
        }

        problems.Report("NC0210", "Shape", shape.ToString());
        return null;
    }

    /// <summary>One weight without a word of its own: in files it has the parameter's name alone.</summary>
    public override IEnumerable<WeightSpec> Weights(LayerSpec layer, IReadOnlyList<Shape> inputs)
    {
        var shape = new Shape([.. layer.Integers("Shape")]);

        // Keras's fans: of a vector its length, of a matrix its sides, of a kernel of more axes the last two times the others.
        int last = shape.Rank == 0 ? 1 : shape[-1];
        int field = shape.Rank <= 2 ? 1 : (int)Math.Min(int.MaxValue, new Shape([.. shape.Sizes.Take(shape.Rank - 2)]).Length);
        int fanIn = shape.Rank < 2 ? last : shape[-2] * field;
        yield return new WeightSpec("", shape, layer.Enumeration("Initializer"), layer.Real("Scale"), fanIn, shape.Rank < 2 ? last : last * field,
            IsTrainable: true, layer.Real("L1"), layer.Real("L2"))
        {
            Decays = shape.Rank >= 2,
        };
    }

    public override Node Lower(LayerSpec layer, IReadOnlyList<Node> inputs, LayerLowering lowering) => lowering.Weight("");
}
