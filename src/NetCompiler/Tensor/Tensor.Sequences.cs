namespace NetCompiler;

/// <content>What works on sequences beside the recurrent layers: embeddings and attention.</content>
public sealed partial class Tensor
{
    /// <summary>Each token becomes its row of a table: (T) becomes (T, units). Only token inputs have one. The options are those of <see cref="EmbeddingAttribute"/>.</summary>
    /// <param name="units">The number of values that stand for one token.</param>
    /// <param name="embeddingsInitializer">How the table starts.</param>
    /// <param name="embeddingsScale">The number of the table's initializer; NaN for its default.</param>
    /// <param name="embeddingsL1">The factor in the loss of the sum of the table's absolute values.</param>
    /// <param name="embeddingsL2">The factor in the loss of the sum of the table's squares.</param>
    /// <param name="formerNames">Names under which older weight files hold the layer.</param>
    /// <param name="name">The layer's name; null for its kind and ordinal.</param>
    public Tensor Embedding(
        int units,
        Initializer embeddingsInitializer = Initializer.RandomUniform,
        double embeddingsScale = double.NaN,
        double embeddingsL1 = 0,
        double embeddingsL2 = 0,
        string[]? formerNames = null,
        string? name = null) => throw NeverExecuted();

    /// <summary>y = x + embeddings, a learned row for each step of (T, features).</summary>
    /// <param name="embeddingsInitializer">How the rows start.</param>
    /// <param name="embeddingsScale">The number of the rows' initializer; NaN for its default.</param>
    /// <param name="formerNames">Names under which older weight files hold the layer.</param>
    /// <param name="name">The layer's name; null for its kind and ordinal.</param>
    public Tensor PositionalEmbedding(
        Initializer embeddingsInitializer = Initializer.RandomUniform,
        double embeddingsScale = double.NaN,
        string[]? formerNames = null,
        string? name = null) => throw NeverExecuted();

    /// <summary>Every step of (T, features) attends to all of them. The options are those of <see cref="MultiHeadAttentionAttribute"/>.</summary>
    /// <param name="heads">The number of heads.</param>
    /// <param name="keyUnits">The number of values of a head's queries and keys; 0 for the number of features divided by that of heads.</param>
    /// <param name="valueUnits">The number of values of a head's result; 0 for that of its keys.</param>
    /// <param name="outputUnits">The number of features of the result; 0 for that of the first sequence.</param>
    /// <param name="causal">Whether a step attends to itself and the steps before it alone.</param>
    /// <param name="useBias">Whether biases are added.</param>
    /// <param name="dropout">The fraction of the attention's weights that training drops.</param>
    /// <param name="kernelInitializer">How the kernels start.</param>
    /// <param name="kernelScale">The number of the kernels' initializer; NaN for its default.</param>
    /// <param name="biasInitializer">How the biases start.</param>
    /// <param name="biasScale">The number of the biases' initializer; NaN for its default.</param>
    /// <param name="kernelL1">The factor in the loss of the sum of the kernels' absolute values.</param>
    /// <param name="kernelL2">The factor in the loss of the sum of the kernels' squares.</param>
    /// <param name="biasL1">The factor in the loss of the sum of the biases' absolute values.</param>
    /// <param name="biasL2">The factor in the loss of the sum of the biases' squares.</param>
    /// <param name="formerNames">Names under which older weight files hold the layer.</param>
    /// <param name="name">The layer's name; null for its kind and ordinal.</param>
    public Tensor MultiHeadAttention(
        int heads,
        int keyUnits = 0,
        int valueUnits = 0,
        int outputUnits = 0,
        bool causal = false,
        bool useBias = true,
        double dropout = 0,
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

    /// <summary>Every step of one sequence attends to the steps of another; the result has the shape of the first.</summary>
    /// <param name="query">The sequence whose steps ask, (T, features).</param>
    /// <param name="value">The sequence that is attended to, (S, features of its own).</param>
    /// <param name="heads">The number of heads.</param>
    /// <param name="keyUnits">The number of values of a head's queries and keys; 0 for the number of features divided by that of heads.</param>
    /// <param name="valueUnits">The number of values of a head's result; 0 for that of its keys.</param>
    /// <param name="outputUnits">The number of features of the result; 0 for that of the first sequence.</param>
    /// <param name="causal">Whether a step attends to itself and the steps before it alone.</param>
    /// <param name="useBias">Whether biases are added.</param>
    /// <param name="dropout">The fraction of the attention's weights that training drops.</param>
    /// <param name="kernelInitializer">How the kernels start.</param>
    /// <param name="kernelScale">The number of the kernels' initializer; NaN for its default.</param>
    /// <param name="biasInitializer">How the biases start.</param>
    /// <param name="biasScale">The number of the biases' initializer; NaN for its default.</param>
    /// <param name="kernelL1">The factor in the loss of the sum of the kernels' absolute values.</param>
    /// <param name="kernelL2">The factor in the loss of the sum of the kernels' squares.</param>
    /// <param name="biasL1">The factor in the loss of the sum of the biases' absolute values.</param>
    /// <param name="biasL2">The factor in the loss of the sum of the biases' squares.</param>
    /// <param name="formerNames">Names under which older weight files hold the layer.</param>
    /// <param name="name">The layer's name; null for its kind and ordinal.</param>
    public static Tensor MultiHeadAttention(
        Tensor query,
        Tensor value,
        int heads,
        int keyUnits = 0,
        int valueUnits = 0,
        int outputUnits = 0,
        bool causal = false,
        bool useBias = true,
        double dropout = 0,
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
