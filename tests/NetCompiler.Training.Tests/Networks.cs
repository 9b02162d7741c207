namespace NetCompiler.Tests.Training;

/// <summary>A small generated network, for what a training stores with one.</summary>
[Network]
[Input(2)]
[Dense(1)]
[Loss(Loss.MeanSquaredError)]
internal sealed partial class Net;

/// <summary>Small images of three kinds: moving statistics, dropout, convolution and padding in one network.</summary>
[Network]
[Input(6, 6, 1)]
[Conv2D(3, 3)]
[BatchNormalization]
[Flatten]
[Dropout(0.25)]
[Dense(5, Activation = Activation.Tanh)]
[Dense(3, Activation = Activation.Softmax)]
[Loss(Loss.SparseCategoricalCrossentropy)]
internal sealed partial class Kinds;
