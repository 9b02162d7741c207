using System.Globalization;

namespace NetCompiler;

/// <summary>One call of Predict over a data set: its outputs, batch by batch, in the order of the samples.</summary>
internal sealed class PredictionRun : SteppedWork, IDisposable
{
    private readonly INetwork _network;
    private readonly BatchEngine _engine;
    private readonly SampleBuffer _batch;
    private readonly Column[] _inputs;
    private readonly int[] _inputLengths;
    private readonly int[] _outputLengths;
    private readonly float[][] _outputs;
    private readonly int? _batches;
    private readonly bool _isCountKnown;
    private readonly IProgress<PredictionProgress>? _progress;
    private readonly CancellationToken _cancellation;
    private readonly int _threads;
    private int _done;
    private int _samples;

    /// <summary>Begins a pass.</summary>
    /// <exception cref="OverflowException">An output would have more values than an array holds.</exception>
    public PredictionRun(INetwork network, Dataset data, int batchSize, int threads, IProgress<PredictionProgress>? progress, CancellationToken cancellationToken)
    {
        _network = network;
        _progress = progress;
        _cancellation = cancellationToken;
        _threads = threads;
        _batch = new SampleBuffer(data.Schema, batchSize);
        _inputs = _batch.InputColumns();
        _inputLengths = [.. network.Description.Inputs.Select(input => input.Length)];
        _outputLengths = [.. network.Description.Outputs.Select(output => output.Length)];
        _isCountKnown = data.KnownCount is not null;
        _outputs = [.. _outputLengths.Select(length => new float[checked((data.KnownCount ?? batchSize) * length)])];
        _batches = data.KnownCount is int count ? (int)(((long)count + batchSize - 1) / batchSize) : null;
        _engine = data.OpenBatches(batchSize);
        _engine.Begin(epoch: 0, firstBatch: 0, cancellationToken);
    }

    public override double? Fraction => _batches is int batches ? (double)_done / batches : null;

    public override string Description => FormattableString.Invariant($"predicting  {_samples} samples");

    public override string Summary => string.Create(CultureInfo.InvariantCulture, $"predicted {_samples}  {Elapsed.TotalSeconds:0.0} s");

    /// <summary>Predicts everything.</summary>
    /// <exception cref="OperationCanceledException">The token was canceled.</exception>
    public float[][] Run(WorkDisplay display)
    {
        display.Run(this);
        for (int i = 0; i < _outputs.Length; i++)
        {
            // A stream may have fewer samples than there is room for.
            Array.Resize(ref _outputs[i], _samples * _outputLengths[i]);
        }

        return _outputs;
    }

    /// <summary>Predicts the next batch; false at the end.</summary>
    /// <exception cref="OperationCanceledException">The token was canceled.</exception>
    /// <exception cref="InvalidDataException">The data is a stream without a sample.</exception>
    public override bool MoveNext()
    {
        _cancellation.ThrowIfCancellationRequested();
        int count = _engine.Read(_batch);
        if (count == 0)
        {
            return _done > 0 ? false : throw new InvalidDataException("The data to predict from has no sample.");
        }

        MakeRoom(count);
        PredictBatch(count);

        _samples += count;
        _done++;
        _progress?.Report(new PredictionProgress(_done - 1, _batches ?? 0, Elapsed));
        return true;
    }

    public void Dispose() => _engine.Dispose();

    private void MakeRoom(int count)
    {
        for (int i = 0; !_isCountKnown && i < _outputs.Length; i++)
        {
            int needed = checked((_samples + count) * _outputLengths[i]);
            if (needed > _outputs[i].Length)
            {
                Array.Resize(ref _outputs[i], (int)Math.Min(Array.MaxLength, Math.Max(needed, 2L * _outputs[i].Length)));
            }
        }
    }

    private void PredictBatch(int count)
    {
        Column[] inputs = [.. _inputs.Select((column, i) => Part(column, count * _inputLengths[i]))];
        Memory<float>[] outputs = [.. _outputs.Select((values, i) => values.AsMemory(_samples * _outputLengths[i], count * _outputLengths[i]))];
        _network.Predict(inputs, outputs, _threads);
    }

    private static Column Part(Column column, int length) => column.IsInteger ? column.Integers[..length] : column.Floats[..length];
}
