namespace NetCompiler.Tests.Generated;

/// <summary>The peer model mnist_cnn.</summary>
[Network]
[Input(28, 28, 1)]
[Conv2D(32, 3, Activation = Activation.Relu)]
[MaxPool2D(2)]
[Flatten]
[Dense(128, Activation = Activation.Relu)]
[Dense(10, Activation = Activation.Softmax)]
public partial class PeerMnistCnn;

/// <summary>The peer model cifar_cnn.</summary>
[Network]
[Input(32, 32, 3)]
[Conv2D(32, 3, Activation = Activation.Relu)]
[MaxPool2D(2)]
[Conv2D(64, 3, Activation = Activation.Relu)]
[MaxPool2D(2)]
[Flatten]
[Dense(128, Activation = Activation.Relu)]
[Dense(10, Activation = Activation.Softmax)]
public partial class PeerCifarCnn;

/// <summary>The peer model sentiment.</summary>
[Network]
[Tokens(100, Vocabulary = 10_000)]
[Embedding(128)]
[Lstm(64)]
[Dense(1, Activation = Activation.Sigmoid)]
public partial class PeerSentiment;
