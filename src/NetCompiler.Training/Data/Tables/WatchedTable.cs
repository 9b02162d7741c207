namespace NetCompiler;

/// <summary>A table whose columns are read under the eyes of a pass.</summary>
internal sealed class WatchedTable(IFeatureTable table, DataPass pass) : IFeatureTable
{
    public int RowCount => table.RowCount;

    public float[] Numbers(string column)
    {
        pass.ThrowIfCanceled();
        float[] numbers = table.Numbers(column);
        pass.Advance(numbers.Length);
        pass.Tell();
        return numbers;
    }

    public string?[] Texts(string column)
    {
        pass.ThrowIfCanceled();
        string?[] texts = table.Texts(column);
        pass.Advance(texts.Length);
        pass.Tell();
        return texts;
    }

    public string Place(int row, string column) => table.Place(row, column);
}
