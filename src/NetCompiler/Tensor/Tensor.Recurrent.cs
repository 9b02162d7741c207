namespace NetCompiler;

/// <content>The recurrent layers, with the options of their attributes and the layer's name last.</content>
public sealed partial class Tensor
{
    /// <summary>h' = activation(x W + h U + b) at every step of (T, features). The options are those of <see cref="SimpleRnnAttribute"/>.</summary>
    /// <param name="units">The number of values of the state.</param>
    /// <param name="activation">What is applied to the candidate of a new state.</param>
    /// <param name="activationAlpha">The number that LeakyRelu and Elu take; NaN for their default.</param>
    /// <param name="useBias">Whether a bias is added.</param>
    /// <param name="kernelInitializer">How the kernel starts.</param>
    /// <param name="kernelScale">The number of the kernel's initializer; NaN for its default.</param>
    /// <param name="recurrentInitializer">How the recurrent kernel starts.</param>
    /// <param name="recurrentScale">The number of the recurrent kernel's initializer; NaN for its default.</param>
    /// <param name="biasInitializer">How the bias starts.</param>
    /// <param name="biasScale">The number of the bias's initializer; NaN for its default.</param>
    /// <param name="kernelL1">The factor in the loss of the sum of the kernel's absolute values.</param>
    /// <param name="kernelL2">The factor in the loss of the sum of the kernel's squares.</param>
    /// <param name="recurrentL1">The factor in the loss of the sum of the recurrent kernel's absolute values.</param>
    /// <param name="recurrentL2">The factor in the loss of the sum of the recurrent kernel's squares.</param>
    /// <param name="biasL1">The factor in the loss of the sum of the bias's absolute values.</param>
    /// <param name="biasL2">The factor in the loss of the sum of the bias's squares.</param>
    /// <param name="dropout">The fraction of the input's features that training drops, the same ones at every step.</param>
    /// <param name="recurrentDropout">The fraction of the state's values that training drops, the same ones at every step.</param>
    /// <param name="returnSequences">Whether the outputs of all steps are the result, or the last one alone.</param>
    /// <param name="goBackwards">Whether the steps are taken from the last to the first; the result is then in that order too.</param>
    /// <param name="bidirectional">Whether a second half takes the steps from the last to the first, its outputs following those of the first half.</param>
    /// <param name="mergeMode">How the outputs of the halves of a bidirectional layer become one.</param>
    /// <param name="formerNames">Names under which older weight files hold the layer.</param>
    /// <param name="name">The layer's name; null for its kind and ordinal.</param>
    public Tensor SimpleRnn(
        int units,
        Activation activation = NetCompiler.Activation.Tanh,
        double activationAlpha = double.NaN,
        bool useBias = true,
        Initializer kernelInitializer = Initializer.GlorotUniform,
        double kernelScale = double.NaN,
        Initializer recurrentInitializer = Initializer.Orthogonal,
        double recurrentScale = double.NaN,
        Initializer biasInitializer = Initializer.Zeros,
        double biasScale = double.NaN,
        double kernelL1 = 0,
        double kernelL2 = 0,
        double recurrentL1 = 0,
        double recurrentL2 = 0,
        double biasL1 = 0,
        double biasL2 = 0,
        double dropout = 0,
        double recurrentDropout = 0,
        bool returnSequences = false,
        bool goBackwards = false,
        bool bidirectional = false,
        MergeMode mergeMode = MergeMode.Concat,
        string[]? formerNames = null,
        string? name = null) => throw NeverExecuted();

    /// <summary>A long short-term memory over (T, features): (units), or (T, units). The options are those of <see cref="LstmAttribute"/>.</summary>
    /// <param name="units">The number of values of the state.</param>
    /// <param name="activation">What is applied to the candidate of a new state.</param>
    /// <param name="activationAlpha">The number that LeakyRelu and Elu take; NaN for their default.</param>
    /// <param name="recurrentActivation">What is applied to the gates.</param>
    /// <param name="useBias">Whether a bias is added.</param>
    /// <param name="kernelInitializer">How the kernel starts.</param>
    /// <param name="kernelScale">The number of the kernel's initializer; NaN for its default.</param>
    /// <param name="recurrentInitializer">How the recurrent kernel starts.</param>
    /// <param name="recurrentScale">The number of the recurrent kernel's initializer; NaN for its default.</param>
    /// <param name="biasInitializer">How the bias starts.</param>
    /// <param name="biasScale">The number of the bias's initializer; NaN for its default.</param>
    /// <param name="kernelL1">The factor in the loss of the sum of the kernel's absolute values.</param>
    /// <param name="kernelL2">The factor in the loss of the sum of the kernel's squares.</param>
    /// <param name="recurrentL1">The factor in the loss of the sum of the recurrent kernel's absolute values.</param>
    /// <param name="recurrentL2">The factor in the loss of the sum of the recurrent kernel's squares.</param>
    /// <param name="biasL1">The factor in the loss of the sum of the bias's absolute values.</param>
    /// <param name="biasL2">The factor in the loss of the sum of the bias's squares.</param>
    /// <param name="dropout">The fraction of the input's features that training drops, the same ones at every step.</param>
    /// <param name="recurrentDropout">The fraction of the state's values that training drops, the same ones at every step.</param>
    /// <param name="returnSequences">Whether the outputs of all steps are the result, or the last one alone.</param>
    /// <param name="goBackwards">Whether the steps are taken from the last to the first; the result is then in that order too.</param>
    /// <param name="bidirectional">Whether a second half takes the steps from the last to the first, its outputs following those of the first half.</param>
    /// <param name="mergeMode">How the outputs of the halves of a bidirectional layer become one.</param>
    /// <param name="unitForgetBias">Whether the bias of the forget gate starts at 1.</param>
    /// <param name="formerNames">Names under which older weight files hold the layer.</param>
    /// <param name="name">The layer's name; null for its kind and ordinal.</param>
    public Tensor Lstm(
        int units,
        Activation activation = NetCompiler.Activation.Tanh,
        double activationAlpha = double.NaN,
        Activation recurrentActivation = NetCompiler.Activation.Sigmoid,
        bool useBias = true,
        Initializer kernelInitializer = Initializer.GlorotUniform,
        double kernelScale = double.NaN,
        Initializer recurrentInitializer = Initializer.Orthogonal,
        double recurrentScale = double.NaN,
        Initializer biasInitializer = Initializer.Zeros,
        double biasScale = double.NaN,
        double kernelL1 = 0,
        double kernelL2 = 0,
        double recurrentL1 = 0,
        double recurrentL2 = 0,
        double biasL1 = 0,
        double biasL2 = 0,
        double dropout = 0,
        double recurrentDropout = 0,
        bool returnSequences = false,
        bool goBackwards = false,
        bool bidirectional = false,
        MergeMode mergeMode = MergeMode.Concat,
        bool unitForgetBias = true,
        string[]? formerNames = null,
        string? name = null) => throw NeverExecuted();

