using NetCompiler.Dynamic;
using Xunit;

namespace NetCompiler.Tests.Generated;

/// <summary>What loss methods may be made of, beside what Forward and loss methods always shared: the loss and every gradient as the interpreter has them.</summary>
[Trait("Category", "Numeric")]
public sealed class LossMethodTests
{
    private const int Samples = 7;

    // The expression, of an output (6, 3), a target (6, 3), labels (6) and a setting.
    private static readonly (string Name, string Expression)[] Judgements =
    [
        ("Softmax", "-(target * output.LogSoftmax()).Mean() + (output.Softmax() * output).Sum()"),
        ("Entropy", "(output.Softmax() * output.LogSoftmax()).Sum(-1).Mean()"),
        ("Slices", "(output.Slice(0, 1, 5) - output.Slice(0, 0, 5)).Square().Mean()"),
        ("SlicedFeature", "(output.Slice(1, 1, 1) - target).Abs().Mean()"),
        ("Concat", "Tensor.Concat(output, target).Softmax().Square().Sum()"),
        ("ConcatSteps", "Tensor.Concat([output, -target, output], axis: 0).Max(0).Square().Sum()"),
        ("Reshape", "output.Reshape([9, 2]).Max(-1).Square().Mean()"),
        ("Permute", "(Tensor.MatMul(output.Permute([1, 0]), target) - 1).Square().Mean()"),
        ("Dot", "Tensor.Dot(output.Flatten(), target.Flatten()).Square()"),
        ("Cosine", "1 - Tensor.Dot([output, target], axis: -1, normalize: true).Mean()"),
        ("CosineOfColumns", "Tensor.Dot([output, target], axis: 0, normalize: true).Square().Sum()"),
        ("Gram", "(Tensor.MatMul(output, target.Permute([1, 0])) / 6).Tanh().Mean()"),
        ("FirstAxis", "(output.Mean(0) - target.Mean(0)).Square().Sum()"),
        ("MaximumOfSteps", "(output.Max(0) - target.Max(0)).Square().Sum()"),
        ("Stretched", "((output - output.Mean(0)) * target).Square().Mean()"),
        ("StretchedRows", "((output.Sum(-1).Reshape([6, 1]) + target) * output.Mean()).Mean()"),
        ("Pooled", "(output.AveragePool1D(2) - target.MaxPool1D(2)).Square().Mean()"),
        ("Smoothed", "(output.GlobalAveragePool1D().RepeatVector(6) - target).Square().Mean()"),
        ("Centered", "((output - output.BatchMean()) * (target - target.BatchMean())).BatchMean().Square().Sum()"),
        ("BatchRows", "((output.Mean(0) - output.Mean(0).BatchMean()) * target).Square().Mean()"),
        ("BatchSoftmax", "(output.BatchMean().Softmax() * target).Sum()"),
        ("BatchSlice", "(output.BatchMean().Slice(0, 2, 1) - target).Square().Mean()"),
        ("BatchOfBatch", "(output.BatchMean() * target.BatchSum()).BatchMean().Sum()"),
        ("Setting", "(output - target).Square().Mean() * (System.MathF.Exp(lambda) + (2 * lambda) - System.MathF.Sqrt(lambda))"),
        ("Classes", "Losses.SparseCategoricalCrossentropy(output.Softmax(), labels) + Losses.NegativeLogLikelihood(output.LogSoftmax(), labels)"),
        ("ClassNumbers", "(output.Max(-1) - (0.1f * labels)).Square().Mean() + (0.01f * labels.Max()) + Tensor.Concat(labels, output.Mean(-1)).Square().Mean()"),
        ("Mapped", "(output.Map(Bend) - target.Map(Bend)).Square().Mean()"),
        ("Activated", "(output.Activation(Activation.Gelu) - target.Activation(Activation.HardSigmoid)).Abs().Mean()"),
        ("TimeSteps", "output.TimeDistributed(Spread).Mean()"),
        ("Minimum", "Tensor.Minimum(output, target).Mean() + Tensor.Average(output, target, output).Square().Mean()"),
    ];

