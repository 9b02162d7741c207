namespace NetCompiler;

/// <content>The convolutions, with the options of their attributes and the layer's name last.</content>
public sealed partial class Tensor
{
    /// <summary>A convolution along time: (T, C) becomes (T', filters). The options, sizes and weights are those of <see cref="Conv1DAttribute"/>.</summary>
    /// <param name="filters">The number of output channels, at least 1.</param>
    /// <param name="kernelSize">The length of the kernel in steps, at least 1.</param>
    /// <param name="strides">The step from one position to the next; at least 1.</param>
    /// <param name="padding">What happens at the borders.</param>
    /// <param name="dilation">The distance between neighbouring steps under the kernel; at least 1.</param>
    /// <param name="groups">Into how many groups the channels are split, each seen by filters of its own.</param>
    /// <param name="activation">What is applied to the result.</param>
    /// <param name="activationAlpha">The number that LeakyRelu and Elu take; NaN for their default.</param>
    /// <param name="activationMethod">The name of a static method to apply instead, or empty.</param>
    /// <param name="useBias">Whether a bias is added.</param>
    /// <param name="kernelInitializer">How the kernel starts.</param>
    /// <param name="kernelScale">The number of the kernel's initializer; NaN for its default.</param>
    /// <param name="biasInitializer">How the bias starts.</param>
    /// <param name="biasScale">The number of the bias's initializer; NaN for its default.</param>
    /// <param name="kernelL1">The factor in the loss of the sum of the kernel's absolute values.</param>
    /// <param name="kernelL2">The factor in the loss of the sum of the kernel's squares.</param>
    /// <param name="biasL1">The factor in the loss of the sum of the bias's absolute values.</param>
    /// <param name="biasL2">The factor in the loss of the sum of the bias's squares.</param>
    /// <param name="formerNames">Names under which older weight files hold the layer.</param>
    /// <param name="name">The layer's name; null for its kind and ordinal.</param>
    public Tensor Conv1D(
        int filters,
        int kernelSize,
        int strides = 1,
        Padding padding = Padding.Valid,
        int dilation = 1,
        int groups = 1,
        Activation activation = NetCompiler.Activation.Linear,
        double activationAlpha = double.NaN,
        string activationMethod = "",
        bool useBias = true,
        Initializer kernelInitializer = Initializer.GlorotUniform,
        double kernelScale = double.NaN,
        Initializer biasInitializer = Initializer.Zeros,
        double biasScale = double.NaN,
        double kernelL1 = 0,
        double kernelL2 = 0,
        double biasL1 = 0,
        double biasL2 = 0,
        string[]? formerNames = null,
        string? name = null) => throw NeverExecuted();

