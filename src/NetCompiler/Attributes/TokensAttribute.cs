namespace NetCompiler;

/// <summary>An input or a target of tokens, whole numbers from 0: on a class the input of a sequential network, on a parameter that tensor.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Parameter, Inherited = false)]
public sealed class TokensAttribute : Attribute
{
    /// <summary>Declares the number of tokens of one sample.</summary>
    public TokensAttribute(int length) => Length = length;

    /// <summary>The number of tokens of one sample.</summary>
    public int Length { get; }

    /// <summary>The number of different tokens: each lies between 0 and this number minus 1.</summary>
    public int Vocabulary { get; set; }

    /// <summary>The token that pads short sequences and is masked, as Keras's <c>mask_zero</c> does with 0; -1 for none.</summary>
    public int Padding { get; set; } = -1;
}
