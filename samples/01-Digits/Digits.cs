using NetCompiler;

namespace Samples;

/// <summary>Recognises a digit on an image of 28 x 28 pixels: 784-128-10.</summary>
[Network]
[Input(28, 28)]
[Flatten]
[Dense(128, Activation = Activation.Relu)]
[Dropout(0.2)]
[Dense(10, Activation = Activation.Softmax)]
[Loss(Loss.SparseCategoricalCrossentropy)]
public partial class Digits;
