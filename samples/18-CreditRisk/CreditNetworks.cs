using NetCompiler;

namespace Samples;

/// <summary>What the networks of this sample share.</summary>
public static class CreditBlocks
{
    /// <summary>Numbers, standardised, and one-hot categories become a probability: 64-32-1.</summary>
    public static Tensor Judge(Tensor numbers, Tensor categories) => Tensor.Concat(numbers.Normalization(), categories)
        .Dense(64, Activation.Relu)
        .Dropout(0.3)
        .Dense(32, Activation.Relu)
        .Dense(1)
        .Sigmoid();

    /// <summary>
    /// The cross-entropy, and lambda times the square of the gap: the mean score of one group less that of the other, over the batch. A batch needs members of both.
    /// </summary>
    public static Tensor FairScore(Tensor score, Tensor label, Tensor group, float lambda)
    {
        Tensor gap = ((score * group).BatchSum() / group.BatchSum()) - ((score * (1 - group)).BatchSum() / (1 - group).BatchSum());
        return Losses.BinaryCrossentropy(score, label) + (lambda * gap.Square());
    }
}

/// <summary>The probability that a credit of the German data goes bad.</summary>
[Network]
[Loss(Loss.BinaryCrossentropy)]
public partial class GermanRisk
{
    private static Tensor Forward([Input(7)] Tensor numbers, [Input(54)] Tensor categories) => CreditBlocks.Judge(numbers, categories);
}

/// <summary>The probability that a credit card's holder defaults next month.</summary>
[Network]
[Loss(Loss.BinaryCrossentropy)]
public partial class DefaultRisk
{
    private static Tensor Forward([Input(20)] Tensor numbers, [Input(13)] Tensor categories) => CreditBlocks.Judge(numbers, categories);
}

/// <summary>
/// As <see cref="GermanRisk"/>, with the group of each person as a second target: the loss sees that the score does not follow it. The group is among the categories
/// too, as it is for the network whose gap is to be closed.
/// </summary>
[Network]
[Loss(nameof(FairScore))]
public partial class FairGerman
{
    private static Tensor Forward([Input(7)] Tensor numbers, [Input(54)] Tensor categories) => CreditBlocks.Judge(numbers, categories);

    private static Tensor FairScore(Tensor score, [Input(1)] Tensor label, [Input(1)] Tensor group, [Setting(0)] float lambda) =>
        CreditBlocks.FairScore(score, label, group, lambda);
}

/// <summary>The probability that someone earns more than 50,000 dollars a year, with the group of each person.</summary>
[Network]
[Loss(nameof(FairScore))]
public partial class FairAdult
{
    private static Tensor Forward([Input(5)] Tensor numbers, [Input(86)] Tensor categories) => CreditBlocks.Judge(numbers, categories);

    private static Tensor FairScore(Tensor score, [Input(1)] Tensor label, [Input(1)] Tensor group, [Setting(0)] float lambda) =>
        CreditBlocks.FairScore(score, label, group, lambda);
}
