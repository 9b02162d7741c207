namespace NetCompiler.Tests.Training;

/// <summary>A small generated network, for what a training stores with one.</summary>
[Network]
[Input(2)]
[Dense(1)]
[Loss(Loss.MeanSquaredError)]
internal sealed partial class Net;
