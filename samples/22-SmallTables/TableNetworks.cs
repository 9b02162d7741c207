using NetCompiler;

namespace Samples;

/// <summary>The species of an iris from four measurements.</summary>
[Network]
[Input(4)]
[Dense(16, Activation = Activation.Relu)]
[Dense(3, Activation = Activation.Softmax)]
[Loss(Loss.SparseCategoricalCrossentropy)]
public partial class Iris;

/// <summary>The quality of a red wine, 3 to 8, from eleven measurements.</summary>
[Network]
[Input(11)]
[Dense(32, Activation = Activation.Relu)]
[Dropout(0.2)]
[Dense(6, Activation = Activation.Softmax)]
[Loss(Loss.SparseCategoricalCrossentropy)]
public partial class Wine;

/// <summary>The species of a penguin from its island, four measurements and its sex.</summary>
[Network]
[Input(9)]
[Dense(16, Activation = Activation.Relu)]
[Dense(3, Activation = Activation.Softmax)]
[Loss(Loss.SparseCategoricalCrossentropy)]
public partial class Penguin;

/// <summary>Whether a passenger of the Titanic survived.</summary>
[Network]
[Input(13)]
[Dense(16, Activation = Activation.Relu, KernelL2 = 0.001)]
[Dropout(0.2)]
[Dense(1, Activation = Activation.Sigmoid)]
[Loss(Loss.BinaryCrossentropy)]
public partial class Titanic;

/// <summary>Which of two classes a banknote is of, from four measures of its picture.</summary>
[Network]
[Input(4)]
[Dense(16, Activation = Activation.Relu)]
[Dense(1, Activation = Activation.Sigmoid)]
[Loss(Loss.BinaryCrossentropy)]
public partial class Banknote;
