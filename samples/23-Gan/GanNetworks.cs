using NetCompiler;

namespace Samples;

/// <summary>Draws a digit from 100 random numbers, pixels from -1 (paper) to 1 (ink). It has no loss of its own: its gradients come out of the discriminator.</summary>
[Network]
[Input(100)]
[Dense(128, Activation = Activation.LeakyRelu, ActivationAlpha = 0.2)]
[Dense(256, Activation = Activation.LeakyRelu, ActivationAlpha = 0.2)]
[Dense(784, Activation = Activation.Tanh)]
public partial class DigitGenerator;

/// <summary>The logit of the probability that an image is a real digit.</summary>
[Network]
[Input(784)]
[Dense(256, Activation = Activation.LeakyRelu, ActivationAlpha = 0.2)]
[Dropout(0.3)]
[Dense(128, Activation = Activation.LeakyRelu, ActivationAlpha = 0.2)]
[Dropout(0.3)]
[Dense(1)]
[Loss(Loss.BinaryCrossentropy, FromLogits = true)]
public partial class DigitDiscriminator;

/// <summary>Reads digits: says which ones the generator draws.</summary>
[Network]
[Input(784)]
[Dense(128, Activation = Activation.Relu)]
[Dense(10, Activation = Activation.Softmax)]
[Loss(Loss.SparseCategoricalCrossentropy)]
public partial class DigitReader;
