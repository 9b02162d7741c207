using NetCompiler.Generators.Declaration;
using NetCompiler.Generators.Graph;
using NetCompiler.Generators.Graph.Layers;

namespace NetCompiler.Generators.Tests.Graph.Layers;

/// <summary>Shapes, weights and mistakes of the layers of sequences and of several inputs.</summary>
public class SequenceRuleTests
{
    [Theory]
    [InlineData("Lstm", false, false, "(7)", "kernel (4, 28), recurrent_kernel (7, 28), bias (28)")]
    [InlineData("Lstm", true, false, "(5, 7)", "kernel (4, 28), recurrent_kernel (7, 28), bias (28)")]
    [InlineData("Gru", false, false, "(7)", "kernel (4, 21), recurrent_kernel (7, 21), bias (2, 21)")]
    [InlineData("SimpleRnn", false, true, "(14)",
        "forward.kernel (4, 7), forward.recurrent_kernel (7, 7), forward.bias (7), backward.kernel (4, 7), backward.recurrent_kernel (7, 7), backward.bias (7)")]
    public void RecurrentLayers_HaveKerasShapes(string kind, bool returnSequences, bool bidirectional, string shape, string weights)
    {
        LayerSpec layer = Make(kind, ("Units", 7), ("ReturnSequences", returnSequences), ("Bidirectional", bidirectional));
        Assert.Equal(shape, Infer(layer, new Shape(5, 4)).ToString());
        Assert.Equal(weights, Weights(layer, new Shape(5, 4)));
    }

    [Fact]
    public void GruWithResetBefore_HasOneBias() =>
        Assert.Equal("kernel (4, 21), recurrent_kernel (7, 21), bias (21)", Weights(Make("Gru", ("Units", 7), ("ResetAfter", false)), new Shape(5, 4)));

    [Fact]
    public void ForgetGate_StartsAtOneUnlessAskedNotTo()
    {
        WeightSpec bias = LayerRule.Find("Lstm")!.Weights(Make("Lstm", ("Units", 7)), [new Shape(5, 4)]).Last();
        Assert.Equal((7, 14, false), (bias.OnesStart, bias.OnesEnd, bias.Decays));
        bias = LayerRule.Find("Lstm")!.Weights(Make("Lstm", ("Units", 7), ("UnitForgetBias", false)), [new Shape(5, 4)]).Last();
        Assert.Equal(bias.OnesStart, bias.OnesEnd);
    }

    [Fact]
    public void Embeddings_HaveARowPerTokenAndPerStep()
    {
        LayerSpec embedding = Make("Embedding", ("Units", 8)) with { Vocabulary = 50 };
        Assert.Equal(("(7, 8)", "embeddings (50, 8)"), (Infer(embedding, new Shape(7)).ToString(), Weights(embedding, new Shape(7))));
        LayerSpec positions = Make("PositionalEmbedding");
        Assert.Equal(("(7, 8)", "embeddings (7, 8)"), (Infer(positions, new Shape(7, 8)).ToString(), Weights(positions, new Shape(7, 8))));
    }

    [Fact]
    public void Attention_HasKernelsOfAllHeads()
    {
        Assert.Equal(
            "query_kernel (8, 8), key_kernel (8, 8), value_kernel (8, 8), output_kernel (8, 8), query_bias (8), key_bias (8), value_bias (8), output_bias (8)",
            Weights(Make("MultiHeadAttention", ("Heads", 2)), new Shape(5, 8)));
        LayerSpec cross = Make("MultiHeadAttention", ("Heads", 3), ("KeyUnits", 4), ("ValueUnits", 2), ("UseBias", false));
        Assert.Equal("query_kernel (8, 12), key_kernel (6, 12), value_kernel (6, 6), output_kernel (6, 8)", Weights(cross, new Shape(5, 8), new Shape(9, 6)));
        Assert.Equal(new Shape(5, 8), Infer(cross, new Shape(5, 8), new Shape(9, 6)));
    }

    // Those of Keras's compute_fans for its kernels of three axes, (8, 3, 4), (6, 3, 4), (6, 3, 2) and (3, 2, 8): all axes but the last two are a window.
    [Fact]
    public void Attention_StartsWithTheFansOfKeras()
    {
        LayerSpec cross = Make("MultiHeadAttention", ("Heads", 3), ("KeyUnits", 4), ("ValueUnits", 2), ("UseBias", false));
        Assert.Equal([(3 * 8, 4 * 8), (3 * 6, 4 * 6), (3 * 6, 2 * 6), (2 * 3, 8 * 3)], LayerRule.Find("MultiHeadAttention")!.Weights(cross, [new Shape(5, 8), new Shape(9, 6)]).Select(weight => (weight.FanIn, weight.FanOut)));
    }

