using NetCompiler;

namespace Samples;

/// <summary>On which of three spirals a point of the plane lies.</summary>
[Network]
[Input(2)]
[Dense(32, Activation = Activation.Tanh)]
[Dropout(0.1)]
[Dense(32, Activation = Activation.Tanh)]
[Dense(3, Activation = Activation.Softmax)]
[Loss(Loss.SparseCategoricalCrossentropy)]
public partial class Spirals;
