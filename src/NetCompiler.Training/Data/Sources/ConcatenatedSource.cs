namespace NetCompiler;

/// <summary>The samples of several data sets, one set after another.</summary>
internal sealed class ConcatenatedSource : SampleSource
{
    private readonly IndexedDataset[] _parts;

    // Where each part begins; the end of the last one is the count.
    private readonly int[] _starts;

    public ConcatenatedSource(IndexedDataset[] parts)
        : base(parts[0].Schema)
    {
        _parts = parts;
        _starts = new int[parts.Length + 1];
        for (int i = 0; i < parts.Length; i++)
        {
            _starts[i + 1] = checked(_starts[i] + parts[i].Count);
        }
    }

    public override int Count => _starts[^1];

    public override bool HasWeights => _parts.Any(part => part.HasSampleWeights);

    public override void Copy(ReadOnlySpan<int> rows, SampleStage stage, int at, int epoch)
    {
        for (int i = 0; i < rows.Length; i++)
        {
            int part = 0;
            while (rows[i] >= _starts[part + 1])
            {
                part++;
            }

            try
            {
                _parts[part].Copy([rows[i] - _starts[part]], stage, at + i, epoch);
            }
            catch (SampleException exception) when (part > 0)
            {
                throw new SampleException(rows[i], exception.InnerException!);
            }
        }
    }
}
