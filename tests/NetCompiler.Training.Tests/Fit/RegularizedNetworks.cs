namespace NetCompiler.Tests.Training.Fit;

/// <summary>More weights than its few samples can determine.</summary>
[Network]
[Input(4)]
[Dense(32, Activation = Activation.Relu)]
[Dense(1)]
[Loss(Loss.MeanSquaredError)]
internal sealed partial class Plain;

[Network]
[Input(4)]
[Dense(32, Activation = Activation.Relu, KernelL2 = 0.05)]
[Dense(1)]
[Loss(Loss.MeanSquaredError)]
internal sealed partial class KernelDecay;

[Network]
[Input(4)]
[Dense(32, Activation = Activation.Relu, KernelL1 = 0.05)]
[Dense(1)]
[Loss(Loss.MeanSquaredError)]
internal sealed partial class KernelSparse;

[Network]
[Input(4)]
[Dense(32, Activation = Activation.Relu, BiasL2 = 1)]
[Dense(1)]
[Loss(Loss.MeanSquaredError)]
internal sealed partial class BiasDecay;

[Network]
[Input(4)]
[Dense(32, Activation = Activation.Relu, BiasL1 = 1)]
[Dense(1)]
[Loss(Loss.MeanSquaredError)]
internal sealed partial class BiasSparse;

[Network]
[Input(4)]
[Dense(32, Activation = Activation.Relu)]
[Dropout(0.4)]
[Dense(1)]
[Loss(Loss.MeanSquaredError)]
internal sealed partial class Dropped;

[Network]
[Input(2)]
[BatchNormalization(Momentum = 0.9)]
[Dense(16)]
[BatchNormalization(Momentum = 0.9)]
[Activation(Activation.Relu)]
[Dense(2, Activation = Activation.Softmax)]
[Loss(Loss.SparseCategoricalCrossentropy)]
internal sealed partial class NormalizedFirst;

[Network]
[Input(2)]
[Dense(16)]
[Activation(Activation.Relu)]
[Dense(2, Activation = Activation.Softmax)]
[Loss(Loss.SparseCategoricalCrossentropy)]
internal sealed partial class NotNormalized;
