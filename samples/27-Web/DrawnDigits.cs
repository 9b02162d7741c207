using NetCompiler;

namespace Samples;

/// <summary>
/// Reads a drawn digit in a few microseconds. The logits are an output of their own: the probability of a digit that is certain no longer changes with any pixel, its logit
/// does, and the saliency map is the logit's gradient.
/// </summary>
[Network]
[Loss(Loss.SparseCategoricalCrossentropy, Output = "Probabilities")]
[NoLoss("Logits")]
public partial class DrawnDigits
{
    private static (Tensor Probabilities, Tensor Logits) Forward([Input(28, 28, 1)] Tensor image)
    {
        // A stride instead of a pool behind the first convolution: a quarter of its work, and hardly a mistake more.
        Tensor x = image.Conv2D(8, 5, strides: 2, activation: Activation.Relu);
        x = x.Conv2D(16, 3, activation: Activation.Relu).MaxPool2D(2);
        Tensor logits = x.Flatten().Dense(64, Activation.Relu, name: "hidden").Dense(10, name: "digit");
        return (logits.Softmax(), logits);
    }
}
