using System.Diagnostics;

namespace NetCompiler;

/// <summary>One call of Fit: epochs of batches, validation, callbacks and display. Allocates per epoch, not per batch.</summary>
internal sealed class FitLoop
{
    private readonly FitOptions _options;
    private readonly CancellationToken _cancellation;
    private readonly ITraining _training;
    private readonly OptimizerState _optimizer;
    private readonly BatchFeeder _feeder;
    private readonly MetricSet _metrics;
    private readonly Evaluator? _validation;
    private readonly FitContext _context;
    private readonly FitDisplay _display;
    private readonly Callback[] _callbacks;
    private readonly History _history = new();
    private readonly long _start = Stopwatch.GetTimestamp();

    /// <summary>Prepares a training that is made, set up and frozen; everything is checked by then.</summary>
    public FitLoop(INetwork network, ITraining training, Dataset train, Dataset? validation, FitOptions options, CancellationToken cancellation)
    {
        _options = options;
        _cancellation = cancellation;
        _training = training;
        _optimizer = (options.Optimizer ?? new Adam()).CreateState(training);
        _feeder = new BatchFeeder(train, training.BatchSize, options.Shuffle, options.Seed ?? network.Seed, [.. options.Transforms.Select(transform => transform.CreateState(network.Description))]);
        _metrics = new MetricSet(options.Metrics, network.Description);
        _validation = validation is null ? null : new Evaluator(validation, new MetricSet(options.Metrics, network.Description), training.BatchSize);
        _context = new FitContext(network, training, _optimizer, _history, options.Epochs, _feeder.Batches ?? 0);
        _callbacks = [.. options.Callbacks];
        string[] series = ["loss", .. _metrics.Names, .. _validation is null ? [] : _metrics.Names.Select(name => "val_" + name).Prepend("val_loss")];
        foreach (Callback callback in _callbacks)
        {
            callback.Check(series);
        }

        // Last: from here on, Run has to give the console back.
        _display = FitDisplay.Create(options);
    }

    /// <summary>Trains, once.</summary>
    /// <exception cref="TrainingCanceledException">The token was canceled.</exception>
    /// <exception cref="NonFiniteLossException">A loss is not finite.</exception>
    public History Run()
    {
        try
        {
            Call(static (callback, context) => callback.OnTrainBegin(context));
            for (int epoch = 0; epoch < _options.Epochs && !_context.StopTraining; epoch++)
            {
                RunEpoch(epoch);
            }

            if (_validation is null)
            {
                RequireFiniteParameters();
            }

            Call(static (callback, context) => callback.OnTrainEnd(context));
            return _history;
        }
        catch (Exception exception)
        {
            Call(static (callback, context) => callback.OnTrainAbort(context));
            if (exception is OperationCanceledException and not TrainingCanceledException && _cancellation.IsCancellationRequested)
            {
                throw new TrainingCanceledException(_history, _cancellation);
            }

            throw;
        }
        finally
        {
            _feeder.Dispose();
            _validation?.Dispose();
            _display.Close();
            _history.Duration = Stopwatch.GetElapsedTime(_start);
        }
    }

    private void RunEpoch(int epoch)
    {
        long start = Stopwatch.GetTimestamp();
        _context.Epoch = epoch;
        _metrics.Reset();
        Call(static (callback, context) => callback.OnEpochBegin(context));
        if (_context.StopTraining)
        {
            return;
        }

        _display.ShowEpoch(_context, _metrics, RunBatches);

        // The history takes whole epochs only: validation may be canceled, or find a loss that is not finite.
        double validationLoss = _validation is null ? 0 : Validate(_validation);
        _history.Add("loss", _context.Loss);
        AddMetrics(_metrics, "");
        if (_validation is not null)
        {
            _history.Add("val_loss", validationLoss);
            AddMetrics(_validation.Metrics, "val_");
        }

        _history.CompleteEpoch();
        Call(static (callback, context) => callback.OnEpochEnd(context));
        _display.EndEpoch(_context, Stopwatch.GetElapsedTime(start));
    }

    private double Validate(Evaluator validation)
    {
        double loss = validation.Run(_training, _cancellation);
        return double.IsFinite(loss) ? loss : throw NonFiniteLossException.InValidation(loss, _context.Epoch, _optimizer.Steps, _history);
    }

    /// <summary>No loss is computed after the last update: without validation, the weights themselves tell whether it went well.</summary>
    private void RequireFiniteParameters()
    {
        foreach (float parameter in _training.Parameters)
        {
            if (!float.IsFinite(parameter))
            {
                throw NonFiniteLossException.InParameters(parameter, _context.Epoch, _optimizer.Steps, _history);
            }
        }
    }

    private void RunBatches()
    {
        double sum = 0;
        long samples = 0;
        int batch = 0;
        _feeder.Begin(_context.Epoch, firstBatch: 0, _cancellation);
        for (; !_context.StopTraining; batch++)
        {
            _cancellation.ThrowIfCancellationRequested();
            int count = _feeder.Stage(_training);
            if (count == 0)
            {
                // A stream whose length only reading it told has told it.
                _context.Batches = batch;
                break;
            }

            float loss = _training.Step(count, _optimizer);
            if (!float.IsFinite(loss))
            {
                throw new NonFiniteLossException(loss, _context.Epoch, batch, _optimizer.Steps, _history);
            }

            sum += (double)loss * count;
            samples += count;
            _metrics.Add(_training, count);
            _context.Batch = batch;
            _context.BatchLoss = loss;
            _context.Loss = sum / samples;
            foreach (Callback callback in _callbacks)
            {
                callback.OnBatchEnd(_context);
            }

            _options.Progress?.Report(new TrainingProgress(
                _context.Epoch,
                _context.Epochs,
                batch,
                _context.Batches,
                _context.Loss,
                _metrics.Count > 0 ? _metrics.Name(0) : null,
                _metrics.Count > 0 ? _metrics.Value(0) : double.NaN,
                Stopwatch.GetElapsedTime(_start)));
            _display.EndBatch(_context, _metrics);
        }

        if (samples == 0)
        {
            throw new InvalidDataException($"The training data gave no sample in epoch {_context.Epoch + 1}{(_context.Epoch > 0 ? ": a sequence must be one that can be enumerated again" : "")}.");
        }
    }

    private void AddMetrics(MetricSet metrics, string prefix)
    {
        for (int i = 0; i < metrics.Count; i++)
        {
            _history.Add(prefix + metrics.Name(i), metrics.Value(i));
        }
    }

    private void Call(Action<Callback, FitContext> action)
    {
        foreach (Callback callback in _callbacks)
        {
            action(callback, _context);
        }
    }
}
