namespace NetCompiler;

/// <summary>Each token becomes its row of a table: (T) becomes (T, units). The weight is <c>embeddings</c> (vocabulary, units), the vocabulary being the token input's.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct, AllowMultiple = true, Inherited = false)]
public sealed class EmbeddingAttribute : LayerAttribute
{
    /// <summary>Declares the number of values that stand for one token, at least 1.</summary>
    public EmbeddingAttribute(int units) => Units = units;

    /// <summary>The number of values that stand for one token.</summary>
    public int Units { get; }

    /// <summary>How the table starts.</summary>
    public Initializer EmbeddingsInitializer { get; set; } = Initializer.RandomUniform;

    /// <summary>The number of <see cref="EmbeddingsInitializer"/>; NaN for its default.</summary>
    public double EmbeddingsScale { get; set; } = double.NaN;

    /// <summary>The factor in the loss of the sum of the table's absolute values.</summary>
    public double EmbeddingsL1 { get; set; }

    /// <summary>The factor in the loss of the sum of the table's squares.</summary>
    public double EmbeddingsL2 { get; set; }
}
