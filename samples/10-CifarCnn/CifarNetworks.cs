using NetCompiler;

namespace Samples;

/// <summary>Two convolutions with pooling: the network of train_pytorch.py.</summary>
[Network]
[Input(32, 32, 3)]
[Conv2D(32, 3, Activation = Activation.Relu)]
[MaxPool2D(2)]
[Conv2D(64, 3, Activation = Activation.Relu)]
[MaxPool2D(2)]
[Flatten]
[Dense(128, Activation = Activation.Relu)]
[Dense(10, Activation = Activation.Softmax)]
[Loss(Loss.CategoricalCrossentropy)]
public partial class PlainCifar;

/// <summary>
/// The same with batch normalization between each layer and its activation, which makes their biases needless. An epoch has 313 steps only: a momentum
/// below the default of 0.99 lets the moving statistics keep up with the weights.
/// </summary>
[Network]
[Input(32, 32, 3)]
[Conv2D(32, 3, UseBias = false)]
[BatchNormalization(Momentum = 0.9)]
[Activation(Activation.Relu)]
[MaxPool2D(2)]
[Conv2D(64, 3, UseBias = false)]
[BatchNormalization(Momentum = 0.9)]
[Activation(Activation.Relu)]
[MaxPool2D(2)]
[Flatten]
[Dense(128, UseBias = false)]
[BatchNormalization(Momentum = 0.9)]
[Activation(Activation.Relu)]
[Dense(10, Activation = Activation.Softmax)]
[Loss(Loss.CategoricalCrossentropy)]
public partial class NormalizedCifar;
