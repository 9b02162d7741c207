using NetCompiler;

namespace Samples;

/// <summary>784-64-32-10: shown as a table.</summary>
[Network]
[Input(784)]
[Dense(64, Activation = Activation.Relu)]
[Dense(32, Activation = Activation.Relu)]
[Dense(10, Activation = Activation.Softmax)]
[Loss(Loss.SparseCategoricalCrossentropy)]
public partial class NarrowDigits;

/// <summary>784-128-10 with dropout.</summary>
[Network]
[Input(784)]
[Dense(128, Activation = Activation.Relu)]
[Dropout(0.2)]
[Dense(10, Activation = Activation.Softmax)]
[Loss(Loss.SparseCategoricalCrossentropy)]
public partial class DropoutDigits;

/// <summary>784-256-128-10, ending in logarithms of probabilities.</summary>
[Network]
[Input(784)]
[Dense(256, Activation = Activation.Relu)]
[Dropout(0.2)]
[Dense(128, Activation = Activation.Relu)]
[Dropout(0.2)]
[Dense(10, Activation = Activation.LogSoftmax)]
[Loss(Loss.NegativeLogLikelihood)]
public partial class DeepDigits;

/// <summary>784-512-512-10 with dropout.</summary>
[Network]
[Input(784)]
[Dense(512, Activation = Activation.Relu)]
[Dropout(0.2)]
[Dense(512, Activation = Activation.Relu)]
[Dropout(0.2)]
[Dense(10, Activation = Activation.Softmax)]
[Loss(Loss.SparseCategoricalCrossentropy)]
public partial class WideDigits;
