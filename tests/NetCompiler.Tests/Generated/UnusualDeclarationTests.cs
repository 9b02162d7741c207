using Xunit;

namespace NetCompiler.Tests.Generated;

/// <summary>Declarations that are legal and seldom written, each checked value by value against the interpreter.</summary>
[Trait("Category", "Numeric")]
public sealed class UnusualDeclarationTests
{
    private const int Samples = 7;
    private const double Tolerance = 1e-4;

    private static readonly string[] Declarations =
    [
        // A batch value of two axes, summed over all of them.
        """
        [Network] [Input(4, 3)] [Dense(2)] [Loss(nameof(Judge))]
        public partial class BatchMatrix
        {
            static Tensor Judge(Tensor output, [Input(4, 2)] Tensor target) => (output - target).BatchMean().Square().Sum();
        }
        """,

        // Functions of .NET's, as they are.
        """
        [Network] [Loss(Loss.MeanSquaredError)]
        public partial class NamedFormulas
        {
            static Tensor Forward([Input(5)] Tensor x) => x.Dense(4).Map(System.MathF.Tanh).Dense(3).Map(System.MathF.Exp);
        }
        """,

        // A function that compares a number with itself.
        """
        [Network] [Input(5)] [Dense(3, ActivationMethod = nameof(Known))] [Loss(Loss.MeanSquaredError)]
        public partial class KnownNumbers
        {
            static float Known(float x) => float.IsNaN(x) ? 0 : 2 * x;
        }
        """,

        // And one that compares by order, through a function that is called with one number twice.
        """
        [Network] [Loss(Loss.MeanSquaredError)]
        public partial class SelfOrdered
        {
            static float Larger(float a, float b) => a > b ? a : a >= b ? 2 * b : 3 * b;
            static float Own(float x) => Larger(x, x);
            static Tensor Forward([Input(4)] Tensor x) => x.Dense(3).Map(Own);
        }
        """,

        // A sequence that begins with what another one left: every layer over steps, behind a last state.
        """
        [Network] [Input(6, 3)] [Gru(4)] [RepeatVector(6)] [Gru(5, ReturnSequences = true)] [Dense(3)] [Loss(Loss.MeanSquaredError)]
        public partial class SequenceAutoencoder;
        """,
        """
        [Network] [Loss(Loss.MeanSquaredError)]
        public partial class StepsBehindAState
        {
            static Tensor Forward([Input(5, 3)] Tensor x)
            {
                Tensor kept = x.Gru(4).Reshape([2, 2]);
                Tensor read = kept.PositionalEmbedding().MultiHeadAttention(1, 2).Gru(3, goBackwards: true);
                return read + kept.Lstm(3, bidirectional: true, mergeMode: MergeMode.Sum) + kept.Conv1D(3, 2, padding: Padding.Causal).SimpleRnn(3);
            }
        }
        """,
        """
        [Network] [Loss(Loss.MeanSquaredError)]
        public partial class StepsOfAParameter
        {
            static Tensor Forward([Input(5, 3)] Tensor x) =>
                x.Gru(3, returnSequences: true) + Tensor.Parameter("memory", [2, 3]).Gru(3) + Tensor.Parameter("prompt", [2, 3]).Conv1D(3, 2).Flatten();
        }
        """,

        // Queries, or what they look at, that are the network's own and the same for every sample.
        """
        [Network] [Loss(Loss.MeanSquaredError)]
        public partial class LearnedQueries
        {
            static Tensor Forward([Input(5, 3)] Tensor x) =>
                Tensor.MultiHeadAttention(Tensor.Parameter("queries", [4, 3]), x, 1, 2).GlobalAveragePool1D()
                + Tensor.MultiHeadAttention(x, Tensor.Parameter("slots", [2, 3]), 1, 2).GlobalAveragePool1D();
        }
        """,

        // The user's own bounds stay after a softmax.
        """
        [Network] [Input(5)] [Dense(3, Activation = Activation.Softmax)] [Loss(nameof(Judge))]
        public partial class OwnClip
        {
            static Tensor Judge(Tensor output, [Input(3)] Tensor target) => -(target * output.Clip(0.3, 0.35).Log()).Sum();
        }
        """,

        // A maximum over one of two axes.
        """
        [Network] [Input(4, 3)] [Dense(5, Activation = Activation.Tanh)] [Loss(nameof(Judge))]
        public partial class MaximumOverAxis
        {
            static Tensor Judge(Tensor output, [Input(4)] Tensor target) => (output.Max(-1) - target).Square().Mean();
        }
        """,

        // Six axes, one of them multiplied.
        """
        [Network] [Input(2, 1, 2, 1, 2, 3)] [Dense(4, Activation = Activation.Relu)] [Flatten] [Dense(2)] [Loss(Loss.MeanSquaredError)]
        public partial class SixAxes;
        """,
    ];

    private static readonly string[] Names = ["BatchMatrix", "NamedFormulas", "KnownNumbers", "OwnClip", "MaximumOverAxis", "SixAxes"];

