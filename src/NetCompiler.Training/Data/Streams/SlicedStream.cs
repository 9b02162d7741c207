namespace NetCompiler;

/// <summary>Part of a stream: some samples passed over, then at most a number of them.</summary>
internal sealed class SlicedStream(StreamSource inner, int skip, int take) : StreamSource(inner.Schema)
{
    public override int? Count => inner.Count is int count ? Math.Min(Math.Max(0, count - skip), take) : null;

    public override SampleStream Open(int epoch, CancellationToken cancellation) => new Pass(inner.Open(epoch, cancellation), skip, take, cancellation);

    private sealed class Pass(SampleStream inner, int skip, int take, CancellationToken cancellation) : SampleStream
    {
        private int _skipped;
        private int _taken;

        public override bool Read(SampleStage stage, int at)
        {
            if (_taken == take)
            {
                return false;
            }

            for (; _skipped < skip; _skipped++)
            {
                cancellation.ThrowIfCancellationRequested();
                if (!inner.Read(stage, at))
                {
                    return false;
                }
            }

            if (!inner.Read(stage, at))
            {
                return false;
            }

            stage.Positions[at] = _taken++;
            return true;
        }

        public override void Dispose() => inner.Dispose();
    }
}
