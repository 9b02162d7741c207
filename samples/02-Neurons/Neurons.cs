using NetCompiler;

namespace Samples;

/// <summary>A McCulloch-Pitts neuron of one input: 1 where w x + b is at least 0. The bias is minus the threshold.</summary>
[Network]
[Input(1)]
[Dense(1, Activation = Activation.Step)]
public partial class OneInputNeuron;

/// <summary>A McCulloch-Pitts neuron of two inputs.</summary>
[Network]
[Input(2)]
[Dense(1, Activation = Activation.Step)]
public partial class TwoInputNeuron;

/// <summary>A McCulloch-Pitts neuron of three inputs.</summary>
[Network]
[Input(3)]
[Dense(1, Activation = Activation.Step)]
public partial class ThreeInputNeuron;

/// <summary>Rosenblatt's perceptron: the loss's gradient is his learning rule, (output - target) x input.</summary>
[Network]
[Input(2)]
[Dense(1, Activation = Activation.Step, KernelInitializer = Initializer.Zeros)]
[Loss(Loss.Perceptron)]
public partial class Perceptron;

/// <summary>One neuron that gives a probability: logistic regression on one feature.</summary>
[Network]
[Input(1)]
[Dense(1, Activation = Activation.Sigmoid)]
[Loss(Loss.BinaryCrossentropy)]
public partial class OneFeatureNeuron;

/// <summary>Logistic regression on four features.</summary>
[Network]
[Input(4)]
[Dense(1, Activation = Activation.Sigmoid)]
[Loss(Loss.BinaryCrossentropy)]
public partial class FourFeatureNeuron;

/// <summary>Several neurons side by side are a layer, here one per species.</summary>
[Network]
[Input(4)]
[Dense(3, Activation = Activation.Sigmoid)]
[Loss(Loss.BinaryCrossentropy)]
public partial class NeuronLayer;
