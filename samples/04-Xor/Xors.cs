using NetCompiler;

namespace Samples;

/// <summary>XOR with two hidden units and the squared error.</summary>
[Network]
[Input(2)]
[Dense(2, Activation = Activation.Sigmoid)]
[Dense(1, Activation = Activation.Sigmoid)]
[Loss(Loss.MeanSquaredError)]
public partial class SmallSquaredXor;

/// <summary>XOR with two hidden units and the cross-entropy.</summary>
[Network]
[Input(2)]
[Dense(2, Activation = Activation.Sigmoid)]
[Dense(1, Activation = Activation.Sigmoid)]
[Loss(Loss.BinaryCrossentropy)]
public partial class SmallEntropyXor;

/// <summary>XOR with eight hidden units and the squared error.</summary>
[Network]
[Input(2)]
[Dense(8, Activation = Activation.Sigmoid)]
[Dense(1, Activation = Activation.Sigmoid)]
[Loss(Loss.MeanSquaredError)]
public partial class WideSquaredXor;

/// <summary>XOR with eight hidden units and the cross-entropy.</summary>
[Network]
[Input(2)]
[Dense(8, Activation = Activation.Sigmoid)]
[Dense(1, Activation = Activation.Sigmoid)]
[Loss(Loss.BinaryCrossentropy)]
public partial class WideEntropyXor;