    /// <summary>A convolution over an image: (H, W, C) becomes (H', W', filters). The options, sizes and weights are those of <see cref="Conv2DAttribute"/>.</summary>
    /// <param name="filters">The number of output channels, at least 1.</param>
    /// <param name="kernelSize">The height and width of the kernel, at least 1.</param>
    /// <param name="kernelHeight">The height of the kernel where it is not square; 0 for <paramref name="kernelSize"/>.</param>
    /// <param name="kernelWidth">The width of the kernel where it is not square; 0 for <paramref name="kernelSize"/>.</param>
    /// <param name="strides">The step from one position to the next, in both directions; at least 1.</param>
    /// <param name="strideHeight">The step downwards where it differs; 0 for <paramref name="strides"/>.</param>
    /// <param name="strideWidth">The step to the right where it differs; 0 for <paramref name="strides"/>.</param>
    /// <param name="padding">What happens at the borders, Valid or Same.</param>
    /// <param name="dilation">The distance between neighbouring values under the kernel, in both directions; at least 1.</param>
    /// <param name="dilationHeight">The vertical distance where it differs; 0 for <paramref name="dilation"/>.</param>
    /// <param name="dilationWidth">The horizontal distance where it differs; 0 for <paramref name="dilation"/>.</param>
    /// <param name="groups">Into how many groups the channels are split, each seen by filters of its own.</param>
    /// <param name="activation">What is applied to the result.</param>
    /// <param name="activationAlpha">The number that LeakyRelu and Elu take; NaN for their default.</param>
    /// <param name="activationMethod">The name of a static method to apply instead, or empty.</param>
    /// <param name="useBias">Whether a bias is added.</param>
    /// <param name="kernelInitializer">How the kernel starts.</param>
    /// <param name="kernelScale">The number of the kernel's initializer; NaN for its default.</param>
    /// <param name="biasInitializer">How the bias starts.</param>
    /// <param name="biasScale">The number of the bias's initializer; NaN for its default.</param>
    /// <param name="kernelL1">The factor in the loss of the sum of the kernel's absolute values.</param>
    /// <param name="kernelL2">The factor in the loss of the sum of the kernel's squares.</param>
    /// <param name="biasL1">The factor in the loss of the sum of the bias's absolute values.</param>
    /// <param name="biasL2">The factor in the loss of the sum of the bias's squares.</param>
    /// <param name="formerNames">Names under which older weight files hold the layer.</param>
    /// <param name="name">The layer's name; null for its kind and ordinal.</param>
    public Tensor Conv2D(
        int filters,
        int kernelSize,
        int kernelHeight = 0,
        int kernelWidth = 0,
        int strides = 1,
        int strideHeight = 0,
        int strideWidth = 0,
        Padding padding = Padding.Valid,
        int dilation = 1,
        int dilationHeight = 0,
        int dilationWidth = 0,
        int groups = 1,
        Activation activation = NetCompiler.Activation.Linear,
        double activationAlpha = double.NaN,
        string activationMethod = "",
        bool useBias = true,
        Initializer kernelInitializer = Initializer.GlorotUniform,
        double kernelScale = double.NaN,
        Initializer biasInitializer = Initializer.Zeros,
        double biasScale = double.NaN,
        double kernelL1 = 0,
        double kernelL2 = 0,
        double biasL1 = 0,
        double biasL2 = 0,
        string[]? formerNames = null,
        string? name = null) => throw NeverExecuted();

    /// <summary>
    /// A convolution over an image whose channels do not mix: (H, W, C) becomes (H', W', C x multiplier). The options, sizes and weights are
    /// those of <see cref="DepthwiseConv2DAttribute"/>.
    /// </summary>
    /// <param name="kernelSize">The height and width of the kernel, at least 1.</param>
    /// <param name="kernelHeight">The height of the kernel where it is not square; 0 for <paramref name="kernelSize"/>.</param>
    /// <param name="kernelWidth">The width of the kernel where it is not square; 0 for <paramref name="kernelSize"/>.</param>
    /// <param name="strides">The step from one position to the next, in both directions; at least 1.</param>
    /// <param name="strideHeight">The step downwards where it differs; 0 for <paramref name="strides"/>.</param>
    /// <param name="strideWidth">The step to the right where it differs; 0 for <paramref name="strides"/>.</param>
    /// <param name="padding">What happens at the borders, Valid or Same.</param>
    /// <param name="dilation">The distance between neighbouring values under the kernel, in both directions; at least 1.</param>
    /// <param name="dilationHeight">The vertical distance where it differs; 0 for <paramref name="dilation"/>.</param>
    /// <param name="dilationWidth">The horizontal distance where it differs; 0 for <paramref name="dilation"/>.</param>
    /// <param name="depthMultiplier">The number of output channels of the depthwise convolution for each channel; at least 1.</param>
    /// <param name="activation">What is applied to the result.</param>
    /// <param name="activationAlpha">The number that LeakyRelu and Elu take; NaN for their default.</param>
    /// <param name="activationMethod">The name of a static method to apply instead, or empty.</param>
    /// <param name="useBias">Whether a bias is added.</param>
    /// <param name="depthwiseInitializer">How the depthwise kernel starts.</param>
    /// <param name="depthwiseScale">The number of the depthwise kernel's initializer; NaN for its default.</param>
    /// <param name="biasInitializer">How the bias starts.</param>
    /// <param name="biasScale">The number of the bias's initializer; NaN for its default.</param>
    /// <param name="depthwiseL1">The factor in the loss of the sum of the depthwise kernel's absolute values.</param>
    /// <param name="depthwiseL2">The factor in the loss of the sum of the depthwise kernel's squares.</param>
    /// <param name="biasL1">The factor in the loss of the sum of the bias's absolute values.</param>
    /// <param name="biasL2">The factor in the loss of the sum of the bias's squares.</param>
    /// <param name="formerNames">Names under which older weight files hold the layer.</param>
    /// <param name="name">The layer's name; null for its kind and ordinal.</param>
    public Tensor DepthwiseConv2D(
        int kernelSize,
        int kernelHeight = 0,
        int kernelWidth = 0,
        int strides = 1,
        int strideHeight = 0,
        int strideWidth = 0,
        Padding padding = Padding.Valid,
        int dilation = 1,
        int dilationHeight = 0,
        int dilationWidth = 0,
        int depthMultiplier = 1,
        Activation activation = NetCompiler.Activation.Linear,
        double activationAlpha = double.NaN,
        string activationMethod = "",
        bool useBias = true,
        Initializer depthwiseInitializer = Initializer.GlorotUniform,
        double depthwiseScale = double.NaN,
        Initializer biasInitializer = Initializer.Zeros,
        double biasScale = double.NaN,
        double depthwiseL1 = 0,
        double depthwiseL2 = 0,
        double biasL1 = 0,
        double biasL2 = 0,
        string[]? formerNames = null,
        string? name = null) => throw NeverExecuted();

