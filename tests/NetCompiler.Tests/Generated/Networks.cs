namespace NetCompiler.Tests.Generated;

/// <summary>784-128-10 of the golden tensors.</summary>
[Network]
[Input(784)]
[Dense(128, Activation = Activation.Relu)]
[Dense(10, Activation = Activation.Softmax)]
[Loss(Loss.SparseCategoricalCrossentropy)]
public partial class DigitsNetwork;

/// <summary>XOR with eight hidden units: small enough for the stack.</summary>
[Network]
[Input(2)]
[Dense(8, Activation = Activation.Sigmoid)]
[Dense(1, Activation = Activation.Sigmoid)]
[Loss(Loss.MeanSquaredError)]
public partial class XorNetwork;

/// <summary>Dropout twice, so that a training needs its seed and its step.</summary>
[Network]
[Input(23)]
[Dropout(0.1)]
[Dense(37, Activation = Activation.Gelu)]
[Dropout(0.4)]
[Dense(9, Activation = Activation.Tanh)]
[Dense(3, Activation = Activation.Softmax)]
[Loss(Loss.CategoricalCrossentropy, LabelSmoothing = 0.1)]
public partial class DroppingNetwork;

/// <summary>Credit scoring with a penalty on the gap between two groups: the loss method of the golden case fairness-loss.</summary>
[Network]
[Input(10)]
[Dense(16, Activation = Activation.Relu)]
[Dense(1, Activation = Activation.Sigmoid)]
[Loss(nameof(FairScore))]
public partial class FairNetwork
{
    private static Tensor FairScore(Tensor score, [Input(1)] Tensor label, [Input(1)] Tensor group, [Setting(0.1)] float lambda)
    {
        Tensor gap = ((score * group).BatchSum() / group.BatchSum())
                   - ((score * (1 - group)).BatchSum() / (1 - group).BatchSum());
        return Losses.BinaryCrossentropy(score, label) + (lambda * gap.Square());
    }
}

/// <summary>A sequence of seven steps, judged step by step.</summary>
[Network]
[Input(7, 5)]
[Dense(11, Activation = Activation.Silu)]
[Dense(4, Activation = Activation.Softmax)]
[Loss(Loss.SparseCategoricalCrossentropy)]
public partial class TaggingNetwork;

/// <summary>The generator of the golden case gan-generator-step.</summary>
[Network]
[Input(10)]
[Dense(16, Activation = Activation.Relu)]
[Dense(25, Activation = Activation.Tanh)]
public partial class GeneratorNetwork;

/// <summary>The discriminator of the golden case gan-generator-step.</summary>
[Network]
[Input(25)]
[Dense(12, Activation = Activation.Relu)]
[Dense(1, Activation = Activation.Sigmoid)]
[Loss(Loss.BinaryCrossentropy)]
public partial class DiscriminatorNetwork;

/// <summary>Gates in registers and gates in memory, one after another in time and both ways.</summary>
[Network]
[Input(9, 5)]
[Lstm(32, ReturnSequences = true)]
[Gru(7, Bidirectional = true)]
[Dense(1, Activation = Activation.Sigmoid)]
[Loss(Loss.BinaryCrossentropy)]
public partial class RecurrentNetwork;
