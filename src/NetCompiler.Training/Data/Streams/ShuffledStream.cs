namespace NetCompiler;

/// <summary>
/// A stream in an order by chance, as far as a buffer reaches: every sample that leaves is drawn from the buffer, and the next one of the stream takes its place. The
/// order is a function of seed and epoch alone.
/// </summary>
internal sealed class ShuffledStream(StreamSource inner, int seed, int bufferSize) : StreamSource(inner.Schema)
{
    // Keeps the stream of random numbers apart from those of the same seed with another purpose ("SHST").
    private const uint Purpose = 0x5348_5354;

    public override int? Count => inner.Count;

    public override SampleStream Open(int epoch, CancellationToken cancellation)
    {
        SampleBuffer buffer = new(Schema, Math.Min(bufferSize, inner.Count ?? bufferSize));
        return new Pass(inner.Open(epoch, cancellation), buffer, seed, epoch, cancellation);
    }

    private sealed class Pass(SampleStream inner, SampleBuffer buffer, int seed, int epoch, CancellationToken cancellation) : SampleStream
    {
        private int _filled;
        private bool _ended;
        private int _position;
        private ulong _draws;

        public override bool Read(SampleStage stage, int at)
        {
            while (!_ended && _filled < buffer.Capacity)
            {
                cancellation.ThrowIfCancellationRequested();
                _ended = !inner.Read(buffer, _filled);
                _filled += _ended ? 0 : 1;
            }

            if (_filled == 0)
            {
                return false;
            }

            // 64 random bits times the range: the bias is below 2^-32.
            (uint high, uint low, _, _) = Philox.Block((uint)_draws, (uint)epoch, (uint)(_draws >> 32), 0, (uint)seed, Purpose);
            _draws++;
            int drawn = (int)Math.BigMul(((ulong)high << 32) | low, (ulong)_filled, out _);
            buffer.CopyTo(stage, drawn, at, 1);
            stage.Positions[at] = _position++;
            if (!_ended && inner.Read(buffer, drawn))
            {
                return true;
            }

            // The last one takes the free place.
            _ended = true;
            _filled--;
            if (drawn < _filled)
            {
                buffer.CopyTo(buffer, _filled, drawn, 1);
            }

            return true;
        }

        public override void Dispose() => inner.Dispose();
    }
}
