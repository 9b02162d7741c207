namespace NetCompiler;

/// <summary>Items of the user's, each made a sample when it is asked for.</summary>
internal sealed class ItemSource<TItem>(SampleSchema schema, IReadOnlyList<TItem> items, SampleWriter<TItem> write) : SampleSource(schema)
{
    public override int Count => items.Count;

    public override bool HasWeights => true;

    public override void Copy(ReadOnlySpan<int> rows, SampleStage stage, int at, int epoch)
    {
        for (int i = 0; i < rows.Length; i++)
        {
            SampleWriting.Write(Schema, stage, at + i, rows[i], epoch, Take(rows[i]), write);
        }
    }

    private TItem Take(int row)
    {
        try
        {
            return items[row];
        }
        catch (Exception exception) when (SampleException.Wraps(exception))
        {
            throw new SampleException(row, exception);
        }
    }
}
