using NetCompiler.Generators.Graph;
using NetCompiler.Generators.Graph.Losses;
using NetCompiler.Generators.Ops;
using NetCompiler.Generators.Passes;
using NetCompiler.Generators.Tests.Common;
using NetCompiler.Generators.Tests.Graph;

namespace NetCompiler.Generators.Tests.Passes;

/// <summary>What each rewriting makes of a small graph, as text.</summary>
public class PassTests
{
    private readonly GraphBuilder _builder = new();

    [Fact]
    public void SoftmaxUnderSparseCrossentropy_BecomesOneHotMinusProbability()
    {
        NetworkGraph graph = new CompiledNetwork(SpecBuilder.Input(2).Dense(3, "Softmax").Loss("SparseCategoricalCrossentropy").Build()).Graphs.Gradients();
        string text = GraphPrinter.Print(graph);
        Assert.DoesNotContain("clip", text, StringComparison.Ordinal);
        Assert.DoesNotContain("log ", text, StringComparison.Ordinal);

        // The gradient of the logits: the one value that the gradients of weights and inputs share.
        Node logits = graph.Results.First(result => result.Role == ResultRole.InputGradient).Node.Operands[0];
        Assert.Equal("flush", logits.Operation.Name);
        Assert.Equal("(equal - softmax) * (SampleScale[0] * -1)", Formula(logits.Operands[0], depth: 2));
    }

    [Fact]
    public void SigmoidUnderBinaryCrossentropy_BecomesProbabilityMinusTarget()
    {
        NetworkGraph graph = new CompiledNetwork(SpecBuilder.Input(2).Dense(3, "Sigmoid").Loss("BinaryCrossentropy").Build()).Graphs.Gradients();
        string text = GraphPrinter.Print(graph);
        Assert.Contains("binary_crossentropy_from_logits", text, StringComparison.Ordinal);
        Assert.DoesNotContain("clip", text, StringComparison.Ordinal);
        Node gradient = graph.Nodes.Single(node => node.Operation.Name == "d0.binary_crossentropy_from_logits");
        Assert.Equal("a * (b < -69.07755278982137 ? -c : (sigmoid(b) - c))", ((ElementwiseNodeOperation)gradient.Operation).Function.Value.ToString());
    }

    [Fact]
    public void Softmax_IsLoweredToWhatCannotOverflow()
    {
        Node x = Feature(3);
        Assert.Equal(
            """
            %0 = Feature[0] : batch x (3)
            %1 = reduce_max_lastaxis %0 : batch x (1)
            %2 = subtract %0, %1 : batch x (3)
            %3 = exp %2 : batch x (3)
            %4 = reduce_sum_lastaxis %3 : batch x (1)
            %5 = reciprocal %4 : batch x (1)
            %6 = multiply %3, %5 : batch x (3)
            Output[0] = %6

            """,
            Print(LowerSoftmax.Run(Asked(_builder.Softmax(x, logarithm: false)))));
    }

    [Fact]
    public void LogarithmOfClippedSoftmax_IsLogSoftmax() => Simplified(
        "%0 = Feature[0] : batch x (3)\n%1 = log_softmax %0 : batch x (3)\nOutput[0] = %1\n",
        x => _builder.Apply(Elementwise.Log, _builder.Apply(Elementwise.Clip(1e-7, 1), _builder.Softmax(x, logarithm: false))));

    [Fact]
    public void NeutralOperands_Vanish() => Simplified(
        "%0 = Feature[0] : batch x (3)\n%1 = exp %0 : batch x (3)\nOutput[0] = %1\n",
        x => _builder.Add(_builder.Subtract(_builder.Apply(Elementwise.Divide, _builder.Multiply(_builder.Constant(1), _builder.Apply(Elementwise.Exp, x)), _builder.Constant(1)), _builder.Constant(0)), _builder.Constant(0)));

    [Fact]
    public void Constants_AreFoldedAndGathered() => Simplified(
        "%0 = Feature[0] : batch x (3)\n%1 = 6 : ()\n%2 = multiply %0, %1 : batch x (3)\nOutput[0] = %2\n",
        x => _builder.Multiply(_builder.Multiply(x, _builder.Constant(2)), _builder.Add(_builder.Constant(1), _builder.Constant(2))));

    [Fact]
    public void BroadcastOfAnOperand_IsImplicit() => Simplified(
        "%0 = Feature[0] : batch x (3)\n%1 = Parameter[0] : (3)\n%2 = add %1, %0 : batch x (3)\nOutput[0] = %2\n",
        x => _builder.Add(_builder.Broadcast(_builder.Input(InputRole.Parameter, 0, new Shape(3), isBatched: false), x.Shape, isBatched: true), x));

    [Fact]
    public void CommonFactors_AreTakenOut() => Simplified(
        "%0 = Feature[0] : batch x (3)\n%1 = exp %0 : batch x (3)\n%2 = tanh %0 : batch x (3)\n%3 = subtract %1, %2 : batch x (3)\n%4 = multiply %3, %0 : batch x (3)\nOutput[0] = %4\n",
        x => _builder.Subtract(_builder.Multiply(_builder.Apply(Elementwise.Exp, x), x), _builder.Multiply(x, _builder.Apply(Elementwise.Tanh, x))));

