namespace NetCompiler;

/// <summary>A sequence of the user's, enumerated anew in every epoch, each item made a sample.</summary>
internal sealed class SequenceSource<TItem>(SampleSchema schema, IEnumerable<TItem> items, SampleWriter<TItem> write, int? count) : StreamSource(schema)
{
    public override int? Count => count;

    public override SampleStream Open(int epoch, CancellationToken cancellation) => new Pass(this, items, write, epoch);

    private sealed class Pass(SequenceSource<TItem> source, IEnumerable<TItem> items, SampleWriter<TItem> write, int epoch) : SampleStream
    {
        private IEnumerator<TItem>? _items;
        private int _position;

        public override bool Read(SampleStage stage, int at)
        {
            TItem item;
            try
            {
                _items ??= items.GetEnumerator();
                bool ends = !_items.MoveNext();
                source.RequireCount(_position, ends);
                if (ends)
                {
                    return false;
                }

                item = _items.Current;
            }
            catch (Exception exception) when (SampleException.Wraps(exception))
            {
                throw new SampleException(_position, exception);
            }

            SampleWriting.Write(source.Schema, stage, at, _position++, epoch, item, write);
            return true;
        }

        public override void Dispose() => _items?.Dispose();
    }
}
