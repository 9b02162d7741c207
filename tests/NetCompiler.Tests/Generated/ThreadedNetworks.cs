namespace NetCompiler.Tests.Generated;

/// <summary>Dense layers with dropout, wide enough for threads.</summary>
[Network]
[Input(784)]
[Dense(128, Activation = Activation.Relu, KernelL2 = 0.0001)]
[Dropout(0.2)]
[Dense(100, Activation = Activation.Tanh)]
[Dense(10, Activation = Activation.Softmax)]
[Loss(Loss.SparseCategoricalCrossentropy)]
public partial class ThreadedDense;

/// <summary>Layers with far more inputs than outputs behind others, whose sums are made in four parts and in eight.</summary>
[Network]
[Input(70)]
[Dense(528, Activation = Activation.Tanh)]
[Dense(64, Activation = Activation.Relu, KernelL2 = 0.0001)]
[Dense(1040, Activation = Activation.Relu)]
[Dropout(0.2)]
[Dense(64, Activation = Activation.Gelu)]
[Dense(10, Activation = Activation.Softmax)]
[Loss(Loss.SparseCategoricalCrossentropy)]
public partial class ThreadedWide;

/// <summary>Convolutions with statistics of the batch between them.</summary>
[Network]
[Input(14, 14, 3)]
[Conv2D(32, 3, Activation = Activation.Relu)]
[MaxPool2D(2)]
[BatchNormalization]
[Conv2D(64, 3, Activation = Activation.Relu)]
[GaussianNoise(0.1)]
[Flatten]
[Dense(128, Activation = Activation.Relu)]
[Dense(10, Activation = Activation.Softmax)]
[Loss(Loss.SparseCategoricalCrossentropy)]
public partial class ThreadedCnn;

/// <summary>Padded tokens through recurrent layers, with both dropouts.</summary>
[Network]
[Tokens(40, Vocabulary = 300, Padding = 0)]
[Embedding(32)]
[Lstm(64, Dropout = 0.1, RecurrentDropout = 0.1, ReturnSequences = true)]
[Gru(48)]
[Dense(10, Activation = Activation.Softmax)]
[Loss(Loss.SparseCategoricalCrossentropy)]
public partial class ThreadedRecurrence;

/// <summary>Attention over tokens, with normalizations.</summary>
[Network]
[Tokens(24, Vocabulary = 300)]
[Embedding(64)]
[PositionalEmbedding]
[MultiHeadAttention(4, Causal = true)]
[LayerNormalization]
[Dense(128, Activation = Activation.Gelu)]
[Flatten]
[Dense(10, Activation = Activation.Softmax)]
[Loss(Loss.SparseCategoricalCrossentropy)]
public partial class ThreadedAttention;
