namespace NetCompiler;

/// <summary>Rows of named fields: of a CSV file, of records, of one request.</summary>
internal interface IFeatureTable
{
    /// <summary>The number of rows.</summary>
    int RowCount { get; }

    /// <summary>A column of numbers; NaN where the value is missing.</summary>
    float[] Numbers(string column);

    /// <summary>A column of texts; null where the value is missing.</summary>
    string?[] Texts(string column);

    /// <summary>A field in error messages.</summary>
    string Place(int row, string column);
}
