using NetCompiler;

namespace Samples;

/// <summary>The next value after 24, by the plain recurrence.</summary>
[Network]
[Input(24, 1)]
[SimpleRnn(32)]
[Dense(1)]
[Loss(Loss.Huber)]
public partial class RecurrentForecast;

/// <summary>The same by a gated recurrence.</summary>
[Network]
[Input(24, 1)]
[Gru(32)]
[Dense(1)]
[Loss(Loss.Huber)]
public partial class GatedForecast;

/// <summary>The same by convolutions along time that never look ahead.</summary>
[Network]
[Input(24, 1)]
[Conv1D(32, 3, Padding = Padding.Causal, Activation = Activation.Relu)]
[Conv1D(32, 3, Padding = Padding.Causal, Dilation = 2, Activation = Activation.Relu)]
[Flatten]
[Dense(1)]
[Loss(Loss.Huber)]
public partial class ConvolutionForecast;
