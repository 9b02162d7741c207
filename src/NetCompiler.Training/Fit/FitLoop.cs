using System.Diagnostics;
using System.Runtime.ExceptionServices;

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
    private readonly CallbackList _callbacks;
    private readonly FitContext _context;
    private readonly FitDisplay _display;
    private readonly FitBackups _backups;
    private readonly Checkpoint? _checkpoint;

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
        IReadOnlyDictionary<string, string> identity = FitIdentity.Of(options, train, validation, training.BatchSize, seed, _metrics);
        _callbacks = new CallbackList(training, _optimizer, _metrics, options, _feeder.Batches ?? 0, _validation is not null, identity);
        _context = _callbacks.Context;
        _context.ValidationBatches = _validation?.Batches ?? 0;
        _backups = new FitBackups(options, training, _optimizer, _callbacks.State, () => _callbacks.Elapsed);
        _checkpoint = _backups.Find();

        // Last: from here on, Run has to give the console back.
        _display = FitDisplay.Create(options);
        _context.Display = _display;
    }

    /// <summary>Trains, once.</summary>
    /// <exception cref="TrainingCanceledException">The token was canceled.</exception>
    /// <exception cref="NonFiniteLossException">A loss is not finite.</exception>
    /// <exception cref="CheckpointException">The training could not be saved, or a callback cannot go on from the checkpoint.</exception>
    public History Run()
    {
        ExceptionDispatchInfo? failure = FailureOf(Train);
        bool isCanceled = failure?.SourceException is OperationCanceledException && _cancellation.IsCancellationRequested;

        // Before the callbacks: one may give the network other weights, as early stopping does.
        Exception? unsaved = isCanceled && _isBetweenSteps ? _backups.OnCancel() : null;

        // What fails while things are let go of hides nothing that failed before, nor keeps the rest from being let go of.
        foreach (Action letGo in (Action[])[_display.Close, _callbacks.Dispose, _feeder.Dispose, () => _validation?.Dispose()])
        {
            ExceptionDispatchInfo? later = FailureOf(letGo);
            failure ??= later;
        }

        _callbacks.History.Duration = _callbacks.Elapsed;
        if (isCanceled)
        {
            throw new TrainingCanceledException(_callbacks.History, _cancellation, unsaved);
        }

        failure?.Throw();
        return _callbacks.History;
    }

    private static ExceptionDispatchInfo? FailureOf(Action action)
    {
        try
        {
            action();
            return null;
        }
        catch (Exception exception)
        {
            return ExceptionDispatchInfo.Capture(exception);
        }
    }

    private void Train()
    {
        Begin();
        while (BeginEpoch())
        {
            RunEpoch();
        }

        _callbacks.RequireFiniteParameters();
        _backups.BeforeEnd();
        _isBetweenSteps = false;
        _callbacks.EndTraining();
        _backups.AfterEnd();
    }

    private void Begin()
    {
        _callbacks.OnTrainBegin(_checkpoint?.State);
        _checkpoint?.Restore(_training, _optimizer);
        _isBetweenSteps = true;
    }

    private bool BeginEpoch()
    {
        _isBetweenSteps = false;
        bool begins = _callbacks.OnEpochBegin();
        _isBetweenSteps = begins;
        return begins;
    }

    /// <summary>Runs an epoch, or what is left of it.</summary>
    private void RunEpoch()
    {
        long start = Stopwatch.GetTimestamp();
        _display.ShowEpoch(_context, _metrics, RunBatchesAndValidate);
        _isBetweenSteps = false;
        _callbacks.OnEpochEnd(_validation?.Result);
        _display.EndEpoch(_context, Stopwatch.GetElapsedTime(start));
        _backups.AfterEpoch();
        _isBetweenSteps = true;
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
        _feeder.Begin(_context.Epoch, _callbacks.Batches, _cancellation);
        while (!_context.StopTraining)
        {
            _cancellation.ThrowIfCancellationRequested();
            int count = _feeder.Stage(_training);
            if (count == 0)
            {
                // A stream whose length only reading it told has told it.
                _context.Batches = _callbacks.Batches;
                break;
            }

            RunBatch(count);
            _options.Progress?.Report(ProgressNow());
            _display.EndBatch(_context, _metrics);
        }

        if (_callbacks.Batches == 0)
        {
            throw new InvalidDataException($"The training data gave no sample in epoch {_context.Epoch + 1}{(_context.Epoch > 0 ? ": a sequence must be one that can be enumerated again" : "")}.");
        }
    }

    private void RunBatch(int count)
    {
        _isBetweenSteps = false;
        _callbacks.OnBatchBegin(count);
        _callbacks.OnBatchEnd(_training.Step(count, _optimizer));
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
            if (validation.Done != _context.ValidationBatches && Stopwatch.GetElapsedTime(start) > QuietValidation)
            {
                _options.Progress?.Report(ProgressNow());
            }

            _display.EndBatch(_context, _metrics);
        }

        // A stream whose length only reading it told has told it.
        _context.ValidationBatches = validation.Done;
        _options.Progress?.Report(ProgressNow());
        _context.ValidationBatch = 0;
    }

    private TrainingProgress ProgressNow() => new(
        _context.Epoch,
        _context.Epochs,
        _context.Batch,
        _context.Batches,
        _context.Loss,
        _metrics.Count > 0 ? _metrics.Name(0) : null,
        _metrics.Count > 0 ? _metrics.Value(0) : double.NaN,
        _callbacks.Elapsed)
    {
        ValidationBatch = _context.ValidationBatch,
        ValidationBatches = _context.ValidationBatches,
        IsValidationUnknown = _validation is not null && _context.ValidationBatches == 0,
    };
}
