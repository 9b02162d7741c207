using System.Collections;
using System.Runtime.CompilerServices;
using Xunit;

namespace NetCompiler.Tests.Training.Data;

/// <summary>One at a time: the allocations of the whole process are counted.</summary>
[CollectionDefinition("allocations", DisableParallelization = true)]
public sealed class AllocationsCollection;

[Collection("allocations")]
public sealed class PrefetchTests
{
    [Fact]
    public void Batches_AreTheSameInTheSameOrder()
    {
        Dataset[] sets =
        [
            NumberedLines.InMemory(101),
            NumberedLines.InMemory(101).WithSampleWeights(Enumerable.Range(0, 101).Select(i => i / 7f).ToArray()),
            NumberedLines.Items(101).Map(sample => sample.FloatInput()[0] += sample.Epoch),
            NumberedLines.Stream(101).Shuffle(2, 20),
            NumberedLines.AsyncStream(101),
        ];
        foreach (Dataset data in sets)
        {
            foreach (int epoch in new[] { 0, 1 })
            {
                List<string> expected = NumberedLines.Batches(data, 8, epoch, seed: 5);
                Assert.Equal(expected, NumberedLines.Batches(data.Prefetch(1), 8, epoch, seed: 5));
                Assert.Equal(expected, NumberedLines.Batches(data.Prefetch(3), 8, epoch, seed: 5));
                Assert.Equal(expected[5..], NumberedLines.Batches(data.Prefetch(3), 8, epoch, seed: 5, firstBatch: 5));
            }
        }
    }

    [Fact]
    public void APassThatIsLeft_IsFollowedByAWholeOne()
    {
        using ITraining training = new Line().CreateTraining(4);
        using BatchReader reader = NumberedLines.Stream(100).Prefetch(2).Batches(4);
        for (int epoch = 0; epoch < 50; epoch++)
        {
            reader.Begin(epoch, firstBatch: epoch % 3);
            for (int batch = epoch % 3; batch < 5; batch++)
            {
                Assert.Equal(4, reader.Read(training));
                Assert.Equal(4f * batch, training.FloatTarget(0)[0]);
            }
        }
    }

