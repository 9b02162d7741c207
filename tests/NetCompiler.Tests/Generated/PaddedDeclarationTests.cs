using NetCompiler.Dynamic;
using Xunit;

namespace NetCompiler.Tests.Generated;

/// <summary>Where padded tokens do not count, and where masks end: in losses, in TimeDistributed and in layers that take steps for features.</summary>
[Trait("Category", "Numeric")]
public sealed class PaddedDeclarationTests
{
    private const double Tolerance = 1e-4;
    private const string Input = "[Tokens(6, Vocabulary = 9, Padding = 0)] Tensor";

    // The last of three samples is nothing but padding.
    private static readonly int[] Tokens = [1, 2, 0, 3, 0, 0, 4, 0, 5, 6, 7, 8, 0, 0, 0, 0, 0, 0];

    [Theory]
    [InlineData("Differences", "Losses.MeanAbsoluteError(2 * output, target - 1)")]
    [InlineData("Own", "(output - target).Square().Mean()")]
    [InlineData("Sums", "Losses.MeanSquaredError(output, target) + (0.1f * output.Square().Sum())")]
    [InlineData("Batches", "(output - target).BatchMean().Square().Sum()")]
    [InlineData("Distributions", "-(target * output.LogSoftmax()).Sum(-1).Square().Mean()")]
    [InlineData("Features", "Tensor.Concat(output.Slice(1, 0, 2), target).Max(1).Square().Sum()")]
    [InlineData("Pieces", "Losses.MeanSquaredError(output.Slice(0, 2, 3), target.Slice(0, 2, 3))")]
    public void LossMethods_LeaveOutThePaddingThatTheInterpreterDoes(string name, string judgement)
    {
        INetwork network = Make(
            name,
            "[Tokens(6, Vocabulary = 9, Padding = 0)] [Embedding(4)] [Dense(3, Activation = Activation.Tanh)] [Loss(nameof(Judge))]",
            $"static Tensor Judge(Tensor output, [Input(6, 3)] Tensor target) => {judgement};");
        float[] target = Numbers.Normal(3 * 18, 9);
        using ITraining training = network.CreateTraining(3, threads: 1);
        Tokens.CopyTo(training.TokenInput(0));
        target.CopyTo(training.FloatTarget(0));
        training.SampleWeights.Fill(1);
        Numbers.AssertClose($"{judgement}: loss", [DynamicNetwork.From<double>(network).ComputeLoss([Tokens], [target])], [training.ComputeLoss(3)], Tolerance);
        GradientCheck.Run(training, [Tokens], [target]);
    }

    [Theory]
    [InlineData("StepsAsFeatures", "x.Embedding(4).Mean(1).Dense(3)")]
    [InlineData("StepsAsManyFeatures", "x.Embedding(4).Mean(1).Dense(6).Dense(3)")]
    [InlineData("NormalizedSteps", "x.Embedding(4).Max(-1).LayerNormalization().Dense(3)")]
    [InlineData("SumsOfSteps", "x.Embedding(4).Sum(1).Tanh()")]
    [InlineData("StepsAsAnImage", "x.Embedding(4).Reshape([6, 2, 2]).GlobalAveragePool2D().Dense(3)")]
    [InlineData("StepsThatBecomeAnImage", "x.Embedding(4).TimeDistributed(Square).GlobalAveragePool2D().Dense(3)")]
    public void MasksOfSteps_EndWhereStepsDo(string name, string layers)
    {
        INetwork network = Make(name, "[Loss(Loss.MeanSquaredError)]", $"static Tensor Square(Tensor x) => x.Reshape([2, 2]); static Tensor Forward({Input} x) => {layers};");
        float[] target = Numbers.Normal(3 * network.Description.Outputs[0].Length, 9);
        using ITraining training = network.CreateTraining(3, threads: 1);
        GradientCheck.Run(training, [Tokens], [target]);
    }

    [Theory]
    [InlineData("EachPlace", "x.Dense(3, Activation.Tanh)")]
    [InlineData("EachStep", "x.Reshape([2, 2]).GlobalMaxPool1D().Dense(3)")]
    [InlineData("StepsThatAreNumbers", "x * x.Max()")]
    [InlineData("StepsLessTheirMean", "1 - (x - x.Mean())")]
    public void TimeDistributed_KeepsTheMaskOfPaddedTokens(string name, string step)
    {
        INetwork network = Make(name, "[Loss(Loss.MeanSquaredError)]", $"static Tensor Step(Tensor x) => {step}; static Tensor Forward({Input} x) => x.Embedding(4).TimeDistributed(Step).Lstm(2);");
        float[] output = new float[6], again = new float[6];
        network.Predict([Tokens], [output]);
        Numbers.AssertClose(name, DynamicNetwork.From<double>(network).Predict([Tokens])[0], output, Tolerance);
        using (ITraining training = network.CreateTraining(3, threads: 1))
        {
            GradientCheck.Run(training, [Tokens], [Numbers.Normal(6, 9)]);
        }

        // What padding is embedded as does not matter.
        float[] embeddings = network.Weights[0].ToArray();
        embeddings.AsSpan(0, 4).Fill(3);
        network.Weights[0].CopyFrom(embeddings);
        network.Predict([Tokens], [again]);
        Assert.Equal(output, again);
    }

    private static INetwork Make(string name, string attributes, string members)
    {
        INetwork network = CompiledNetworks.Compile([$"[Network] {attributes} public partial class {name} {{ {members} }}"]).Create(name);
        Numbers.Randomize(network, 5);
        return network;
    }
}
