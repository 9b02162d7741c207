using NetCompiler;

namespace Samples;

/// <summary>The same task by attention: two blocks that look back over the text, with about as many parameters as <see cref="RecurrentText"/>.</summary>
[Network]
[Loss(Loss.SparseCategoricalCrossentropy)]
public partial class TransformerText
{
    private static Tensor Forward([Tokens(64, Vocabulary = 67)] Tensor text)
    {
        Tensor x = text.Embedding(64).PositionalEmbedding();
        for (int i = 0; i < 2; i++)
        {
            x = Block(x);
        }

        return x.LayerNormalization().Dense(67).Softmax();
    }

    private static Tensor Block(Tensor x)
    {
        Tensor seen = x + x.LayerNormalization().MultiHeadAttention(4, causal: true);
        return seen + seen.LayerNormalization().Dense(256, Activation.Gelu).Dense(64);
    }
}
