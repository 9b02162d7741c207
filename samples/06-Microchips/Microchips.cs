using NetCompiler;

namespace Samples;

/// <summary>Whether a microchip passes, from two test scores: 2-10-1. The scores are standardised by the network itself.</summary>
[Network]
[Input(2)]
[Normalization]
[Dense(10, Activation = Activation.Sigmoid)]
[Dense(1, Activation = Activation.Sigmoid)]
[Loss(Loss.BinaryCrossentropy)]
public partial class Microchips;

/// <summary>
/// The same with a penalty on large weights of the hidden layer: a smoother boundary. (On both layers it would outweigh these few
/// samples: all weights go to zero.)
/// </summary>
[Network]
[Input(2)]
[Normalization]
[Dense(10, Activation = Activation.Sigmoid, KernelL2 = 0.01)]
[Dense(1, Activation = Activation.Sigmoid)]
[Loss(Loss.BinaryCrossentropy)]
public partial class SmoothMicrochips;
