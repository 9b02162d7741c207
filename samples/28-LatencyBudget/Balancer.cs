using NetCompiler;

namespace Samples;

/// <summary>From place, speed, angle and angular speed of a pole on a cart to the force on the cart, from -1 to 1.</summary>
[Network]
[Input(4)]
[Dense(32, Activation = Activation.Tanh)]
[Dense(32, Activation = Activation.Tanh)]
[Dense(1, Activation = Activation.Tanh)]
[Loss(Loss.MeanSquaredError)]
public partial class Balancer;
