namespace NetCompiler;

/// <summary>One hyperparameter of a <see cref="SearchSpace"/>: its name and the values that it may have.</summary>
public abstract class SearchParameter
{
    private protected SearchParameter(string name) => Name = name;

    /// <summary>The name, compared without case.</summary>
    public string Name { get; }

    /// <summary>The number of values; null for a range of floats, which has no end of them.</summary>
    public abstract int? Count { get; }

    /// <summary>Whether equal ratios of the values are equal steps.</summary>
    public virtual bool IsLog => false;

    /// <summary>The value with an index, of finitely many.</summary>
    internal abstract SearchValue At(int index);

    /// <summary>The value at a share from 0 to below 1 of the range.</summary>
    internal virtual SearchValue Draw(double share) => At((int)(share * Count!.Value));
}
