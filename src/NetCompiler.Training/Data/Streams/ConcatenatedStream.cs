namespace NetCompiler;

/// <summary>The samples of several streams, one stream after another.</summary>
internal sealed class ConcatenatedStream(StreamSource[] parts) : StreamSource(parts[0].Schema)
{
    public override int? Count => parts.All(part => part.Count is not null) ? parts.Sum(part => part.Count!.Value) : null;

    public override SampleStream Open(int epoch, CancellationToken cancellation) => new Pass(parts, epoch, cancellation);

    private sealed class Pass(StreamSource[] parts, int epoch, CancellationToken cancellation) : SampleStream
    {
        private SampleStream? _current;
        private int _part;
        private int _position;

        // The samples of the parts that are read; a sample's position counts from there.
        private int _start;

        public override bool Read(SampleStage stage, int at)
        {
            for (; _part < parts.Length; _part++)
            {
                _current ??= parts[_part].Open(epoch, cancellation);
                if (ReadPart(_current, stage, at))
                {
                    _position++;
                    stage.Positions[at] += _start;
                    return true;
                }

                _current.Dispose();
                _current = null;
                _start = _position;
            }

            return false;
        }

        public override void Dispose() => _current?.Dispose();

        private bool ReadPart(SampleStream part, SampleStage stage, int at)
        {
            try
            {
                return part.Read(stage, at);
            }
            catch (SampleException exception) when (_start > 0)
            {
                throw new SampleException(_start + exception.Position, exception.InnerException!);
            }
        }
    }
}