    /// <summary>
    /// A depthwise convolution, then one of kernel size 1 that mixes the channels: (H, W, C) becomes (H', W', filters). The options, sizes and
    /// weights are those of <see cref="SeparableConv2DAttribute"/>.
    /// </summary>
    /// <param name="filters">The number of output channels, at least 1.</param>
    /// <param name="kernelSize">The height and width of the kernel, at least 1.</param>
    /// <param name="kernelHeight">The height of the kernel where it is not square; 0 for <paramref name="kernelSize"/>.</param>
    /// <param name="kernelWidth">The width of the kernel where it is not square; 0 for <paramref name="kernelSize"/>.</param>
    /// <param name="strides">The step from one position to the next, in both directions; at least 1.</param>
    /// <param name="strideHeight">The step downwards where it differs; 0 for <paramref name="strides"/>.</param>
    /// <param name="strideWidth">The step to the right where it differs; 0 for <paramref name="strides"/>.</param>
    /// <param name="padding">What happens at the borders, Valid or Same.</param>
    /// <param name="dilation">The distance between neighbouring values under the kernel, in both directions; at least 1.</param>
    /// <param name="dilationHeight">The vertical distance where it differs; 0 for <paramref name="dilation"/>.</param>
    /// <param name="dilationWidth">The horizontal distance where it differs; 0 for <paramref name="dilation"/>.</param>
    /// <param name="depthMultiplier">The number of output channels of the depthwise convolution for each channel; at least 1.</param>
    /// <param name="activation">What is applied to the result.</param>
    /// <param name="activationAlpha">The number that LeakyRelu and Elu take; NaN for their default.</param>
    /// <param name="activationMethod">The name of a static method to apply instead, or empty.</param>
    /// <param name="useBias">Whether a bias is added.</param>
    /// <param name="depthwiseInitializer">How the depthwise kernel starts.</param>
    /// <param name="depthwiseScale">The number of the depthwise kernel's initializer; NaN for its default.</param>
    /// <param name="biasInitializer">How the bias starts.</param>
    /// <param name="biasScale">The number of the bias's initializer; NaN for its default.</param>
    /// <param name="depthwiseL1">The factor in the loss of the sum of the depthwise kernel's absolute values.</param>
    /// <param name="depthwiseL2">The factor in the loss of the sum of the depthwise kernel's squares.</param>
    /// <param name="biasL1">The factor in the loss of the sum of the bias's absolute values.</param>
    /// <param name="biasL2">The factor in the loss of the sum of the bias's squares.</param>
    /// <param name="pointwiseInitializer">How the pointwise kernel starts.</param>
    /// <param name="pointwiseScale">The number of the pointwise kernel's initializer; NaN for its default.</param>
    /// <param name="pointwiseL1">The factor in the loss of the sum of the pointwise kernel's absolute values.</param>
    /// <param name="pointwiseL2">The factor in the loss of the sum of the pointwise kernel's squares.</param>
    /// <param name="formerNames">Names under which older weight files hold the layer.</param>
    /// <param name="name">The layer's name; null for its kind and ordinal.</param>
    public Tensor SeparableConv2D(
        int filters,
        int kernelSize,
        int kernelHeight = 0,
        int kernelWidth = 0,
        int strides = 1,
        int strideHeight = 0,
        int strideWidth = 0,
        Padding padding = Padding.Valid,
        int dilation = 1,
        int dilationHeight = 0,
        int dilationWidth = 0,
        int depthMultiplier = 1,
        Activation activation = NetCompiler.Activation.Linear,
        double activationAlpha = double.NaN,
        string activationMethod = "",
        bool useBias = true,
        Initializer depthwiseInitializer = Initializer.GlorotUniform,
        double depthwiseScale = double.NaN,
        Initializer biasInitializer = Initializer.Zeros,
        double biasScale = double.NaN,
        double depthwiseL1 = 0,
        double depthwiseL2 = 0,
        double biasL1 = 0,
        double biasL2 = 0,
        Initializer pointwiseInitializer = Initializer.GlorotUniform,
        double pointwiseScale = double.NaN,
        double pointwiseL1 = 0,
        double pointwiseL2 = 0,
        string[]? formerNames = null,
        string? name = null) => throw NeverExecuted();

