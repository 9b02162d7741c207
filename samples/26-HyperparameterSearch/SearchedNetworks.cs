using NetCompiler;

namespace Samples;

/// <summary>The species of an iris from four measurements; how its weights start is a compile-time choice of 0, 1 and 2.</summary>
[Network]
[Loss(Loss.SparseCategoricalCrossentropy)]
public partial class SearchedIris
{
    private static Tensor Forward([Input(4)] Tensor x, [Choice(0, 1, 2)] int initializer)
    {
        Initializer start = initializer == 0 ? Initializer.GlorotUniform : initializer == 1 ? Initializer.HeNormal : Initializer.RandomNormal;
        return x.Dense(16, Activation.Relu, kernelInitializer: start).Dense(3, kernelInitializer: start).Softmax();
    }
}

/// <summary>A digit by one hidden layer, compiled for five widths.</summary>
[Network]
[Loss(Loss.SparseCategoricalCrossentropy)]
public partial class SearchedDigits
{
    private static Tensor Forward([Input(784)] Tensor x, [Choice(32, 64, 128, 256, 512)] int units) => x.Dense(units, Activation.Relu).Dropout(0.2).Dense(10).Softmax();
}
