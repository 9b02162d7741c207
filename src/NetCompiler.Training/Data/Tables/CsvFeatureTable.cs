namespace NetCompiler;

/// <summary>The rows of a CSV file.</summary>
internal sealed class CsvFeatureTable(CsvTable table) : IFeatureTable
{
    public int RowCount => table.RowCount;

    public float[] Numbers(string column) => table[column].ToFloats();

    public string?[] Texts(string column)
    {
        CsvColumn texts = table[column];
        return [.. Enumerable.Range(0, table.RowCount).Select(row => texts.IsMissing(row) ? null : texts[row])];
    }

    public string Place(int row, string column) => table[column].Place(row);
}
