using NetCompiler;

namespace Samples;

/// <summary>The next character at each of 64 places, from what came before: an LSTM.</summary>
[Network]
[Tokens(64, Vocabulary = 67)]
[Embedding(64)]
[Lstm(128, ReturnSequences = true)]
[Dense(67, Activation = Activation.Softmax)]
[Loss(Loss.SparseCategoricalCrossentropy)]
public partial class RecurrentText;