    private static readonly (string Name, string Body)[] Programs =
    [
        ("Loop", """
            Tensor total = 0;
            for (int t = 1; t < output.Shape[0]; t++)
            {
                total += (output.Slice(0, t, 1) - output.Slice(0, t - 1, 1) - target.Slice(0, t, 1)).Square().Sum() * (t % 2 == 0 ? 0.5 : lambda);
            }

            return total / output.Shape[0];
            """),
        ("Pieces", """
            Tensor Distance(Tensor x, int width)
            {
                return (x.Slice(1, 0, width).Softmax() - target.Slice(1, 0, width)).Square().Mean();
            }

            var total = new Tensor[output.Shape[-1]];
            foreach (int width in new[] { 1, 2, 3 })
            {
                total[width - 1] = Distance(output, width);
            }

            return total[0] + total[1] + (total.Length switch { 3 => 2, _ => 0 } * total[^1]);
            """),
        ("Unneeded", "Tensor kept = (output - target).Abs().Mean(); Tensor dropped = output.Exp(); return kept;"),
    ];

    private static readonly Lazy<CompiledNetworks> Compiled = new(() => CompiledNetworks.Compile(
        Judgements.Select(judgement => Declare(judgement.Name, $"return {judgement.Expression};")).Concat(Programs.Select(program => Declare(program.Name, program.Body)))));

    public static TheoryData<string> Names => [.. Judgements.Select(judgement => judgement.Name), .. Programs.Select(program => program.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void LossMethod_EqualsTheInterpreter(string name)
    {
        INetwork network = Compiled.Value.Create(name);
        Numbers.Randomize(network, 5);
        using ITraining training = network.CreateTraining(Samples, threads: 1);
        Column[] targets =
        [
            .. network.Description.Targets.Select(target => target.IsClasses
                ? (Column)Numbers.Classes(Samples * target.Length, target.Classes, 8)
                : Numbers.Normal(Samples * target.Length, 9)),
        ];
        GradientCheckReport report = GradientCheck.Run(training, [Numbers.Normal(Samples * 12, 7)], targets);
        Assert.True(report.ComparedValues > 12, $"{report}");
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(3)]
    public void ClassesOutsideTheirRange_AreRefused(int bad)
    {
        INetwork network = Compiled.Value.Create("Classes");
        using ITraining training = network.CreateTraining(Samples, threads: 1);
        OptimizerState optimizer = new Sgd(1).CreateState(training);
        float[] before = Weights(network);
        training.ClassTarget(1)[20] = bad;
        foreach (Action call in new Action[] { () => training.Step(Samples, optimizer), () => training.ComputeGradients(Samples), () => training.ComputeLoss(Samples) })
        {
            ArgumentOutOfRangeException exception = Assert.Throws<ArgumentOutOfRangeException>(call);
            Assert.Equal("labels", exception.ParamName);
            Assert.Matches($"20.* {bad}", exception.Message);
        }

        Numbers.AssertSameBits("weights", before, Weights(network));
        training.ClassTarget(1)[20] = 2;
        training.Step(Samples, optimizer);
        Assert.NotEqual(before, Weights(network));
    }

    private static float[] Weights(INetwork network) => [.. network.Weights.SelectMany(view => view.ToArray())];

    private static string Declare(string name, string body) => $$"""
        [Network] [Input(6, 2)] [Dense(3, Activation = Activation.Tanh)] [Loss(nameof(Judge))]
        public partial class {{name}}
        {
            static float Bend(float x) => x / (1 + MathF.Abs(x));

            static Tensor Spread(Tensor x) => (x - x.Mean()).Square().Reshape([3]);

            static Tensor Judge(Tensor output, [Input(6, 3)] Tensor target, [Tokens(6, Vocabulary = 3)] Tensor labels, [Setting(0.3)] float lambda)
            {
        {{body}}
            }
        }
        """;
}
