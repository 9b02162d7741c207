using NetCompiler;

namespace Samples;

/// <summary>y = w x + b.</summary>
[Network]
[Input(1)]
[Dense(1)]
[Loss(Loss.MeanSquaredError)]
public partial class Line;
