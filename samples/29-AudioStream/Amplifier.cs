using NetCompiler;

namespace Samples;

/// <summary>From the samples of a sound to those of the same sound through an amplifier. Causal in time, so that it can run a sample at a time.</summary>
[Network]
[Input(256, 1)]
[Lstm(16, ReturnSequences = true)]
[Dense(1)]
[Loss(Loss.MeanSquaredError)]
public partial class Amplifier;
