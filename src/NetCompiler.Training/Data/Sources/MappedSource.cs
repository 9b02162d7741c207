namespace NetCompiler;

/// <summary>The samples of a data set, each changed when it is read.</summary>
internal sealed class MappedSource(IndexedDataset inner, SampleFunction function) : SampleSource(inner.Schema)
{
    public override int Count => inner.Count;

    public override bool HasWeights => true;

    public override void Copy(ReadOnlySpan<int> rows, SampleStage stage, int at, int epoch)
    {
        inner.Copy(rows, stage, at, epoch);
        for (int i = 0; i < rows.Length; i++)
        {
            SampleWriting.Apply(new Sample(Schema, stage, at + i, rows[i], epoch), function);
        }
    }
}