    [Theory]
    [InlineData("memory")]
    [InlineData("items")]
    [InlineData("stream")]
    public void Reading_AllocatesNothingPerBatch_OnAnyThread(string source)
    {
        const int Count = 4096, BatchSize = 4;
        int[] numbers = [.. Enumerable.Range(0, Count)];
        Dataset data = source switch
        {
            "memory" => NumberedLines.InMemory(Count),
            "items" => Dataset.FromItems<Line, int>(numbers, NumberedLines.Write),
            _ => Dataset.FromStream<Line, int>(numbers, NumberedLines.Write).Shuffle(1, 64),
        };
        using ITraining training = new Line().CreateTraining(BatchSize);
        foreach (Dataset set in new[] { data, data.Prefetch(2), data.Map(sample => sample.Weight = 2).Prefetch(2) })
        {
            using BatchReader reader = set.Batches(BatchSize, shuffleSeed: 1);

            // A pass costs the same, whatever its number of batches: 924 more of them cost nothing. Other threads of the process may allocate, so the least of several counts.
            long few = long.MaxValue, many = long.MaxValue;
            for (int repetition = 0; repetition < 12; repetition++)
            {
                few = Math.Min(few, Measure(reader, training, 100));
                many = Math.Min(many, Measure(reader, training, 1024));
            }

            Assert.True(many - few <= 256, $"{source}: {few} bytes for 100 batches, {many} for 1024");
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void AnExceptionInMap_SurfacesInFitWithTheSamplesNumber(bool prefetch)
    {
        Dataset data = NumberedLines.Stream(100).Map(sample =>
        {
            if (sample.Position == 42)
            {
                throw new FormatException("no such thing");
            }
        });
        Line network = new(1);
        SampleException exception = Assert.Throws<SampleException>(() => network.Fit(prefetch ? data.Prefetch() : data, Options(10)));
        Assert.Equal(42, exception.Position);
        Assert.Equal("Sample 42 (counted from 0) could not be read: no such thing", exception.Message);
        Assert.IsType<FormatException>(exception.InnerException);

        // The four whole batches before it were steps.
        Line expected = new(1);
        expected.Fit(NumberedLines.Stream(40), Options(10));
        Assert.Equal(expected.Values.ToArray(), network.Values.ToArray());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void ASequenceThatFailsOrEndsEarly_IsNamed(bool prefetch)
    {
        Dataset broken = Dataset.FromStream<Line, int>(Failing(), NumberedLines.Write), shorter = Dataset.FromStream<Line, int>(Enumerable.Range(0, 7), NumberedLines.Write, count: 9);
        Assert.Equal("Sample 5 (counted from 0) could not be read: the line went dead", Assert.Throws<SampleException>(() => new Line().Fit(prefetch ? broken.Prefetch() : broken, Options(2))).Message);
        Assert.Equal("Sample 7 (counted from 0) could not be read: The data ended after 7 samples, but 9 were declared.", Assert.Throws<SampleException>(() => new Line().Fit(prefetch ? shorter.Prefetch() : shorter, Options(2))).Message);

        Dataset longer = Dataset.FromStream<Line, int>(Endless(), NumberedLines.Write, count: 9);
        Assert.Equal("Sample 9 (counted from 0) could not be read: The data goes on after 9 samples, but 9 were declared.", Assert.Throws<SampleException>(() => new Line().Fit(prefetch ? longer.Prefetch() : longer, Options(2))).Message);
        Assert.Equal(1, new Line().Fit(longer.Take(9), Options(2)).Epochs);

        // A sequence that can be enumerated once only.
        Queue<int> numbers = new(Enumerable.Range(0, 10));
        Dataset once = Dataset.FromStream<Line, int>(Draining(numbers), NumberedLines.Write);
        Assert.Contains("no sample in epoch 2: a sequence must be one that can be enumerated again", Assert.Throws<InvalidDataException>(() => new Line().Fit(prefetch ? once.Prefetch() : once, Options(4) with { Epochs = 2 })).Message);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void WhatNoNetworkTakes_IsRefusedWithTheSamplesNumber(bool prefetch)
    {
        string Message(SampleFunction function)
        {
            Dataset data = NumberedLines.InMemory(20).Map(function);
            return Assert.Throws<SampleException>(() => new Line().Fit(prefetch ? data.Prefetch() : data, Options(4) with { Shuffle = false })).Message;
        }

        Assert.Contains("Sample 11 (counted from 0) could not be read: The input \"input\", row 11, value 1: the value is NaN.", Message(sample => sample.FloatInput()[1] = sample.Position == 11 ? float.NaN : 0), StringComparison.Ordinal);
        Assert.Contains("The weight is -1; weights are finite and at least 0.", Message(sample => sample.Weight = -1), StringComparison.Ordinal);
        Assert.Contains("There is no input 1; the network has 1, counted from 0.", Message(sample => sample.FloatInput(1)[0] = 1), StringComparison.Ordinal);
        Assert.Contains("The input \"input\" holds floats, not integers.", Message(sample => sample.TokenInput()[0] = 1), StringComparison.Ordinal);
        Dataset classes = Dataset.FromItems<Flowers, int>([0, 1, 2, 3], (i, sample) => sample.ClassTarget()[0] = i);
        Assert.Contains("Sample 3 (counted from 0) could not be read: The target \"target\", row 3: 3 is outside 0 to 2.", Assert.Throws<SampleException>(() => new Flowers().Evaluate(prefetch ? classes.Prefetch() : classes)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Cancellation_EndsAWaitForASequenceThatNeverAnswers(bool honoursToken)
    {
        foreach (bool prefetch in new[] { false, true })
        {
            using CancellationTokenSource source = new();
            TaskCompletionSource asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
            Dataset data = Dataset.FromStream<Line, int>(Never(asked, honoursToken), NumberedLines.Write);
            Task<History> fit = new Line().FitAsync(prefetch ? data.Prefetch() : data, Options(4), source.Token);
            await asked.Task.WaitAsync(TimeSpan.FromSeconds(60));
            await source.CancelAsync();
            await Assert.ThrowsAsync<TrainingCanceledException>(() => fit.WaitAsync(TimeSpan.FromSeconds(60)));
        }
    }

    [Fact]
    public void Threads_EndOnDispose_WhateverTheyDo()
    {
        BatchReader reader = NumberedLines.Stream(1000).Prefetch(2).Batches(4);
        Assert.Null(Engine(reader).Thread);
        reader.Dispose();

        // Waiting for a free buffer, waiting for a pass, waiting for a sequence that never answers.
        foreach (int state in new[] { 0, 1, 2 })
        {
            Dataset data = state == 2 ? Dataset.FromStream<Line, int>(Never(new TaskCompletionSource(), honoursToken: true), NumberedLines.Write) : NumberedLines.Stream(state == 0 ? 1000 : 8);
            using ITraining training = new Line().CreateTraining(4);
            reader = data.Prefetch(2).Batches(4);
            reader.Begin();
            for (int batch = 0; state == 1 && batch < 3; batch++)
            {
                Assert.Equal(batch < 2 ? 4 : 0, reader.Read(training));
            }

            Thread thread = Engine(reader).Thread!;
            reader.Dispose();
            Assert.False(thread.IsAlive);
            reader.Dispose();
            Assert.Throws<ObjectDisposedException>(() => reader.Begin());
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void ReaderThatWasDisposed_RefusesEverything(bool prefetch)
    {
        using ITraining training = new Line().CreateTraining(4);
        foreach (Dataset data in new[] { NumberedLines.InMemory(100), NumberedLines.Items(100), NumberedLines.Stream(100), NumberedLines.AsyncStream(100) })
        {
            BatchReader reader = (prefetch ? data.Prefetch(2) : data).Batches(4);
            reader.Begin();
            Assert.Equal(4, reader.Read(training));
            reader.Dispose();
            reader.Dispose();
            Assert.Equal(typeof(BatchReader).FullName, Assert.Throws<ObjectDisposedException>(() => reader.Read(training)).ObjectName);
            Assert.Equal(typeof(BatchReader).FullName, Assert.Throws<ObjectDisposedException>(() => reader.Begin()).ObjectName);
        }
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public async Task ReadThatWaits_EndsWhereAnotherThreadDisposes(bool prefetch, bool honoursToken)
    {
        TaskCompletionSource asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Dataset data = Dataset.FromStream<Line, int>(Never(asked, honoursToken), NumberedLines.Write);
        using ITraining training = new Line().CreateTraining(4);
        BatchReader reader = (prefetch ? data.Prefetch(2) : data).Batches(4);
        reader.Begin();
        Assert.Equal(4, reader.Read(training));
        Task<int> read = Task.Run(() => reader.Read(training));
        await asked.Task.WaitAsync(TimeSpan.FromSeconds(60));
        reader.Dispose();
        ObjectDisposedException exception = await Assert.ThrowsAsync<ObjectDisposedException>(() => read.WaitAsync(TimeSpan.FromSeconds(60)));
        Assert.Equal(typeof(BatchReader).FullName, exception.ObjectName);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Cancellation_OfAReadNamesTheTokenOfTheCaller(bool prefetch)
    {
        using CancellationTokenSource source = new();
        TaskCompletionSource asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Dataset data = Dataset.FromStream<Line, int>(Never(asked, honoursToken: true), NumberedLines.Write);
        using ITraining training = new Line().CreateTraining(8);
        using BatchReader reader = (prefetch ? data.Prefetch(2) : data).Batches(8);
        reader.Begin(cancellationToken: source.Token);
        Task<int> read = Task.Run(() => reader.Read(training));
        await asked.Task.WaitAsync(TimeSpan.FromSeconds(60));
        await source.CancelAsync();
        Assert.Equal(source.Token, (await Assert.ThrowsAnyAsync<OperationCanceledException>(() => read.WaitAsync(TimeSpan.FromSeconds(60)))).CancellationToken);
    }

    [Fact]
    public void TheProducersFiles_AreClosedAtTheEndOfFit_AlsoOfOneThatFails()
    {
        int open = 0;
        IEnumerable<int> Numbers()
        {
            Interlocked.Increment(ref open);
            try
            {
                for (int i = 0; i < 1000; i++)
                {
                    yield return i;
                }
            }
            finally
            {
                Interlocked.Decrement(ref open);
            }
        }

        Dataset data = Dataset.FromStream<Line, int>(Numbers(), NumberedLines.Write).Prefetch();
        Assert.Throws<SampleException>(() => new Line().Fit(data.Map(sample => ArgumentOutOfRangeException.ThrowIfEqual(sample.Position, 100)), Options(4)));
        Assert.Equal(0, open);
        new Line().Fit(data.Take(6), Options(4) with { ValidationData = data.Take(5), Epochs = 3 });
        Assert.Equal(0, open);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void ASequenceThatCannotBeClosed_IsToldOfWhereNothingFailedBefore(bool prefetch)
    {
        Dataset data = Dataset.FromStream<Line, int>(new Unclosable(), NumberedLines.Write).Take(20);
        History Fit(SampleFunction function, CancellationToken token = default, params Callback[] callbacks)
            => new Line().Fit(prefetch ? data.Map(function).Prefetch(1) : data.Map(function), Options(4) with { Callbacks = callbacks }, token);

        Assert.Equal("cannot be closed", Assert.Throws<IOException>(() => Fit(_ => { })).Message);
        Assert.Equal(9, Assert.Throws<SampleException>(() => Fit(sample => ArgumentOutOfRangeException.ThrowIfEqual(sample.Position, 9))).Position);
        using CancellationTokenSource source = new();
        Assert.Throws<TrainingCanceledException>(() => Fit(_ => { }, source.Token, new LambdaCallback(onBatchEnd: _ => source.Cancel())));
    }

    private static long Measure(BatchReader reader, ITraining training, int batches)
    {
        SpinWait.SpinUntil(() => KernelCompilation.IsIdle);
        long before = GC.GetTotalAllocatedBytes(precise: true);
        reader.Begin();
        for (int batch = 0; batch < batches; batch++)
        {
            // An assertion would allocate itself.
            if (reader.Read(training) != 4)
            {
                throw new InvalidOperationException($"Batch {batch} is short.");
            }
        }

        return GC.GetTotalAllocatedBytes(precise: true) - before;
    }

    private static PrefetchedBatches Engine(BatchReader reader) => (PrefetchedBatches)reader.Engine;

    private static FitOptions Options(int batchSize) => new() { BatchSize = batchSize, Optimizer = new Sgd(1e-6), Verbosity = Verbosity.Silent };

    private static IEnumerable<int> Failing()
    {
        for (int i = 0; i < 5; i++)
        {
            yield return i;
        }

        throw new IOException("the line went dead");
    }

    private static IEnumerable<int> Endless()
    {
        for (int i = 0; ; i++)
        {
            yield return i;
        }
    }

    private sealed class Unclosable : IEnumerable<int>, IEnumerator<int>
    {
        public int Current { get; private set; }

        object IEnumerator.Current => Current;

        public IEnumerator<int> GetEnumerator() => this;

        IEnumerator IEnumerable.GetEnumerator() => this;

        public bool MoveNext()
        {
            Current++;
            return true;
        }

        public void Reset()
        {
        }

        public void Dispose() => throw new IOException("cannot be closed");
    }

    private static IEnumerable<int> Draining(Queue<int> numbers)
    {
        while (numbers.TryDequeue(out int number))
        {
            yield return number;
        }
    }

    private static async IAsyncEnumerable<int> Never(TaskCompletionSource asked, bool honoursToken, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        for (int i = 0; i < 6; i++)
        {
            yield return i;
        }

        asked.TrySetResult();
        await Task.Delay(Timeout.Infinite, honoursToken ? cancellationToken : CancellationToken.None);
    }
}
