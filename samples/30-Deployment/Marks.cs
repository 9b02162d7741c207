using NetCompiler;

namespace Samples;

/// <summary>Tells a circle, a square, a cross and a triangle apart on 16 x 16 pixels.</summary>
[Network]
[Input(16, 16, 1)]
[Conv2D(8, 3, Activation = Activation.Relu)]
[MaxPool2D(2)]
[Flatten]
[Dense(64, Activation = Activation.Tanh)]
[Dropout(0.2)]
[Dense(4, Activation = Activation.Softmax)]
[Loss(Loss.SparseCategoricalCrossentropy)]
public partial class Marks;
