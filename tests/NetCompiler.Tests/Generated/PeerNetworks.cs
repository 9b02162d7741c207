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

/// <summary>The peer model xor.</summary>
[Network]
[Input(2)]
[Dense(10, Activation = Activation.Sigmoid)]
[Dense(1, Activation = Activation.Sigmoid)]
public partial class PeerXor;

/// <summary>The peer model dense64.</summary>
[Network]
[Input(64)]
[Dense(64)]
public partial class PeerDense64;

/// <summary>The peer model credit.</summary>
[Network]
[Input(10)]
[Dense(64, Activation = Activation.Relu)]
[Dense(32, Activation = Activation.Relu)]
[Dense(1, Activation = Activation.Sigmoid)]
public partial class PeerCredit;

/// <summary>The peer model mlp.</summary>
[Network]
[Input(784)]
[Dense(128, Activation = Activation.Relu)]
[Dense(10, Activation = Activation.Softmax)]
public partial class PeerMlp;

/// <summary>The peer model mlp512.</summary>
[Network]
[Input(784)]
[Dense(512, Activation = Activation.Relu)]
[Dense(512, Activation = Activation.Relu)]
[Dense(10, Activation = Activation.Softmax)]
public partial class PeerMlp512;
