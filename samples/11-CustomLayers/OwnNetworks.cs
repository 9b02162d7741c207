using NetCompiler;

namespace Samples;

/// <summary>Layers that a user writes: methods of tensors, with weights of their own.</summary>
public static class OwnLayers
{
    /// <summary>A dense layer: x times a matrix, plus a bias.</summary>
    public static Tensor OwnDense(Tensor x, int units)
    {
        Tensor kernel = Tensor.Parameter("kernel", [x.Shape[0], units], Initializer.GlorotUniform);
        Tensor bias = Tensor.Parameter("bias", [units], Initializer.Zeros);
        return Tensor.MatMul(x.Reshape([1, x.Shape[0]]), kernel).Reshape([units]) + bias;
    }

    /// <summary>A residual block: what two layers add to their input.</summary>
    public static Tensor Residual(Tensor x) => x + OwnDense(OwnDense(x, x.Shape[0]).Relu(), x.Shape[0]);
}

/// <summary>A network of layers of one's own.</summary>
[Network]
[Loss(Loss.SparseCategoricalCrossentropy)]
public partial class OwnDigits
{
    private static Tensor Forward([Input(784)] Tensor image)
    {
        Tensor x = OwnLayers.OwnDense(image, 64).Relu();
        for (int i = 0; i < 2; i++)
        {
            x = OwnLayers.Residual(x);
        }

        return OwnLayers.OwnDense(x, 10).Softmax();
    }
}

/// <summary>The same of the layers that are built in.</summary>
[Network]
[Loss(Loss.SparseCategoricalCrossentropy)]
public partial class BuiltInDigits
{
    private static Tensor Forward([Input(784)] Tensor image)
    {
        Tensor x = image.Dense(64, Activation.Relu);
        for (int i = 0; i < 2; i++)
        {
            x += x.Dense(64, Activation.Relu).Dense(64);
        }

        return x.Dense(10).Softmax();
    }
}

/// <summary>Whether two images show the same digit: a siamese pair, one set of weights that reads both.</summary>
[Network]
[Loss(Loss.BinaryCrossentropy)]
public partial class SameDigit
{
    private static Tensor Forward([Input(784)] Tensor left, [Input(784)] Tensor right)
    {
        var read = Tensor.Share(Read);
        return (read(left) - read(right)).Abs().Dense(1).Sigmoid();
    }

    private static Tensor Read(Tensor image) => OwnLayers.OwnDense(OwnLayers.Residual(OwnLayers.OwnDense(image, 128).Relu()), 32);
}
