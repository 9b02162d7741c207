namespace NetCompiler;

/// <summary>A data set with random access, read from the first sample to the last.</summary>
internal sealed class IndexedStream(IndexedDataset data) : StreamSource(data.Schema)
{
    public override int? Count => data.Count;

    public override SampleStream Open(int epoch, CancellationToken cancellation) => new Pass(data, epoch);

    private sealed class Pass(IndexedDataset data, int epoch) : SampleStream
    {
        private int _position;

        public override bool Read(SampleStage stage, int at)
        {
            if (_position == data.Count)
            {
                return false;
            }

            data.Copy([_position], stage, at, epoch);
            stage.Positions[at] = _position++;
            return true;
        }

        public override void Dispose()
        {
        }
    }
}