    [Fact]
    public void ProductOverOneOutput_IsElementwise() => Simplified(
        "%0 = Feature[0] : batch x (1)\n%1 = Parameter[0] : (4, 1)\n%2 = reshape(4) %1 : (4)\n%3 = multiply %0, %2 : batch x (4)\nOutput[0] = %3\n",
        x => _builder.Contract("bn", "kn", "bk", x, _builder.Input(InputRole.Parameter, 0, new Shape(4, 1), isBatched: false)), features: 1);

    [Fact]
    public void ReshapesInARow_AreOne() => Simplified(
        "%0 = Feature[0] : batch x (6)\n%1 = exp %0 : batch x (6)\n%2 = reshape(6, 1) %1 : batch x (6, 1)\nOutput[0] = %2\n",
        x => _builder.Reshape(_builder.Reshape(_builder.Apply(Elementwise.Exp, x), new Shape(2, 3)), new Shape(6, 1)), features: 6);

    [Fact]
    public void SumOverClassesOfOneHot_IsTheFactor() => Simplified(
        "%0 = Feature[0] : batch x (3)\n%1 = Target[0] : batch x (1)\n%2 = exp %1 : batch x (1)\nOutput[0] = %2\n",
        x =>
        {
            Node target = _builder.Input(InputRole.Target, 0, new Shape(1), isBatched: true);
            Node oneHot = _builder.Apply(Elementwise.Equal, _builder.Iota(3), target);
            return _builder.Reduce(ReduceKind.Sum, ReduceExtent.LastAxis, _builder.Multiply(oneHot, _builder.Apply(Elementwise.Exp, target)));
        },
        keepsFeature: false);

    [Fact]
    public void DeadValues_AreDropped()
    {
        Node x = Feature(3), y = _builder.Apply(Elementwise.Exp, x);
        _builder.Apply(Elementwise.Tanh, y);
        NetworkGraph graph = EliminateDeadValues.Run(Asked(y));
        Assert.Equal([x, y], graph.Nodes);
    }

    [Fact]
    public void BinaryCrossentropyWithoutSigmoid_IsClipped()
    {
        NetworkGraph graph = new CompiledNetwork(SpecBuilder.Input(2).Dense(3, "HardSigmoid").Loss("BinaryCrossentropy").Build()).Graphs.Loss();
        Assert.Contains(graph.Nodes, node => node.Operation is ElementwiseNodeOperation elementwise && elementwise.Function == LossLowering.BinaryCrossentropy);
    }

    private static string Formula(Node node, int depth) => depth == 0 || node.Operation is not ElementwiseNodeOperation || node.Operands.Count != 2 || node.Operation.Name is not ("multiply" or "subtract")
        ? node.Operation.Name
        : (node.Operation.Name, Formula(node.Operands[0], depth - 1), Formula(node.Operands[1], depth - 1)) is var (name, a, b) && name == "multiply" ? $"{Bracket(a)} * {Bracket(b)}" : $"{a} - {b}";

    private static string Bracket(string formula) => formula.Contains(' ', StringComparison.Ordinal) ? $"({formula})" : formula;

    private static string Print(NetworkGraph graph) => GraphPrinter.Print(GraphVerifier.Verify(graph, "test"));

    private static NetworkGraph Asked(GraphBuilder builder, Node node) => new(builder.Nodes, [new GraphResult(ResultRole.Output, 0, node)]);

    private NetworkGraph Asked(Node node) => Asked(_builder, node);

    private Node Feature(int features) => _builder.Input(InputRole.Feature, 0, new Shape(features), isBatched: true);

    // The text after, and that the values are those of before.
    private void Simplified(string expected, Func<Node, Node> make, int features = 3, bool keepsFeature = true)
    {
        NetworkGraph before = GraphVerifier.Verify(Asked(make(Feature(features))), "building"), after = SimplifyGraph.Run(before);
        string text = keepsFeature ? expected : string.Concat(expected.Split('\n')[1..^1].Select(line => line + "\n"));
        Assert.Equal(Numbered(text), Numbered(Print(after)));
        double[] Given(InputOperation input) => input.Role switch
        {
            InputRole.Target => [2, 0],
            InputRole.Parameter => [0.3, -0.4, 0.5, -0.6],
            _ => [.. Enumerable.Range(0, 2 * features).Select(i => (0.3 * i) - 0.5)],
        };
        double[] Value(NetworkGraph graph) => new GraphInterpreter(2, input => input.Role == InputRole.Parameter ? Given(input)[..(features == 1 ? 4 : 3)] : Given(input)).Run(graph)[graph.Results[0].Node];
        Assert.Equal(Value(before), Value(after), (a, b) => Math.Abs(a - b) < 1e-12);
    }

    // Numbers in order of appearance, so that texts say what matters.
    private static string Numbered(string text)
    {
        var numbers = new Dictionary<string, int>();
        return System.Text.RegularExpressions.Regex.Replace(text, @"%\d+", match =>
        {
            numbers.TryAdd(match.Value, numbers.Count);
            return $"%{numbers[match.Value]}";
        });
    }
}
