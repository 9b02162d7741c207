namespace NetCompiler;

/// <summary>What stands for a missing value, found in the training data.</summary>
public enum Imputation
{
    /// <summary>Nothing: a missing value is an error.</summary>
    Refuse,

    /// <summary>The mean of the values that are there; for numbers.</summary>
    Mean,

    /// <summary>The median of the values that are there, of two middle ones their mean; for numbers.</summary>
    Median,

    /// <summary>The most frequent value; of equally frequent ones the smallest number, or the first text in ordinal order.</summary>
    MostFrequent,
}
