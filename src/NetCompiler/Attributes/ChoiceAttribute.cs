namespace NetCompiler;

/// <summary>
/// A compile-time choice: an <c>int</c> parameter of <c>Forward</c> for which every value is compiled. The class itself has the first
/// value, the others are nested classes.
/// </summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class ChoiceAttribute : Attribute
{
    /// <summary>Names the values, the default first.</summary>
    public ChoiceAttribute(params int[] values) => Values = values;

    /// <summary>The values.</summary>
    public int[] Values { get; }
}
