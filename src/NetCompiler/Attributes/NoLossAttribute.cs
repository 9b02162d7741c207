namespace NetCompiler;

/// <summary>Says that an output has no loss on purpose.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct, AllowMultiple = true, Inherited = false)]
public sealed class NoLossAttribute : Attribute
{
    /// <summary>Names the output.</summary>
    public NoLossAttribute(string output) => Output = output;

    /// <summary>The output's name.</summary>
    public string Output { get; }
}
