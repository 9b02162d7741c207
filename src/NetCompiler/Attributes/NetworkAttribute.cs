namespace NetCompiler;

/// <summary>
/// Asks for a network compiled from the class: sequential, from the layer attributes in the order of the source, or from a static
/// <c>Forward</c> method. The class must be partial, and not generic, static, abstract or a record.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct, Inherited = false)]
public sealed class NetworkAttribute : Attribute
{
    /// <summary>How inference holds the weights. Training always works on floats.</summary>
    public WeightFormat Weights { get; set; }

    /// <summary>The largest number of combinations of all <see cref="ChoiceAttribute">choices</see>; each is compiled.</summary>
    public int MaxVariants { get; set; } = 32;
}
