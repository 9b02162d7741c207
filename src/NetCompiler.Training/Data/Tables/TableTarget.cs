namespace NetCompiler;

/// <summary>The column of a table that a network learns to tell.</summary>
/// <param name="Column">The column's name.</param>
/// <param name="IsClass">Whether it holds the names of classes, which are numbered by the training data; otherwise numbers.</param>
public sealed record TableTarget(string Column, bool IsClass)
{
    /// <summary>A column of class names, numbered in ordinal order.</summary>
    public static TableTarget Class(string column) => new(column, IsClass: true);

    /// <summary>A column of numbers: values, or classes that are numbered from 0 already.</summary>
    public static TableTarget Number(string column) => new(column, IsClass: false);
}
