namespace NetCompiler;

/// <summary>What becomes of a category that the training data does not have.</summary>
public enum UnknownCategory
{
    /// <summary>All zeros: none of the known categories.</summary>
    Zeros,

    /// <summary>An error that names the known ones.</summary>
    Refuse,
}
