namespace NetCompiler.Tests.Generated;

/// <summary>The golden case batch-normalization-mlp.</summary>
[Network]
[Input(6)]
[Dense(8)]
[BatchNormalization]
[Activation(Activation.Relu)]
[Dense(3, Activation = Activation.Softmax)]
[Loss(Loss.SparseCategoricalCrossentropy)]
public partial class NormalizedNetwork;

/// <summary>The golden case residual: a block with a shortcut.</summary>
[Network]
[Loss(Loss.SparseCategoricalCrossentropy)]
public partial class ResidualNetwork
{
    private static Tensor Forward([Input(7, 6, 8)] Tensor input)
    {
        Tensor inner = input.Conv2D(8, 3, padding: Padding.Same, activation: Activation.Relu).Conv2D(8, 3, padding: Padding.Same);
        return Tensor.Add(input, inner).Activation(Activation.Relu).GlobalAveragePool2D().Dense(4, Activation.Softmax);
    }
}

/// <summary>Convolution, batch normalization, noise and dropout: everything whose training differs from its inference.</summary>
[Network]
[Input(9, 8, 3)]
[GaussianNoise(0.5)]
[Conv2D(5, 3, Padding = Padding.Same, UseBias = false)]
[BatchNormalization(Momentum = 0.8)]
[Activation(Activation.Relu)]
[MaxPool2D]
[Dropout(0.3)]
[GlobalAveragePool2D]
[Dense(4, Activation = Activation.Softmax)]
[Loss(Loss.SparseCategoricalCrossentropy)]
public partial class NoisyImageNetwork;
