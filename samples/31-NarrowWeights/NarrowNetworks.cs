using NetCompiler;

namespace Samples;

/// <summary>Reads digits by two dense layers.</summary>
[Network]
[Input(784)]
[Dense(128, Activation = Activation.Relu)]
[Dense(10, Activation = Activation.Softmax)]
[Loss(Loss.SparseCategoricalCrossentropy)]
public partial class DigitLayers;

/// <summary>The same, its large matrix as bfloat16 in inference.</summary>
[Network(Weights = WeightFormat.BFloat16)]
[Input(784)]
[Dense(128, Activation = Activation.Relu)]
[Dense(10, Activation = Activation.Softmax)]
[Loss(Loss.SparseCategoricalCrossentropy)]
public partial class BFloat16DigitLayers;

/// <summary>The same, its large matrix as integers of 8 bits in inference.</summary>
[Network(Weights = WeightFormat.Int8)]
[Input(784)]
[Dense(128, Activation = Activation.Relu)]
[Dense(10, Activation = Activation.Softmax)]
[Loss(Loss.SparseCategoricalCrossentropy)]
public partial class Int8DigitLayers;

/// <summary>Reads digits by one convolution and a dense layer that has nearly all weights.</summary>
[Network]
[Input(28, 28, 1)]
[Conv2D(32, 3, Activation = Activation.Relu)]
[MaxPool2D(2)]
[Flatten]
[Dense(128, Activation = Activation.Relu)]
[Dense(10, Activation = Activation.Softmax)]
[Loss(Loss.SparseCategoricalCrossentropy)]
public partial class DigitReader;

/// <summary>The same, its large matrix as bfloat16 in inference.</summary>
[Network(Weights = WeightFormat.BFloat16)]
[Input(28, 28, 1)]
[Conv2D(32, 3, Activation = Activation.Relu)]
[MaxPool2D(2)]
[Flatten]
[Dense(128, Activation = Activation.Relu)]
[Dense(10, Activation = Activation.Softmax)]
[Loss(Loss.SparseCategoricalCrossentropy)]
public partial class BFloat16DigitReader;

/// <summary>The same, its large matrix as integers of 8 bits in inference.</summary>
[Network(Weights = WeightFormat.Int8)]
[Input(28, 28, 1)]
[Conv2D(32, 3, Activation = Activation.Relu)]
[MaxPool2D(2)]
[Flatten]
[Dense(128, Activation = Activation.Relu)]
[Dense(10, Activation = Activation.Softmax)]
[Loss(Loss.SparseCategoricalCrossentropy)]
public partial class Int8DigitReader;

/// <summary>Judges the last 100 words of a review: positive or not.</summary>
[Network]
[Tokens(100, Vocabulary = 10_000, Padding = 0)]
[Embedding(64)]
[Lstm(128)]
[Dense(1, Activation = Activation.Sigmoid)]
[Loss(Loss.BinaryCrossentropy)]
public partial class ReviewJudge;

/// <summary>The same, its large matrix as bfloat16 in inference.</summary>
[Network(Weights = WeightFormat.BFloat16)]
[Tokens(100, Vocabulary = 10_000, Padding = 0)]
[Embedding(64)]
[Lstm(128)]
[Dense(1, Activation = Activation.Sigmoid)]
[Loss(Loss.BinaryCrossentropy)]
public partial class BFloat16ReviewJudge;

/// <summary>The same, its large matrix as integers of 8 bits in inference.</summary>
[Network(Weights = WeightFormat.Int8)]
[Tokens(100, Vocabulary = 10_000, Padding = 0)]
[Embedding(64)]
[Lstm(128)]
[Dense(1, Activation = Activation.Sigmoid)]
[Loss(Loss.BinaryCrossentropy)]
public partial class Int8ReviewJudge;
