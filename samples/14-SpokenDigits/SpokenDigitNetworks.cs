using NetCompiler;

namespace Samples;

/// <summary>A digit from 20 frames of 13 cepstral coefficients, by an LSTM.</summary>
[Network]
[Input(20, 13)]
[Normalization]
[Lstm(64)]
[Dense(10, Activation = Activation.Softmax)]
[Loss(Loss.SparseCategoricalCrossentropy)]
public partial class LstmSpeech;

/// <summary>The same by a GRU.</summary>
[Network]
[Input(20, 13)]
[Normalization]
[Gru(64)]
[Dense(10, Activation = Activation.Softmax)]
[Loss(Loss.SparseCategoricalCrossentropy)]
public partial class GruSpeech;

/// <summary>The same by an LSTM in both directions of time.</summary>
[Network]
[Input(20, 13)]
[Normalization]
[Lstm(64, Bidirectional = true)]
[Dense(10, Activation = Activation.Softmax)]
[Loss(Loss.SparseCategoricalCrossentropy)]
public partial class BidirectionalSpeech;
