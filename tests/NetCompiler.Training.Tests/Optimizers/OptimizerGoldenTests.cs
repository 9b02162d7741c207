using NetCompiler.TestKit;
using Xunit;

namespace NetCompiler.Tests.Training.Optimizers;

[Trait("Category", "Numeric")]
public sealed class OptimizerGoldenTests
{
    public static IEnumerable<object[]> Rows => Golden.Rows("optimizer/");

    [SharedTheory]
    [MemberData(nameof(Rows))]
    public void Trajectory_EqualsTheGoldenOne(string name)
    {
        Golden golden = Golden.Load(name);
        int length = golden.Tensors.Shape("parameters")[1], steps = golden.Tensors.Shape("gradients")[0];
        float[] expected = golden.Tensors.Floats("parameters"), gradients = golden.Tensors.Floats("gradients");
        using BareTraining training = new(length);
        OptimizerState state = Create(golden).CreateState(training);
        Span<float> parameters = training.Parameters;
        expected.AsSpan(0, length).CopyTo(parameters);
        for (int t = 1; t <= steps; t++)
        {
            state.Update(parameters, gradients.AsSpan((t - 1) * length, length));
            golden.Compare($"parameters[{t}]", expected.AsSpan(t * length, length), parameters);
        }

        Assert.Equal(steps, state.Steps);
    }

    private static Optimizer Create(Golden golden)
    {
        double rate = golden.Number("learning_rate"), beta1 = golden.Number("beta1"), beta2 = golden.Number("beta2");
        double epsilon = golden.Number("epsilon"), momentum = golden.Number("momentum", 0), rho = golden.Number("rho");
        Optimizer optimizer = golden.Text("optimizer") switch
        {
            "sgd" => new Sgd(rate),
            "sgd_momentum" => new Sgd(rate, momentum),
            "sgd_nesterov" => new Sgd(rate, momentum, nesterov: true),
            "rmsprop" or "rmsprop_momentum" => new RmsProp(rate, rho, momentum, epsilon),
            "adagrad" => new Adagrad(rate, epsilon: epsilon),
            "adam" => new Adam(rate, beta1, beta2, epsilon),
            "adamw" => new AdamW(rate, beta1, beta2, epsilon, golden.Number("weight_decay")),
            "nadam" => new Nadam(rate, beta1, beta2, epsilon),
            "lion" => new Lion(rate, beta1, beta2),
            string other => throw new NotSupportedException($"No optimizer \"{other}\"."),
        };
        double clipNorm = golden.Number("clip_norm"), clipValue = golden.Number("clip_value");
        return optimizer with { ClipNorm = double.IsNaN(clipNorm) ? null : clipNorm, ClipValue = double.IsNaN(clipValue) ? null : clipValue };
    }
}
