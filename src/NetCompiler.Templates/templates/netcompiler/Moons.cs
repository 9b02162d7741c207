using NetCompiler;

/// <summary>Tells two interleaved half circles of points apart: two coordinates in, a probability for each half circle out.</summary>
[Network]
[Input(2)]
[Dense(16, Activation = Activation.Relu)]
[Dense(16, Activation = Activation.Relu)]
[Dense(2, Activation = Activation.Softmax)]
[Loss(Loss.SparseCategoricalCrossentropy)]
public partial class Moons;
