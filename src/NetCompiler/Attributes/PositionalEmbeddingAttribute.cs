namespace NetCompiler;

/// <summary>y = x + embeddings, a learned row for each step of (T, features). The weight is <c>embeddings</c> (T, features); the shape stays.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct, AllowMultiple = true, Inherited = false)]
public sealed class PositionalEmbeddingAttribute : LayerAttribute
{
    /// <summary>How the rows start.</summary>
    public Initializer EmbeddingsInitializer { get; set; } = Initializer.RandomUniform;

    /// <summary>The number of <see cref="EmbeddingsInitializer"/>; NaN for its default.</summary>
    public double EmbeddingsScale { get; set; } = double.NaN;
}