    [Theory]
    [InlineData("Add", 0, "(4, 5)|(4, 5)|(5)", "(4, 5)")]
    [InlineData("Maximum", 0, "(4, 1)|(1, 5)", "(4, 5)")]
    [InlineData("Concat", -1, "(4, 5)|(4, 2)|(4, 1)", "(4, 8)")]
    [InlineData("Concat", 0, "(4, 5)|(2, 5)", "(6, 5)")]
    [InlineData("Dot", -1, "(10)|(10)", "(1)")]
    [InlineData("Dot", 0, "(4, 5)|(4, 5)", "(5)")]
    [InlineData("MatMul", 0, "(4, 5)|(5, 3)", "(4, 3)")]
    [InlineData("MatMul", 0, "(2, 4, 5)|(2, 5, 3)", "(2, 4, 3)")]
    public void Merges_JoinShapes(string kind, int axis, string inputs, string expected) =>
        Assert.Equal(expected, Infer(Make(kind, ("Axis", axis)), Shapes(inputs)).ToString());

    [Theory]
    [InlineData("Add", 0, "(4, 5)|(4, 5)|(4)", "NC0233: x1, (4, 5), @0, (4), @2, from the last axis on, sizes must be equal or 1")]
    [InlineData("Concat", 0, "(4, 5)|(4, 6)", "NC0233: x1, (4, 5), @0, (4, 6), @1, all sizes but that of axis 0 must be equal")]
    [InlineData("Concat", 2, "(4, 5)|(4, 5)", "NC0312: 2, (4, 5)")]
    [InlineData("Dot", -1, "(10)|(11)", "NC0233: x1, (10), @0, (11), @1, both must be equal")]
    [InlineData("MatMul", 0, "(4, 5)|(4, 3)", "NC0233: x1, (4, 5), @0, (4, 3), @1, (.., m, k) and (.., k, n) are needed, the axes before them equal")]
    [InlineData("MatMul", 0, "(5)|(5)", "NC0233: x1, (5), @0, (5), @1, (.., m, k) and (.., k, n) are needed, the axes before them equal")]
    public void ShapesThatDoNotFit_AreReportedWithBothOrigins(string kind, int axis, string inputs, string expected) =>
        Assert.Equal(expected, Problem(Make(kind, ("Axis", axis)), Shapes(inputs)));

    [Theory]
    [InlineData(1, 1, 3, null)]
    [InlineData(-2, 0, 6, null)]
    [InlineData(2, 0, 1, "NC0312: 2, (6, 5)")]
    [InlineData(0, 6, 1, "NC0201: x1, Start, 6, from 0 to 5, since axis 0 of (6, 5) has 6")]
    [InlineData(0, 4, 3, "NC0201: x1, Length, 3, from 1 to 2, what axis 0 of (6, 5) has from 4 on")]
    public void Slice_StaysInsideItsAxis(int axis, int start, int length, string? expected)
    {
        LayerSpec layer = Make("Slice", ("Axis", axis), ("Start", start), ("Length", length));
        if (expected is null)
        {
            Assert.Equal(length, Infer(layer, new Shape(6, 5))[axis]);
        }
        else
        {
            Assert.Equal(expected, Problem(layer, new Shape(6, 5)));
        }
    }

    [Fact]
    public void Origins_TakeThePlacesOfTheirOperands()
    {
        var problem = new Problem("NC0233", default, "", new[] { "add1", "(4)", "@0", "(5)", "@1", "why" });
        Assert.Equal(["add1", "(4)", "dense1", "(5)", "text", "why", "dense1"], problem.WithOrigins(["dense1", "text"]));
    }

    [Fact]
    public void CausalAttentionOverOtherSteps_IsReported() => Assert.Equal(
        "NC0233: x1, (5, 8), @0, (9, 8), @1, causal attention needs as many steps in both",
        Problem(Make("MultiHeadAttention", ("Heads", 2), ("Causal", true)), new Shape(5, 8), new Shape(9, 8)));

    private static Shape[] Shapes(string text) =>
        [.. text.Split('|').Select(shape => new Shape([.. shape.Trim('(', ')').Split(',').Select(size => int.Parse(size, System.Globalization.CultureInfo.InvariantCulture))]))];

    private static Shape Infer(LayerSpec layer, params Shape[] inputs)
    {
        var problems = new ProblemSink();
        Shape? shape = LayerRule.Find(layer.Kind)!.InferShape(layer, inputs, problems);
        Assert.Empty(problems.Problems);
        return shape!.Value;
    }

    private static string Problem(LayerSpec layer, params Shape[] inputs)
    {
        var problems = new ProblemSink();
        Assert.Null(LayerRule.Find(layer.Kind)!.InferShape(layer, inputs, problems));
        Problem problem = Assert.Single(problems.Problems);
        return $"{problem.Id}: {string.Join(", ", problem.Arguments)}";
    }

    private static string Weights(LayerSpec layer, params Shape[] inputs) =>
        string.Join(", ", LayerRule.Find(layer.Kind)!.Weights(layer, inputs).Select(weight => $"{weight.Name} {weight.Shape}"));

    private static LayerSpec Make(string kind, params (string Name, object Value)[] given) => new(kind, "x1", new[] { 0 },
        [.. LayerRule.Find(kind)!.Options.Select(option => given.FirstOrDefault(value => value.Name == option.Name).Value is { } value
            ? option with { Number = Convert.ToDouble(value, System.Globalization.CultureInfo.InvariantCulture) } : option)], "");
}
