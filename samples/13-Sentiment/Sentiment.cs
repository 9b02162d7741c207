using NetCompiler;

namespace Samples;

/// <summary>Judges the last 100 words of a review: positive or not.</summary>
[Network]
[Tokens(100, Vocabulary = 10_000, Padding = 0)]
[Embedding(128)]
[Lstm(64)]
[Dense(1, Activation = Activation.Sigmoid)]
[Loss(Loss.BinaryCrossentropy)]
public partial class ShortSentiment;

/// <summary>The same with twice the words.</summary>
[Network]
[Tokens(200, Vocabulary = 10_000, Padding = 0)]
[Embedding(128)]
[Lstm(64)]
[Dense(1, Activation = Activation.Sigmoid)]
[Loss(Loss.BinaryCrossentropy)]
public partial class LongSentiment;

/// <summary>Two recurrences, one above the other.</summary>
[Network]
[Tokens(200, Vocabulary = 10_000, Padding = 0)]
[Embedding(64)]
[Lstm(64, ReturnSequences = true)]
[Lstm(32)]
[Dense(64, Activation = Activation.Relu)]
[Dropout(0.5)]
[Dense(1, Activation = Activation.Sigmoid)]
[Loss(Loss.BinaryCrossentropy)]
public partial class DeepSentiment;
