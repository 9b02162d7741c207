namespace NetCompiler.Tests.Training.Fit;

/// <summary>Draws seven values from five, and has no loss of its own.</summary>
[Network]
[Input(5)]
[Dense(9, Activation = Activation.LeakyRelu, ActivationAlpha = 0.2)]
[Dense(7, Activation = Activation.Tanh)]
internal sealed partial class ChainedGenerator;

/// <summary>Judges seven values.</summary>
[Network]
[Input(7)]
[Dense(6, Activation = Activation.LeakyRelu, ActivationAlpha = 0.2)]
[Dense(1)]
[Loss(Loss.BinaryCrossentropy, FromLogits = true)]
internal sealed partial class ChainedDiscriminator;

/// <summary>The layers of the generator, then those of the discriminator.</summary>
[Network]
[Input(5)]
[Dense(9, Activation = Activation.LeakyRelu, ActivationAlpha = 0.2)]
[Dense(7, Activation = Activation.Tanh)]
[Dense(6, Activation = Activation.LeakyRelu, ActivationAlpha = 0.2)]
[Dense(1)]
[Loss(Loss.BinaryCrossentropy, FromLogits = true)]
internal sealed partial class WholeChain;
