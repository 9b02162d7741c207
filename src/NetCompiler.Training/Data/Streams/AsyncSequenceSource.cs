namespace NetCompiler;

/// <summary>An asynchronous sequence of the user's, enumerated anew in every epoch, each item made a sample. The reading thread waits for the items.</summary>
internal sealed class AsyncSequenceSource<TItem>(SampleSchema schema, IAsyncEnumerable<TItem> items, SampleWriter<TItem> write, int? count) : StreamSource(schema)
{
    public override int? Count => count;

    public override SampleStream Open(int epoch, CancellationToken cancellation) => new Pass(this, items, write, epoch, cancellation);

    private sealed class Pass(AsyncSequenceSource<TItem> source, IAsyncEnumerable<TItem> items, SampleWriter<TItem> write, int epoch, CancellationToken cancellation) : SampleStream
    {
        private IAsyncEnumerator<TItem>? _items;
        private Task<bool>? _waiting;
        private int _position;

        public override bool Read(SampleStage stage, int at)
        {
            TItem item;
            try
            {
                bool ends = !MoveNext();
                source.RequireCount(_position, ends);
                if (ends)
                {
                    return false;
                }

                item = _items!.Current;
            }
            catch (Exception exception) when (SampleException.Wraps(exception))
            {
                throw new SampleException(_position, exception);
            }

            SampleWriting.Write(source.Schema, stage, at, _position++, epoch, item, write);
            return true;
        }

        public override void Dispose()
        {
            if (_items is null)
            {
                return;
            }

            if (_waiting is { IsCompleted: false } waiting)
            {
                // The sequence does not honour the token: it is told to end when it answers, nobody waits for that.
                _ = waiting.ContinueWith(
                    static (_, items) => ((IAsyncEnumerator<TItem>)items!).DisposeAsync().AsTask(), _items, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
                return;
            }

            WithoutContext(() => _items.DisposeAsync().AsTask()).GetAwaiter().GetResult();
        }

        private bool MoveNext()
        {
            _waiting = WithoutContext(() =>
            {
                _items ??= items.GetAsyncEnumerator(cancellation);
                return _items.MoveNextAsync().AsTask();
            });
            _waiting.WaitAsync(cancellation).GetAwaiter().GetResult();
            return _waiting.Result;
        }

        // What the sequence awaits must not come back to a thread that waits here, as a window's would.
        private static TTask WithoutContext<TTask>(Func<TTask> call)
        {
            SynchronizationContext? context = SynchronizationContext.Current;
            SynchronizationContext.SetSynchronizationContext(null);
            try
            {
                return call();
            }
            finally
            {
                SynchronizationContext.SetSynchronizationContext(context);
            }
        }
    }
}
