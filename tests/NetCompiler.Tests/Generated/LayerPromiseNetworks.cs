namespace NetCompiler.Tests.Generated;

/// <summary>Convolution, pooling, batch normalization and dropout.</summary>
[Network]
[Input(9, 8, 3)]
[Conv2D(5, 3, Padding = Padding.Same, UseBias = false)]
[BatchNormalization]
[Activation(Activation.Relu)]
[MaxPool2D(2)]
[Conv2D(17, 2)]
[Flatten]
[Dropout(0.2)]
[Dense(4, Activation = Activation.Softmax)]
[Loss(Loss.SparseCategoricalCrossentropy)]
public partial class PromiseCnn;

/// <summary>Tokens with padding through an LSTM with both dropouts.</summary>
[Network]
[Tokens(7, Vocabulary = 11, Padding = 0)]
[Embedding(5)]
[Lstm(17, Dropout = 0.2, RecurrentDropout = 0.1)]
[Dense(4, Activation = Activation.Softmax)]
[Loss(Loss.SparseCategoricalCrossentropy)]
public partial class PromiseLstm;

/// <summary>One block of a transformer, judged step by step.</summary>
[Network]
[Tokens(7, Vocabulary = 11)]
[Embedding(6)]
[PositionalEmbedding]
[MultiHeadAttention(2, Causal = true)]
[LayerNormalization]
[Dense(11, Activation = Activation.Softmax)]
[Loss(Loss.SparseCategoricalCrossentropy)]
public partial class PromiseTransformer;
