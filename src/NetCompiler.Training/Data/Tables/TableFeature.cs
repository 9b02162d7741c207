namespace NetCompiler;

/// <summary>A column of a table that a network sees, and how it is encoded.</summary>
/// <param name="Column">The column's name.</param>
public abstract record TableFeature(string Column)
{
    /// <summary>What stands for a missing value.</summary>
    public Imputation Missing { get; init; }

    /// <summary>Whether one more value says 1 where the value was missing, and 0 where it was not.</summary>
    public bool MissingIndicator { get; init; }

    /// <summary>Measures the training data.</summary>
    internal abstract FittedFeature Fit(IFeatureTable table);
}

/// <summary>A column of numbers: one value.</summary>
/// <param name="Column">The column's name.</param>
public sealed record NumberFeature(string Column) : TableFeature(Column)
{
    /// <summary>How it is scaled.</summary>
    public Scaling Scaling { get; init; } = Scaling.ZScore;

    internal override FittedFeature Fit(IFeatureTable table) => FittedNumber.Fit(this, table);
}

/// <summary>A column of texts: one value per category of the training data, 1 for the text's own (one-hot).</summary>
/// <param name="Column">The column's name.</param>
public sealed record CategoryFeature(string Column) : TableFeature(Column)
{
    /// <summary>What becomes of a text that is none of the categories.</summary>
    public UnknownCategory Unknown { get; init; }

    /// <summary>The categories in their order; null takes the different texts of the training data in ordinal order.</summary>
    public IReadOnlyList<string>? Categories { get; init; }

    internal override FittedFeature Fit(IFeatureTable table) => FittedCategory.Fit(this, table);
}
