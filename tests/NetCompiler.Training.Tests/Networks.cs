namespace NetCompiler.Tests.Training;

/// <summary>A small generated network, for what a training stores with one.</summary>
[Network]
[Input(2)]
[Dense(1)]
[Loss(Loss.MeanSquaredError)]
internal sealed partial class Net;

/// <summary>Small images of three kinds: moving statistics, dropout, convolution and padding in one network.</summary>
[Network]
[Input(6, 6, 1)]
[Conv2D(3, 3)]
[BatchNormalization]
[Flatten]
[Dropout(0.25)]
[Dense(5, Activation = Activation.Tanh)]
[Dense(3, Activation = Activation.Softmax)]
[Loss(Loss.SparseCategoricalCrossentropy)]
internal sealed partial class Kinds;

/// <summary>A class for every word of a padded sequence, and a number.</summary>
[Network]
[Loss(Loss.SparseCategoricalCrossentropy, Output = "Kind")]
[Loss(Loss.MeanSquaredError, Output = "Size")]
public partial class WordKinds
{
    private static (Tensor Kind, Tensor Size) Forward([Input(1)] Tensor style, [Tokens(5, Vocabulary = 7, Padding = 0)] Tensor words)
    {
        Tensor read = words.Embedding(4) * style;
        return (read.Dense(3, Activation.Softmax), read.Lstm(2, returnSequences: true));
    }
}