    /// <summary>A gated recurrent unit over (T, features): (units), or (T, units). The options are those of <see cref="GruAttribute"/>.</summary>
    /// <param name="units">The number of values of the state.</param>
    /// <param name="activation">What is applied to the candidate of a new state.</param>
    /// <param name="activationAlpha">The number that LeakyRelu and Elu take; NaN for their default.</param>
    /// <param name="recurrentActivation">What is applied to the gates.</param>
    /// <param name="useBias">Whether a bias is added.</param>
    /// <param name="kernelInitializer">How the kernel starts.</param>
    /// <param name="kernelScale">The number of the kernel's initializer; NaN for its default.</param>
    /// <param name="recurrentInitializer">How the recurrent kernel starts.</param>
    /// <param name="recurrentScale">The number of the recurrent kernel's initializer; NaN for its default.</param>
    /// <param name="biasInitializer">How the bias starts.</param>
    /// <param name="biasScale">The number of the bias's initializer; NaN for its default.</param>
    /// <param name="kernelL1">The factor in the loss of the sum of the kernel's absolute values.</param>
    /// <param name="kernelL2">The factor in the loss of the sum of the kernel's squares.</param>
    /// <param name="recurrentL1">The factor in the loss of the sum of the recurrent kernel's absolute values.</param>
    /// <param name="recurrentL2">The factor in the loss of the sum of the recurrent kernel's squares.</param>
    /// <param name="biasL1">The factor in the loss of the sum of the bias's absolute values.</param>
    /// <param name="biasL2">The factor in the loss of the sum of the bias's squares.</param>
    /// <param name="dropout">The fraction of the input's features that training drops, the same ones at every step.</param>
    /// <param name="recurrentDropout">The fraction of the state's values that training drops, the same ones at every step.</param>
    /// <param name="returnSequences">Whether the outputs of all steps are the result, or the last one alone.</param>
    /// <param name="goBackwards">Whether the steps are taken from the last to the first; the result is then in that order too.</param>
    /// <param name="bidirectional">Whether a second half takes the steps from the last to the first, its outputs following those of the first half.</param>
    /// <param name="mergeMode">How the outputs of the halves of a bidirectional layer become one.</param>
    /// <param name="resetAfter">Whether the reset gate multiplies the state's part of the candidate after the recurrent product, or the state before it.</param>
    /// <param name="formerNames">Names under which older weight files hold the layer.</param>
    /// <param name="name">The layer's name; null for its kind and ordinal.</param>
    public Tensor Gru(
        int units,
        Activation activation = NetCompiler.Activation.Tanh,
        double activationAlpha = double.NaN,
        Activation recurrentActivation = NetCompiler.Activation.Sigmoid,
        bool useBias = true,
        Initializer kernelInitializer = Initializer.GlorotUniform,
        double kernelScale = double.NaN,
        Initializer recurrentInitializer = Initializer.Orthogonal,
        double recurrentScale = double.NaN,
        Initializer biasInitializer = Initializer.Zeros,
        double biasScale = double.NaN,
        double kernelL1 = 0,
        double kernelL2 = 0,
        double recurrentL1 = 0,
        double recurrentL2 = 0,
        double biasL1 = 0,
        double biasL2 = 0,
        double dropout = 0,
        double recurrentDropout = 0,
        bool returnSequences = false,
        bool goBackwards = false,
        bool bidirectional = false,
        MergeMode mergeMode = MergeMode.Concat,
        bool resetAfter = true,
        string[]? formerNames = null,
        string? name = null) => throw NeverExecuted();
}
