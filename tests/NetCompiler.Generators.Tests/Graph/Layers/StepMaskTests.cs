using NetCompiler.Generators.Graph;
using NetCompiler.Generators.Tests.Common;

namespace NetCompiler.Generators.Tests.Graph.Layers;

/// <summary>Padded steps count for nothing: a padded sequence gives what the shorter one gives, and the padding's embedding has no gradient.</summary>
public class StepMaskTests
{
    private const int Padding = 1, Vocabulary = 5, Samples = 4;

    /// <summary>The same sums in another order.</summary>
    private const double Tolerance = 1e-12;

    private static readonly double[][] Sequences = [[3, 0, 2, 4, 0, 2], [Padding, 3, 0, Padding, Padding, 4], [2, Padding, Padding, Padding, Padding, Padding], [Padding, Padding, Padding, Padding, 3, 0]];

    [Theory]
    [InlineData("SimpleRnn", "")]
    [InlineData("Lstm", "")]
    [InlineData("Lstm", "GoBackwards")]
    [InlineData("Lstm", "Bidirectional")]
    [InlineData("Gru", "")]
    public void RecurrentLayers_SkipMaskedSteps(string kind, string option)
    {
        CompiledNetwork Network(int steps)
        {
            var spec = new FreeSpec();
            int x = spec.Layer("Embedding", spec.Tokens("input", steps, Vocabulary, Padding), ("Units", 3));
            int first = spec.Layer(kind, spec.Layer("Dense", x, ("Units", 3)), ("Units", 2), ("ReturnSequences", 1), (option, 1));
            return new CompiledNetwork(spec.Output("output", spec.Layer(kind, first, ("Units", 3), (option, 1))).Build());
        }

        foreach (double[] sequence in Sequences)
        {
            double[] shorter = [.. sequence.Where(token => token != Padding)];
            Assert.Equal(Output(Network(shorter.Length), shorter), Output(Network(sequence.Length), sequence), Close);
        }
    }

