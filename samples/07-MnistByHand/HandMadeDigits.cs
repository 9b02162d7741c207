using NetCompiler;

namespace Samples;

/// <summary>784-128-10, trained by a loop in the sample instead of Fit.</summary>
[Network]
[Input(784)]
[Dense(128, Activation = Activation.Relu, KernelInitializer = Initializer.HeNormal)]
[Dense(10, Activation = Activation.Softmax)]
[Loss(Loss.SparseCategoricalCrossentropy)]
public partial class HandMadeDigits;
