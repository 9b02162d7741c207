using NetCompiler.Dynamic;
using Xunit;

namespace NetCompiler.Tests.Generated;

/// <summary>Dropout and noise by value: the loss and all gradients of a step equal the interpreter's, which takes the same random numbers from the seed and the step.</summary>
[Trait("Category", "Numeric")]
public sealed class RandomLayerTests
{
    private const int Samples = 19;

    private static readonly (string Name, string Input, string Forward)[] Networks =
    [
        ("Vectors", "Input(21)", "x.Dropout(0.4).Dense(3)"),
        ("OneValue", "Input(4)", "x.Dense(1).Dropout(0.5).Dense(3)"),
        ("Sequences", "Input(5, 18)", "x.Dropout(0.25).Dense(2).Flatten()"),
        ("StepsOfOneValue", "Input(5, 1)", "x.Dropout(0.25).Dense(2).Flatten()"),
        ("Images", "Input(4, 3, 5)", "x.Conv2D(7, 2).Dropout(0.3).Flatten().Dense(3)"),
        ("Noise", "Input(4, 17)", "x.GaussianNoise(0.3).Dense(2).Flatten()"),
        ("NoiseOnOneValue", "Input(4)", "x.Dense(1).GaussianNoise(0.5).Dense(3)"),
        ("NoiseOnStepsOfOneValue", "Input(4, 1)", "x.GaussianNoise(0.5).Flatten().Dense(3)"),
        ("Attention", "Input(6, 5)", "x.MultiHeadAttention(2, 3, dropout: 0.3).Flatten()"),
        ("AttentionToOneStep", "Input(1, 5)", "x.MultiHeadAttention(2, 3, dropout: 0.3).Flatten()"),
        ("CrossAttention", "Input(6, 5)", "Tensor.MultiHeadAttention(x, x.Slice(0, 1, 3), 2, 3, dropout: 0.3).Flatten()"),
        ("Lstm", "Input(6, 5)", "x.Lstm(4, dropout: 0.3, recurrentDropout: 0.4)"),
        ("GruOfStates", "Input(6, 5)", "x.Gru(4, recurrentDropout: 0.4, returnSequences: true).Flatten()"),
        ("BothWays", "Input(6, 5)", "x.SimpleRnn(4, dropout: 0.3, recurrentDropout: 0.4, bidirectional: true)"),
        ("SharedBlock", "Input(9)", "Twice(x, Tensor.Share(Block))"),
        ("EachStep", "Input(3, 4, 2)", "x.TimeDistributed(Row).Flatten()"),
    ];

    private static readonly Lazy<CompiledNetworks> Compiled = new(() => CompiledNetworks.Compile(Networks.Select(network => $$"""
        [Network] [Loss(Loss.MeanSquaredError)]
        public partial class {{network.Name}}
        {
            static Tensor Block(Tensor x) => x.Dropout(0.5).Dense(3).Dropout(0.2);

            static Tensor Twice(Tensor x, System.Func<Tensor, Tensor> block) => block(x) * block(x + 1);

            static Tensor Row(Tensor x) => x.Flatten().Dropout(0.3).Dense(2);

            static Tensor Forward([{{network.Input}}] Tensor x) => {{network.Forward}};
        }
        """)));

    public static TheoryData<string> Names => [.. Networks.Select(network => network.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Step_EqualsTheInterpretersWithTheSameNumbers(string name)
    {
        INetwork network = Compiled.Value.Create(name);
        Numbers.Randomize(network, 5);
        NetworkDescription description = network.Description;
        Column[] inputs = [Numbers.Normal(Samples * description.Inputs[0].Length, 7)], targets = [Numbers.Normal(Samples * description.Targets[0].Length, 9)];
        List<double> losses = [];
        foreach ((int seed, long step, int threads) in new[] { (0, 0L, 1), (0, 6L, 2), (123, 0L, 1) })
        {
            using ITraining training = network.CreateTraining(Samples, threads, seed);
            training.StepIndex = step;
            losses.Add(GradientCheck.Run(training, inputs, targets).Loss);
            Assert.Equal(step, training.StepIndex);
        }

        // Each step and each seed has numbers of its own.
        Assert.Equal(3, losses.Distinct().Count());
        DynamicNetwork<double> interpreter = DynamicNetwork.From<double>(network);
        Assert.NotEqual(losses[0], interpreter.ComputeLoss(inputs, targets));
    }
}
