using System.Diagnostics;

namespace NetCompiler;

/// <summary>One call of Fit: epochs of batches, validation, callbacks, checkpoints and display. Allocates per epoch, not per batch.</summary>
internal sealed class FitLoop
{
    // A short validation is no news.
    private static readonly TimeSpan QuietValidation = TimeSpan.FromSeconds(2);

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
    private readonly FitState _state;
    private readonly FitBackups _backups;
    private readonly Checkpoint? _checkpoint;
    private readonly History _history = new();
    private readonly long _start = Stopwatch.GetTimestamp();
    private TimeSpan _elapsedBefore;

    // The weights while a checkpoint is being restored: what they are again where it is refused.
    private KeptWeights? _unrestored;

    // Whether everything is as it was after a step and its callbacks, or after an epoch and its: what may be saved.
    private bool _isBetweenSteps;

    /// <summary>Prepares a training that is made, set up and frozen; everything is checked by then.</summary>
    public FitLoop(INetwork network, ITraining training, Dataset train, Dataset? validation, FitOptions options, CancellationToken cancellation)
    {
        _options = options;
        _cancellation = cancellation;
        _training = training;
        int seed = options.Seed ?? network.Seed;
        _optimizer = (options.Optimizer ?? new Adam()).CreateState(training);
        _feeder = new BatchFeeder(train, training.BatchSize, options.Shuffle, seed, [.. options.Transforms.Select(transform => transform.CreateState(network.Description))]);
        _metrics = new MetricSet(network, options.Metrics);
        _validation = validation is null ? null : new Evaluator(validation, new MetricSet(network, options.Metrics), training.BatchSize);
        _context = new FitContext(network, training, _optimizer, _history, options.Epochs, _feeder.Batches ?? 0) { Options = options, ValidationBatches = _validation?.Batches ?? 0 };
        _callbacks = options.Schedule is null ? [.. options.Callbacks] : [new StepScheduler(options.Schedule), .. options.Callbacks];
        IReadOnlyList<MeasuredSeries> series = MeasuredSeries.Of(_metrics.Metrics, hasValidation: _validation is not null);
        foreach (Callback callback in _callbacks)
        {
            callback.Check(series);
        }

        _state = new FitState(_context, _metrics, _callbacks, FitIdentity.Of(options, train, validation, training.BatchSize, seed, _metrics));
        _backups = new FitBackups(options, training, _optimizer, _state, () => Elapsed);
        _checkpoint = _backups.Find();
        foreach (Callback callback in _callbacks)
        {
            callback.RequireWritable();
        }

        // Last: from here on, Run has to give the console back.
        _display = FitDisplay.Create(options);
        _context.Display = _display;
    }

    private TimeSpan Elapsed => _elapsedBefore + Stopwatch.GetElapsedTime(_start);

    /// <summary>Trains, once.</summary>
    /// <exception cref="TrainingCanceledException">The token was canceled.</exception>
    /// <exception cref="NonFiniteLossException">A loss is not finite.</exception>
    /// <exception cref="CheckpointException">The training could not be saved, or a callback cannot go on from the checkpoint.</exception>
    public History Run()
    {
        try
        {
            Begin();
            while (_state.HasBegun || (_state.Epoch < _options.Epochs && !_context.StopTraining))
            {
                if (!RunEpoch())
                {
                    break;
                }
            }

            if (_validation is null)
            {
                RequireFiniteParameters();
            }

            _backups.BeforeEnd();
            _isBetweenSteps = false;
            _history.Duration = Elapsed;
            Call(static (callback, context) => callback.OnTrainEnd(context));
            _backups.AfterEnd();
            return _history;
        }
        catch (Exception exception)
        {
            bool isCanceled = exception is OperationCanceledException and not TrainingCanceledException && _cancellation.IsCancellationRequested;

            // Before the callbacks: one may give the network other weights, as early stopping does.
            Exception? unsaved = isCanceled && _isBetweenSteps ? _backups.OnCancel() : null;
            _history.Duration = Elapsed;
            Call(static (callback, context) => callback.OnTrainAbort(context));

            // After the callbacks, some of which have taken weights from the checkpoint that another one refused.
            _unrestored?.Restore(_context.Network);
            if (isCanceled)
            {
                throw new TrainingCanceledException(_history, _cancellation, unsaved);
            }

            throw;
        }
        finally
        {
            _feeder.Dispose();
            _validation?.Dispose();
            _display.Close();
            _history.Duration = Elapsed;
        }
    }