    /// <summary>
    /// The transpose of a convolution, which enlarges an image: (H, W, C) becomes (H', W', filters). The options, sizes and weights are those
    /// of <see cref="Conv2DTransposeAttribute"/>.
    /// </summary>
    /// <param name="filters">The number of output channels, at least 1.</param>
    /// <param name="kernelSize">The height and width of the kernel, at least 1.</param>
    /// <param name="kernelHeight">The height of the kernel where it is not square; 0 for <paramref name="kernelSize"/>.</param>
    /// <param name="kernelWidth">The width of the kernel where it is not square; 0 for <paramref name="kernelSize"/>.</param>
    /// <param name="strides">The step from one position to the next, in both directions; at least 1.</param>
    /// <param name="strideHeight">The step downwards where it differs; 0 for <paramref name="strides"/>.</param>
    /// <param name="strideWidth">The step to the right where it differs; 0 for <paramref name="strides"/>.</param>
    /// <param name="padding">What happens at the borders, Valid or Same.</param>
    /// <param name="dilation">The distance between neighbouring values that the kernel writes, in both directions; at least 1.</param>
    /// <param name="dilationHeight">The vertical distance where it differs; 0 for <paramref name="dilation"/>.</param>
    /// <param name="dilationWidth">The horizontal distance where it differs; 0 for <paramref name="dilation"/>.</param>
    /// <param name="outputPadding">How many places the result is longer at its end, less than the strides; -1 for the length that follows from strides and padding alone.</param>
    /// <param name="activation">What is applied to the result.</param>
    /// <param name="activationAlpha">The number that LeakyRelu and Elu take; NaN for their default.</param>
    /// <param name="activationMethod">The name of a static method to apply instead, or empty.</param>
    /// <param name="useBias">Whether a bias is added.</param>
    /// <param name="kernelInitializer">How the kernel starts.</param>
    /// <param name="kernelScale">The number of the kernel's initializer; NaN for its default.</param>
    /// <param name="biasInitializer">How the bias starts.</param>
    /// <param name="biasScale">The number of the bias's initializer; NaN for its default.</param>
    /// <param name="kernelL1">The factor in the loss of the sum of the kernel's absolute values.</param>
    /// <param name="kernelL2">The factor in the loss of the sum of the kernel's squares.</param>
    /// <param name="biasL1">The factor in the loss of the sum of the bias's absolute values.</param>
    /// <param name="biasL2">The factor in the loss of the sum of the bias's squares.</param>
    /// <param name="formerNames">Names under which older weight files hold the layer.</param>
    /// <param name="name">The layer's name; null for its kind and ordinal.</param>
    public Tensor Conv2DTranspose(
        int filters,
        int kernelSize,
        int kernelHeight = 0,
        int kernelWidth = 0,
        int strides = 1,
        int strideHeight = 0,
        int strideWidth = 0,
        Padding padding = Padding.Valid,
        int dilation = 1,
        int dilationHeight = 0,
        int dilationWidth = 0,
        int outputPadding = -1,
        Activation activation = NetCompiler.Activation.Linear,
        double activationAlpha = double.NaN,
        string activationMethod = "",
        bool useBias = true,
        Initializer kernelInitializer = Initializer.GlorotUniform,
        double kernelScale = double.NaN,
        Initializer biasInitializer = Initializer.Zeros,
        double biasScale = double.NaN,
        double kernelL1 = 0,
        double kernelL2 = 0,
        double biasL1 = 0,
        double biasL2 = 0,
        string[]? formerNames = null,
        string? name = null) => throw NeverExecuted();
}
