namespace NetCompiler;

/// <summary>The samples of a stream, each changed after it is read.</summary>
internal sealed class MappedStream(StreamSource inner, SampleFunction function) : StreamSource(inner.Schema)
{
    public override int? Count => inner.Count;

    public override SampleStream Open(int epoch, CancellationToken cancellation) => new Pass(inner.Schema, inner.Open(epoch, cancellation), function, epoch);

    private sealed class Pass(SampleSchema schema, SampleStream inner, SampleFunction function, int epoch) : SampleStream
    {
        public override bool Read(SampleStage stage, int at)
        {
            if (!inner.Read(stage, at))
            {
                return false;
            }

            SampleWriting.Apply(new Sample(schema, stage, at, stage.Positions[at], epoch), function);
            return true;
        }

        public override void Dispose() => inner.Dispose();
    }
}