    private void Begin()
    {
        _context.IsResumed = _checkpoint is not null;
        Call(static (callback, context) => callback.OnTrainBegin(context));
        if (_checkpoint is not null)
        {
            _unrestored = new KeptWeights(_context.Network);
            _elapsedBefore = _state.Restore(_checkpoint.State);
            _checkpoint.Restore(_training, _optimizer);
            _unrestored = null;
        }

        _isBetweenSteps = true;
    }

    /// <summary>Runs an epoch, or what is left of it; false where a callback stopped training before its first batch.</summary>
    private bool RunEpoch()
    {
        long start = Stopwatch.GetTimestamp();
        _context.Epoch = _state.Epoch;
        if (!_state.HasBegun)
        {
            _isBetweenSteps = false;
            _metrics.Reset();
            Call(static (callback, context) => callback.OnEpochBegin(context));
            if (_context.StopTraining)
            {
                return false;
            }

            _state.BeginEpoch();
            _isBetweenSteps = true;
        }

        _display.ShowEpoch(_context, _metrics, RunBatchesAndValidate);

        // The history takes whole epochs only: validation may be canceled, or find a loss that is not finite.
        _isBetweenSteps = false;
        _history.Add("loss", _context.Loss);
        AddMetrics(_metrics, "");
        if (_validation is not null)
        {
            _history.Add("val_loss", _validation.Metrics.Loss);
            AddMetrics(_validation.Metrics, "val_");
        }

        _history.CompleteEpoch();
        _state.EndEpoch();
        Call(static (callback, context) => callback.OnEpochEnd(context));
        _display.EndEpoch(_context, Stopwatch.GetElapsedTime(start));
        _backups.AfterEpoch();
        _isBetweenSteps = true;
        return true;
    }

    private void RunBatchesAndValidate()
    {
        RunBatches();
        if (_validation is not null)
        {
            Validate(_validation);
        }
    }

    private void RunBatches()
    {
        _feeder.Begin(_context.Epoch, _state.Batches, _cancellation);
        while (!_context.StopTraining)
        {
            _cancellation.ThrowIfCancellationRequested();
            int count = _feeder.Stage(_training);
            if (count == 0)
            {
                // A stream whose length only reading it told has told it.
                _context.Batches = _state.Batches;
                break;
            }

            RunBatch(count);
            _options.Progress?.Report(ProgressNow());
            _display.EndBatch(_context, _metrics);
        }

        if (_state.Batches == 0)
        {
            throw new InvalidDataException($"The training data gave no sample in epoch {_context.Epoch + 1}{(_context.Epoch > 0 ? ": a sequence must be one that can be enumerated again" : "")}.");
        }
    }

    private void RunBatch(int count)
    {
        _isBetweenSteps = false;
        _context.Batch = _state.Batches;
        _context.BatchCount = count;
        foreach (Callback callback in _callbacks)
        {
            callback.OnBatchBegin(_context);
        }

        float loss = _training.Step(count, _optimizer);
        if (!float.IsFinite(loss))
        {
            _context.BatchLoss = loss;
            NonFiniteValue? first = _callbacks.Select(callback => callback.Explain(_context)).FirstOrDefault(value => value is not null);
            throw new NonFiniteLossException(loss, _context.Epoch, _context.Batch, _optimizer.Steps, _history, first);
        }

        _metrics.Add(_training, count, loss);
        _context.BatchLoss = loss;
        _context.Loss = _metrics.Loss;
        _state.EndBatch();
        foreach (Callback callback in _callbacks)
        {
            callback.OnBatchEnd(_context);
        }

        _backups.AfterBatch();
        _isBetweenSteps = true;
    }

    private void Validate(Evaluator validation)
    {
        long start = Stopwatch.GetTimestamp();
        validation.Begin(_cancellation);
        while (validation.MoveNext(_training))
        {
            _context.ValidationBatch = validation.Done;
            if (_options.Progress is not null && Stopwatch.GetElapsedTime(start) > QuietValidation)
            {
                _options.Progress.Report(ProgressNow() with { ValidationBatch = validation.Done, ValidationBatches = validation.Batches });
            }

            _display.EndBatch(_context, _metrics);
        }

        _context.ValidationBatch = 0;
        double loss = validation.Metrics.Loss;
        if (!double.IsFinite(loss))
        {
            throw NonFiniteLossException.InValidation(loss, _context.Epoch, _optimizer.Steps, _history);
        }
    }

    private TrainingProgress ProgressNow() => new(
        _context.Epoch,
        _context.Epochs,
        _context.Batch,
        _context.Batches,
        _context.Loss,
        _metrics.Count > 0 ? _metrics.Name(0) : null,
        _metrics.Count > 0 ? _metrics.Value(0) : double.NaN,
        Elapsed);

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
