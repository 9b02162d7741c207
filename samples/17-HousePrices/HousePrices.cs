using NetCompiler;

namespace Samples;

/// <summary>
/// The price of a house, in thousands of dollars of 1978, from 13 attributes of its quarter: 13-64-64-1. The attributes are standardised by the network
/// itself. One of them, B, is computed from the share of Black residents: the data set serves to compare regressions, not to price houses.
/// </summary>
[Network]
[Input(13)]
[Normalization]
[Dense(64, Activation = Activation.Relu)]
[Dense(64, Activation = Activation.Relu)]
[Dense(1)]
[Loss(Loss.MeanSquaredError)]
public partial class HousePrices;