    [Fact]
    public void MaskedStep_RepeatsTheOutputBeforeIt()
    {
        var spec = new FreeSpec();
        int x = spec.Layer("Embedding", spec.Tokens("input", 4, Vocabulary, Padding), ("Units", 3));
        var network = new CompiledNetwork(spec.Output("output", spec.Layer("Gru", x, ("Units", 2), ("ReturnSequences", 1))).Build());
        double[] output = Output(network, [Padding, 2, Padding, 3]);
        Assert.Equal([0, 0], output[..2]);
        Assert.Equal(output[2..4], output[4..6]);
        Assert.NotEqual(output[2..4], output[6..8]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Attention_SeesNoMaskedStep(bool causal)
    {
        CompiledNetwork Network(int steps)
        {
            var spec = new FreeSpec();
            int x = spec.Layer("Embedding", spec.Tokens("input", steps, Vocabulary, Padding), ("Units", 4));
            return new CompiledNetwork(spec.Output("output", spec.Layer("MultiHeadAttention", x, ("Heads", 2), ("Causal", causal))).Build());
        }

        // Padding in front would let its own queries see nothing; it is the others that are compared.
        double[] sequence = [3, Padding, 0, 2, Padding], shorter = [3, 0, 2];
        double[] padded = Output(Network(5), sequence), plain = Output(Network(3), shorter);
        int[] kept = [0, 2, 3];
        Assert.Equal(plain, kept.SelectMany(step => padded.Skip(4 * step).Take(4)), Close);
    }

    [Theory]
    [InlineData("Linear", "MeanSquaredError", false)]
    [InlineData("Sigmoid", "BinaryCrossentropy", false)]
    [InlineData("Linear", "SparseCategoricalCrossentropy", true)]
    [InlineData("Softmax", "CategoricalCrossentropy", false)]
    public void LossPerStep_LeavesMaskedStepsOut(string activation, string loss, bool fromLogits)
    {
        CompiledNetwork Network(int steps)
        {
            var spec = new FreeSpec();
            int x = spec.Layer("Embedding", spec.Tokens("input", steps, Vocabulary, Padding), ("Units", 3));
            int y = spec.Layer("Dense", spec.Layer("Dropout", x, ("Rate", 0.0)), ("Units", 3), ("Activation", "Activation." + activation));
            return new CompiledNetwork(spec.Output("output", y).Loss(loss, fromLogits).Build());
        }

        double[] targets = [1, 0, 2, 0, 1, 2];
        double Loss(CompiledNetwork network, double[] tokens, double[] target) => GraphInterpreter.Result(
            network.Loss!, Run(network, network.Loss!, tokens, loss.StartsWith("Sparse", StringComparison.Ordinal) ? target : [.. target.SelectMany(t => new[] { t / 4, t / 8, 0.5 - (t / 8) })]), ResultRole.LossPart, 0)!.Single();
        foreach (double[] sequence in Sequences)
        {
            double[] shorter = [.. sequence.Where(token => token != Padding)], shorterTargets = [.. targets.Where((_, i) => sequence[i] != Padding)];
            Assert.Equal(Loss(Network(shorter.Length), shorter, shorterTargets), Loss(Network(6), sequence, targets), Tolerance * 10);
        }

        Assert.Equal(0, Loss(Network(6), [.. Enumerable.Repeat((double)Padding, 6)], targets));
    }

    [Theory]
    [InlineData("Lstm")]
    [InlineData("Gru")]
    [InlineData("Bidirectional")]
    [InlineData("MultiHeadAttention")]
    [InlineData("Add")]
    [InlineData("Concat")]
    [InlineData("Join")]
    [InlineData("Slice")]
    public void PaddingsEmbedding_HasNoGradient(string layer)
    {
        var spec = new FreeSpec();
        int tokens = spec.Tokens("input", 6, Vocabulary, Padding), others = spec.Input("others", 2, 4);
        int x = spec.Layer("Embedding", tokens, ("Units", 4));
        int positions = spec.Layer("PositionalEmbedding", x);
        int inner = layer switch
        {
            "MultiHeadAttention" => spec.Layer(layer, positions, ("Heads", 2)),
            "Add" => spec.Layer("Add", null, [x, positions]),
            "Concat" => spec.Layer("Concat", null, [positions, x]),
            "Join" => spec.Layer("Concat", null, [positions, others], ("Axis", 0)),
            "Slice" => spec.Layer("Slice", spec.Layer("Slice", x, ("Axis", 0), ("Start", 1), ("Length", 4)), ("Axis", 1), ("Start", 1), ("Length", 2)),
            "Bidirectional" => spec.Layer("Lstm", x, ("Units", 2), ("ReturnSequences", 1), ("Bidirectional", 1)),
            _ => spec.Layer(layer, x, ("Units", 2), ("ReturnSequences", 1)),
        };
        var network = new CompiledNetwork(spec.Output("output", spec.Layer("Dense", spec.Layer("Activation", inner, ("Activation", "Activation.Tanh")), ("Units", 2))).Loss("MeanSquaredError").Build());
        var data = new NetworkData(network.Plan, Samples, seed: 5);
        IReadOnlyDictionary<Node, double[]> values = GraphInterpreter.Run(network.Gradients!, data);
        double[] gradient = GraphInterpreter.Result(network.Gradients!, values, ResultRole.ParameterGradient, 0)!;
        Assert.All(gradient[(4 * Padding)..(4 * (Padding + 1))], value => Assert.Equal(0, value));
        Assert.Contains(gradient[..4], value => value != 0);
    }

    [Fact]
    public void Flatten_ForgetsTheMask()
    {
        var spec = new FreeSpec();
        int x = spec.Layer("Embedding", spec.Tokens("input", 6, Vocabulary, Padding), ("Units", 2));
        var network = new CompiledNetwork(spec.Output("output", spec.Layer("Dense", spec.Layer("Flatten", x), ("Units", 2))).Loss("MeanSquaredError").Build());
        Assert.DoesNotContain(network.Loss!.Nodes, node => node.Operation.Name == "not_equal");
    }

    private static bool Close(double a, double b) => Math.Abs(a - b) <= Tolerance * (1 + Math.Abs(a));

    private static double[] Output(CompiledNetwork network, double[] tokens) =>
        GraphInterpreter.Result(network.Inference, Run(network, network.Inference, tokens, []), ResultRole.Output, 0)!;

    private static IReadOnlyDictionary<Node, double[]> Run(CompiledNetwork network, NetworkGraph graph, double[] tokens, double[] target)
    {
        return new GraphInterpreter(1, input => input.Role switch
        {
            InputRole.Tokens => tokens,
            InputRole.Target => target,
            InputRole.SampleScale => [1],
            _ => Weight(network, input.Index),
        }).Run(graph);
    }

    // The same for every number of steps.
    private static double[] Weight(CompiledNetwork network, int index)
    {
        var random = new Random(index);
        return [.. Enumerable.Range(0, (int)network.Plan.Weights[index].Spec.Shape.Length).Select(_ => (2 * random.NextDouble()) - 1)];
    }
}
