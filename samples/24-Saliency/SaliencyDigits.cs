using NetCompiler;

namespace Samples;

/// <summary>
/// Reads digits with two convolutions. Its outputs are logits: the probability of a digit that is certain no longer changes with any pixel, its logit does.
/// </summary>
[Network]
[Input(28, 28, 1)]
[Conv2D(16, 3, Activation = Activation.Relu)]
[MaxPool2D(2)]
[Conv2D(32, 3, Activation = Activation.Relu)]
[MaxPool2D(2)]
[Flatten]
[Dense(64, Activation = Activation.Relu)]
[Dense(10)]
[Loss(Loss.SparseCategoricalCrossentropy, FromLogits = true)]
public partial class SaliencyDigits;
