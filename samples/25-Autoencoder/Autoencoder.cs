using NetCompiler;

namespace Samples;

/// <summary>Squeezes an image of 784 pixels into 64 numbers and unfolds it again.</summary>
[Network]
[Input(784)]
[Dense(64, Activation = Activation.Relu, Name = "code")]
[Dense(784, Activation = Activation.Sigmoid)]
[Loss(Loss.BinaryCrossentropy)]
public partial class Autoencoder;
