namespace NetCompiler.Tests.Generated;

/// <summary>Two inputs and two outputs, each with a loss; a shared block; a user's function; a loss over the batch with two targets.</summary>
[Network]
[Loss(Loss.SparseCategoricalCrossentropy, Output = "Genre")]
[Loss(nameof(FairScore), Output = "Score", Weight = 0.5)]
public partial class TwoHeadsNetwork
{
    private static (Tensor Genre, Tensor Score) Forward([Input(6)] Tensor title, [Input(6)] Tensor text, [Input(3)] Tensor author)
    {
        var read = Tensor.Share(Read);
        Tensor seen = (read(title) * read(text)) - (author.Dense(5).Map(Swish) / 2);
        return (seen.Dense(4).Softmax(), seen.Dense(1).Sigmoid());
    }

    private static Tensor Read(Tensor x) => x.Dense(5, activation: Activation.Tanh);

    private static float Swish(float x) => x / (1 + MathF.Exp(-x));

    private static Tensor FairScore(Tensor score, [Input(1)] Tensor label, [Input(1)] Tensor group, [Setting(0.1)] float lambda)
    {
        Tensor gap = ((score * group).BatchSum() / group.BatchSum()) - ((score * (1 - group)).BatchSum() / (1 - group).BatchSum());
        return Losses.BinaryCrossentropy(score, label) + (lambda * gap.Square());
    }
}

/// <summary>The network of the golden case siamese.</summary>
[Network]
[Loss(Loss.MeanSquaredError)]
public partial class SiameseNetwork
{
    private static Tensor Forward([Input(5)] Tensor a, [Input(5)] Tensor b)
    {
        var encode = Tensor.Share(Encode);
        return (-(encode(a) - encode(b)).Abs().Sum()).Exp().Reshape([1]);
    }

    private static Tensor Encode(Tensor x) => x.Dense(8, activation: Activation.Tanh);
}

/// <summary>A shared block with statistics: both calls move them, one after the other.</summary>
[Network]
[Loss(Loss.MeanSquaredError)]
public partial class SharedNormalizationNetwork
{
    private static Tensor Forward([Input(5)] Tensor a, [Input(5)] Tensor b)
    {
        var encode = Tensor.Share(Encode);
        return Tensor.Multiply(encode(a), encode(3 * b)).Dense(2);
    }

    private static Tensor Encode(Tensor x) => x.Dense(7, activation: Activation.Tanh).BatchNormalization(momentum: 0.6);
}

/// <summary>The largest of four steps, by a method and by a layer, and of all values.</summary>
[Network]
public partial class LargestNetwork
{
    private static Tensor Forward([Input(4, 2)] Tensor x) => Tensor.Concat(x.Max(0), 10 * x.GlobalMaxPool1D(), 100 * x.Max().Reshape([1]));
}

/// <summary>An image that grows, twice as high and three times as wide.</summary>
[Network]
public partial class GrowingNetwork
{
    private static Tensor Forward([Input(2, 3, 1)] Tensor x) => x.UpSampling2D(sizeWidth: 3, interpolation: Interpolation.Bilinear);
}

/// <summary>Weights of the user's own, a custom layer called in a loop, and names in blocks.</summary>
[Network]
[Loss(Loss.MeanSquaredError)]
public partial class OwnWeightsNetwork
{
    private static readonly int[] Widths = [7, 4];

    private static Tensor Forward([Input(6)] Tensor x)
    {
        foreach (int width in Widths)
        {
            x = Scaled(x.Dense(width, activation: Activation.Tanh));
        }

        Tensor shift = Tensor.Parameter("shift", [x.Shape[^1]], Initializer.RandomNormal, scale: 0.3, l2: 0.01);
        return Tensor.Maximum(x + shift, 0.1).Pow(2).Mean(-1).Reshape([1]);
    }

    private static Tensor Scaled(Tensor x) => x * Tensor.Parameter("scale", [x.Shape[^1]], Initializer.Ones);
}

/// <summary>Compile-time choices.</summary>
[Network]
[Loss(Loss.MeanSquaredError)]
public partial class TunedNetwork
{
    private static Tensor Forward([Input(4)] Tensor x, [Choice(3, 8)] int units, [Choice(1, 2)] int depth)
    {
        for (int i = 0; i < depth; i++)
        {
            x = x.Dense(units, activation: Activation.Relu, name: $"hidden{i + 1}");
        }

        return x.Dense(1);
    }
}

/// <summary>Tokens and floats side by side.</summary>
[Network]
[Loss(Loss.SparseCategoricalCrossentropy)]
public partial class TokenAndFloatNetwork
{
    private static Tensor Forward([Tokens(4, Vocabulary = 9)] Tensor text, [Input(2)] Tensor author) =>
        Tensor.Concat(text.Embedding(3).Flatten(), author).Dense(5, activation: Activation.Tanh).Dense(3).Softmax();
}

/// <summary>A block over the steps of a sequence: one layer that works on each place, and one that must be called on each step.</summary>
[Network]
[Loss(Loss.MeanSquaredError)]
public partial class StepsNetwork
{
    private static Tensor Forward([Input(3, 4, 2)] Tensor x) => x.TimeDistributed(Step).Flatten().Dense(1);

    private static Tensor Step(Tensor x) => x.Dense(3, activation: Activation.Tanh).Flatten().Dense(x.Shape[0] + 1);
}

/// <summary>What is legal and rarely meant: one value as two outputs, a weight and an input as outputs, an input and a layer that reach none.</summary>
[Network]
public partial class OddNetwork
{
    private static (Tensor Same, Tensor Again, Tensor Own, Tensor Raw, Tensor Total) Forward([Input(3)] Tensor x, [Input(2)] Tensor unused)
    {
        Tensor hidden = x.Dense(3), own = Tensor.Parameter("own", [3]);
        x.Dense(7, name: "dead");
        return (hidden, hidden, own, x, (own.Dense(3, name: "over") + (2 * x)).Sum());
    }
}