    [Fact]
    public void EachDeclaration_EqualsTheInterpreter()
    {
        CompiledNetworks compiled = CompiledNetworks.Compile(Declarations);
        foreach (string name in Names)
        {
            INetwork network = compiled.Create(name);
            Numbers.Randomize(network, 5);
            float[] input = Numbers.Normal(Samples * network.Description.Inputs[0].Length, 3);
            float[] output = new float[Samples * network.Description.Outputs[0].Length];
            network.Predict([input], [output]);
            Numbers.AssertClose($"{name}: output", DynamicNetwork.From<double>(network).Predict([input])[0], output, Tolerance);
            using ITraining training = network.CreateTraining(Samples, threads: 1);
            Column[] targets = [.. network.Description.Targets.Select(target => (Column)Numbers.Normal(Samples * target.Length, 9))];
            GradientCheck.Run(training, [input], targets);
        }
    }

    [Fact]
    public void PerceptronLoss_FindsTheStep_BehindAReshape()
    {
        CompiledNetworks compiled = CompiledNetworks.Compile(
        [
            "[Network] [Input(4, 3)] [Dense(1, Activation = Activation.Step)] [Loss(Loss.Perceptron)] public partial class Plain;",
            "[Network] [Input(4, 3)] [Dense(1, Activation = Activation.Step)] [Flatten] [Loss(Loss.Perceptron)] public partial class Flat;",
        ]);
        float[] input = Numbers.Normal(Samples * 12, 3), target = [.. Numbers.Normal(Samples * 4, 9).Select(value => value > 0 ? 1f : 0f)];
        float[][] gradients = [.. new[] { "Plain", "Flat" }.Select(name =>
        {
            INetwork network = compiled.Create(name);
            Numbers.Randomize(network, 5);
            using ITraining training = network.CreateTraining(Samples, threads: 1);
            input.CopyTo(training.FloatInput(0));
            target.CopyTo(training.FloatTarget(0));
            training.ComputeGradients(Samples);
            return training.Gradients.ToArray();
        })];
        Assert.Contains(gradients[0], value => value != 0);
        Assert.Equal(gradients[0], gradients[1]);
    }

    [Fact]
    public void TypesOfTheUsers_NamedLikeOurs_DoNotMatter() => CompiledNetworks.Compile(
    [
        "namespace App { public static class VectorMath; public static class RandomKernel; public static class PackedWeights; public static class Arguments; }",
        """
        namespace App { [Network] [Input(3)] [Dense(20, Activation = Activation.Tanh)] [Dropout(0.5)] [Dense(1, Activation = Activation.Sigmoid)] [Loss(Loss.BinaryCrossentropy)] public partial class Shadowed; }
        """,
    ]);

    [Theory]
    [InlineData("record")]
    [InlineData("async")]
    [InlineData("where")]
    public void NamesThatAreWordsOfTheLanguage_AreNames(string name)
    {
        INetwork network = CompiledNetworks.Compile([$"[Network] [Input(3)] [Dense(2)] [Loss(Loss.MeanSquaredError)] public partial class @{name};"]).Create(name);
        Assert.Equal(name, network.Description.Name);
    }

    [Fact]
    public void NetworksWhoseNamesDifferInCase_AreBothGenerated()
    {
        CompiledNetworks compiled = CompiledNetworks.Compile(
        [
            "[Network] [Input(3)] [Dense(2)] [Loss(Loss.MeanSquaredError)] public partial class Twin;",
            "[Network] [Input(3)] [Dense(4)] [Loss(Loss.MeanSquaredError)] public partial class TWIN;",
        ]);
        Assert.Equal(2, compiled.Create("Twin").Description.Outputs[0].Length);
        Assert.Equal(4, compiled.Create("TWIN").Description.Outputs[0].Length);
    }

    [Theory]
    [InlineData("[Dense(3, Activation = Activation.Softmax)] [Reshape(3)]", true)]
    [InlineData("[Dense(4, Activation = Activation.Softmax)] [Reshape(2, 2)]", false)]
    [InlineData("[Dense(1, Activation = Activation.Sigmoid)] [Activation(Activation.Linear)]", true)]
    public void Classify_IsThere_WhereTheLastAxisIsADistribution(string layers, bool isThere)
    {
        string name = "Judged" + Math.Abs(layers.GetHashCode(StringComparison.Ordinal));
        INetwork network = CompiledNetworks.Compile([$"[Network] [Input(3)] {layers} public partial class {name};"]).Create(name);
        Assert.Equal(isThere, network.GetType().GetMethods().Any(method => method.Name == "Classify"));
    }

    [Fact]
    public void TheArchitecturesHash_DoesNotDependOnTheCulture()
    {
        const string Source = "[Network] [Input(8)] [Reshape(-1, 4)] [Dense(2)] public partial class Shaped;";
        string plain = CompiledNetworks.Compile([Source]).Create("Shaped").Description.ArchitectureHash;
        System.Globalization.CultureInfo before = System.Globalization.CultureInfo.CurrentCulture;
        try
        {
            var other = (System.Globalization.CultureInfo)System.Globalization.CultureInfo.InvariantCulture.Clone();
            other.NumberFormat.NegativeSign = "\u2212";
            System.Globalization.CultureInfo.CurrentCulture = other;
            Assert.Equal(plain, CompiledNetworks.Compile([Source]).Create("Shaped").Description.ArchitectureHash);
        }
        finally
        {
            System.Globalization.CultureInfo.CurrentCulture = before;
        }
    }
}
