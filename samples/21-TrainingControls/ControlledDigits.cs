using NetCompiler;

namespace Samples;

/// <summary>Digits by one wide hidden layer with a penalty on its weights, batch normalization and its activation apart, and dropout: on few images it still learns by heart.</summary>
[Network]
[Input(784)]
[Dense(128, KernelL2 = 0.0001)]
[BatchNormalization]
[Activation(Activation.Relu)]
[Dropout(0.3)]
[Dense(10, Activation = Activation.Softmax)]
[Loss(Loss.SparseCategoricalCrossentropy)]
public partial class ControlledDigits;
