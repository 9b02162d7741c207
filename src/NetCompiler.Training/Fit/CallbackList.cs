using System.Diagnostics;
using System.Runtime.ExceptionServices;

namespace NetCompiler;

/// <summary>
/// Tells callbacks of the course of a training, in the order in which <see cref="NetworkTraining.Fit"/> does, and keeps its history: Keras's CallbackList, for loops of one's own.
/// Fit is a loop around one. Disposing it before <see cref="OnTrainEnd"/>, as after an exception, tells the callbacks that training was aborted.
/// </summary>
/// <example>
/// <code>
/// (Dataset train, Dataset validation) = data.Split(0.1);
/// FitOptions options = new() { Epochs = 10, Callbacks = [new EarlyStopping(patience: 3), new CsvLogger("log.csv")] };
/// using CallbackList callbacks = new(training, optimizer, new MetricSet(network), options, hasValidation: true);
/// callbacks.OnTrainBegin();
/// while (callbacks.OnEpochBegin())
/// {
///     foreach (int count in train.Batches(training, network.Seed, callbacks.Epoch, cancellationToken: cancellationToken))
///     {
///         callbacks.OnBatchBegin(count);
///         if (!callbacks.OnBatchEnd(training.Step(count, optimizer)))
///         {
///             break;
///         }
///     }
///
///     callbacks.OnEpochEnd(training.Evaluate(validation));
/// }
///
/// History history = callbacks.OnTrainEnd();
/// </code>
/// </example>
public sealed class CallbackList : IDisposable
{
    private const string LearningRate = "learning_rate";

    private readonly Callback[] _callbacks;
    private readonly MetricSet _metrics;
    private readonly bool _hasValidation;
    private readonly bool _setsLearningRate;
    private readonly long _start = Stopwatch.GetTimestamp();
    private TimeSpan _elapsedBefore;

    // The weights while callbacks take what was saved: what they are again where one of them refuses it.
    private KeptWeights? _unrestored;
    private bool _isRunning;
    private bool _isResuming;
    private bool _isDisposed;

    /// <summary>Makes a list and asks its callbacks whether the training gives what they need.</summary>
    /// <param name="training">The training.</param>
    /// <param name="optimizer">The state of its optimizer.</param>
    /// <param name="metrics">What is measured of every epoch; the list adds the batches.</param>
    /// <param name="options">The callbacks, the number of epochs and the schedule of the learning rate, which are followed, and whatever callbacks are to read of the others.</param>
    /// <param name="batches">The number of batches of an epoch, by which schedules go: <see cref="BatchSequence.Count"/>; 0 where only the first epoch tells.</param>
    /// <param name="hasValidation">Whether <see cref="OnEpochEnd"/> is given an evaluation, which the history then has as series beginning with val_.</param>
    /// <exception cref="ArgumentException">A metric has the name of another series of the history; or a callback watches what is not measured, or is <see cref="BackupAndRestore"/>, which Fit alone can follow; or two would set the learning rate.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public CallbackList(ITraining training, OptimizerState optimizer, MetricSet metrics, FitOptions options, int batches = 0, bool hasValidation = false)
        : this(training, optimizer, metrics, RequireOwn(options), batches, hasValidation, new Dictionary<string, string>())
    {
    }

    internal CallbackList(ITraining training, OptimizerState optimizer, MetricSet metrics, FitOptions options, int batches, bool hasValidation, IReadOnlyDictionary<string, string> identity)
    {
        ArgumentNullException.ThrowIfNull(training);
        ArgumentNullException.ThrowIfNull(optimizer);
        ArgumentNullException.ThrowIfNull(metrics);
        ArgumentOutOfRangeException.ThrowIfNegative(batches);
        _metrics = metrics;
        _hasValidation = hasValidation;
        _callbacks = options.Schedule is null ? [.. options.Callbacks] : [new StepScheduler(options.Schedule), .. options.Callbacks];
        _setsLearningRate = options.Schedule is not null || Array.Exists(_callbacks, callback => callback.SetsLearningRate);
        Context = new FitContext(training, optimizer, metrics, options) { Batches = batches };
        State = new FitState(Context, metrics, _callbacks, identity);
        IReadOnlyList<MeasuredSeries> series = MeasuredSeries.Of(metrics.Metrics, hasValidation);
        if (_setsLearningRate)
        {
            // More of it is neither better nor worse.
            series = [.. series, new MeasuredSeries(LearningRate, MonitorMode.Auto)];
        }

        MeasuredSeries.RequireDistinct(series);
        foreach (Callback callback in _callbacks)
        {
            callback.Check(series);
        }
    }

    /// <summary>What the callbacks see.</summary>
    public FitContext Context { get; }

    /// <summary>What was measured: one value per completed epoch of loss, metrics, their val_ forms, and of the learning rate where something sets it.</summary>
    public History History => Context.History;

    /// <summary>The epoch that runs or comes next, counted from 0.</summary>
    public int Epoch => State.Epoch;

    /// <summary>The number of its batches that are done: where a resumed epoch goes on.</summary>
    public int Batches => State.Batches;

    /// <summary>The time that training took, before a checkpoint that it was resumed from too.</summary>
    internal TimeSpan Elapsed => _elapsedBefore + Stopwatch.GetElapsedTime(_start);

    /// <summary>Where training stands.</summary>
    internal FitState State { get; }

    /// <summary>Before the first epoch.</summary>
    /// <param name="saved">What <see cref="SaveState"/> gave, where training goes on from there: a <see cref="Checkpoint.State"/>, whose weights and optimizer are restored by <see cref="Checkpoint.Restore"/>.</param>
    /// <exception cref="CheckpointException">It was saved by another list: it has a callback that is missing here, or values that a callback does not take. Then the weights stay as they are.</exception>
    /// <exception cref="IOException">A callback's file cannot be written.</exception>
    /// <exception cref="InvalidOperationException">Training has begun already.</exception>
    /// <exception cref="ObjectDisposedException">The list was disposed.</exception>
    public void OnTrainBegin(SavedState? saved = null)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        Require(!_isRunning, $"Training has begun already; a {nameof(CallbackList)} is for one.");
        if (saved is not null)
        {
            State.Check(saved, "of this training", Context.Network);
        }

        foreach (Callback callback in _callbacks)
        {
            callback.RequireWritable();
        }

        _isRunning = true;
        Context.IsResumed = saved is not null;
        Call(static (callback, context) => callback.OnTrainBegin(context));
        if (saved is not null)
        {
            _unrestored = new KeptWeights(Context.Network);
            _elapsedBefore = State.Restore(saved);
            _unrestored = null;
            _isResuming = State.HasBegun;
        }
    }

    /// <summary>
    /// Before an epoch. False where there is none any more: all are done, or a callback has stopped training. An epoch that is resumed in its middle goes on after
    /// <see cref="Batches"/> batches.
    /// </summary>
    /// <exception cref="InvalidOperationException">Training has not begun, or an epoch has not ended.</exception>
    /// <exception cref="ObjectDisposedException">The list was disposed.</exception>
    public bool OnEpochBegin()
    {
        RequireRunning();
        if (_isResuming)
        {
            _isResuming = false;
            return true;
        }

        Require(!State.HasBegun, $"Epoch {Epoch} has not ended: call {nameof(OnEpochEnd)} before the next one.");
        if (State.Epoch >= Context.Epochs || Context.StopTraining)
        {
            return false;
        }

        Context.Epoch = State.Epoch;
        _metrics.Reset();
        Call(static (callback, context) => callback.OnEpochBegin(context));
        if (Context.StopTraining)
        {
            return false;
        }

        State.BeginEpoch();
        return true;
    }

    /// <summary>Before a batch's step, when its samples are staged and transformed.</summary>
    /// <param name="count">The number of its samples.</param>
    /// <exception cref="InvalidOperationException">No epoch has begun.</exception>
    /// <exception cref="ObjectDisposedException">The list was disposed.</exception>
    public void OnBatchBegin(int count)
    {
        RequireEpoch();
        Context.Batch = State.Batches;
        Context.BatchCount = count;
        foreach (Callback callback in _callbacks)
        {
            callback.OnBatchBegin(Context);
        }
    }

    /// <summary>After a batch and its update: adds it to the metrics. False where a callback ends the epoch, and training with it.</summary>
    /// <param name="loss">The loss of the batch, before its update.</param>
    /// <exception cref="NonFiniteLossException">The loss is NaN or infinite.</exception>
    /// <exception cref="InvalidOperationException">No epoch has begun.</exception>
    /// <exception cref="ObjectDisposedException">The list was disposed.</exception>
    public bool OnBatchEnd(float loss)
    {
        RequireEpoch();
        Context.BatchLoss = loss;
        if (!float.IsFinite(loss))
        {
            NonFiniteValue? first = _callbacks.Select(callback => callback.Explain(Context)).FirstOrDefault(value => value is not null);
            throw new NonFiniteLossException(loss, Context.Epoch, Context.Batch, Context.Optimizer.Steps, History, first);
        }

        _metrics.Add(Context.Training, Context.BatchCount, loss);
        Context.Loss = _metrics.Loss;
        State.EndBatch();
        foreach (Callback callback in _callbacks)
        {
            callback.OnBatchEnd(Context);
        }

        return !Context.StopTraining;
    }

    /// <summary>After an epoch and its validation: writes them into the history.</summary>
    /// <param name="validation">What the validation measured, where there is one, with the metrics of the list.</param>
    /// <exception cref="ArgumentException">The evaluation is missing or was not announced, or has other metrics.</exception>
    /// <exception cref="NonFiniteLossException">The validation loss is NaN or infinite.</exception>
    /// <exception cref="InvalidOperationException">No epoch has begun, or it had no batch.</exception>
    /// <exception cref="ObjectDisposedException">The list was disposed.</exception>
    public void OnEpochEnd(Evaluation? validation = null)
    {
        RequireEpoch();
        Require(State.Batches > 0, $"Epoch {Epoch} had no batch.");
        RequireValidation(validation);
        if (validation is not null && !double.IsFinite(validation.Loss))
        {
            throw NonFiniteLossException.InValidation(validation.Loss, Context.Epoch, Context.Optimizer.Steps, History);
        }

        if (Context is { Batches: 0, StopTraining: false })
        {
            // Only the first epoch could tell.
            Context.Batches = State.Batches;
        }

        Record(validation);
        State.EndEpoch();
        Call(static (callback, context) => callback.OnEpochEnd(context));
    }

    /// <summary>After the last epoch.</summary>
    /// <returns>The history.</returns>
    /// <exception cref="NonFiniteLossException">There is no validation, and the last update left a weight that is NaN or infinite.</exception>
    /// <exception cref="InvalidOperationException">Training has not begun.</exception>
    /// <exception cref="ObjectDisposedException">The list was disposed.</exception>
    public History OnTrainEnd()
    {
        RequireRunning();
        RequireFiniteParameters();
        EndTraining();
        return History;
    }

    /// <summary>Everything that callbacks, metrics and history have to remember, between two batches or epochs: for <see cref="Checkpoint.Write(string, ITraining, OptimizerState, SavedState?)"/>.</summary>
    /// <exception cref="NotSupportedException">A metric of the user's cannot be saved in the middle of an epoch.</exception>
    public SavedState SaveState() => State.Save(Elapsed);

    /// <summary>Tells the callbacks that training was aborted, where it has begun and not ended: all of them, also where one throws, whose exception then follows.</summary>
    public void Dispose()
    {
        _isDisposed = true;
        if (!_isRunning)
        {
            return;
        }

        _isRunning = false;
        History.Duration = Elapsed;
        ExceptionDispatchInfo? failure = null;
        foreach (Callback callback in _callbacks)
        {
            try
            {
                callback.OnTrainAbort(Context);
            }
            catch (Exception exception)
            {
                failure ??= ExceptionDispatchInfo.Capture(exception);
            }
        }

        // After the callbacks, some of which have taken weights from what another one refused.
        _unrestored?.Restore(Context.Network);
        failure?.Throw();
    }

    /// <summary>No loss is computed after the last update: without validation, the weights themselves tell whether it went well.</summary>
    internal void RequireFiniteParameters()
    {
        foreach (float parameter in _hasValidation ? [] : Context.Training.Parameters)
        {
            if (!float.IsFinite(parameter))
            {
                throw NonFiniteLossException.InParameters(parameter, Context.Epoch, Context.Optimizer.Steps, History);
            }
        }
    }

    /// <summary>Tells the callbacks of the end.</summary>
    internal void EndTraining()
    {
        History.Duration = Elapsed;
        Call(static (callback, context) => callback.OnTrainEnd(context));
        _isRunning = false;
    }

    private static FitOptions RequireOwn(FitOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Check();
        return options.ResumeFrom is null && !options.Callbacks.Any(callback => callback is BackupAndRestore)
            ? options
            : throw new ArgumentException(
                $"{nameof(BackupAndRestore)} and {nameof(FitOptions.ResumeFrom)} are for {nameof(NetworkTraining.Fit)}; a loop of one's own writes a {nameof(Checkpoint)} with {nameof(SaveState)}(), and gives it to {nameof(OnTrainBegin)}.",
                nameof(options));
    }

    private void RequireValidation(Evaluation? validation)
    {
        if (validation is null == _hasValidation)
        {
            throw new ArgumentException(_hasValidation ? "The list was made for a validation, but there is no evaluation." : "There is an evaluation, but the list was made without hasValidation.", nameof(validation));
        }

        if (validation is not null && !_metrics.Names.ToHashSet().SetEquals(validation.Metrics.Keys))
        {
            throw new ArgumentException($"The evaluation has the metrics {string.Join(", ", validation.Metrics.Keys)}, but the list {string.Join(", ", _metrics.Names)}.", nameof(validation));
        }
    }

    /// <summary>The history takes whole epochs only: validation may be canceled, or find a loss that is not finite.</summary>
    private void Record(Evaluation? validation)
    {
        History.Add("loss", Context.Loss);
        for (int i = 0; i < _metrics.Count; i++)
        {
            History.Add(_metrics.Name(i), _metrics.Value(i));
        }

        if (validation is not null)
        {
            History.Add("val_loss", validation.Loss);
            foreach (string name in _metrics.Names)
            {
                History.Add("val_" + name, validation.Metrics[name]);
            }
        }

        // The rate of the epoch's last step, as Keras: what a callback sets after the epoch is the next one's. A series that a checkpoint brought along goes on.
        if (_setsLearningRate || History.Contains(LearningRate))
        {
            History.Add(LearningRate, Context.Optimizer.LearningRate);
        }

        History.CompleteEpoch();
    }

    private void Call(Action<Callback, FitContext> action)
    {
        foreach (Callback callback in _callbacks)
        {
            action(callback, Context);
        }
    }

    private void RequireRunning()
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        Require(_isRunning, $"Training has not begun, or has ended: call {nameof(OnTrainBegin)}.");
    }

    private void RequireEpoch()
    {
        RequireRunning();
        Require(State.HasBegun, $"No epoch has begun: call {nameof(OnEpochBegin)}.");
    }

    private static void Require(bool isRight, string message)
    {
        if (!isRight)
        {
            throw new InvalidOperationException(message);
        }
    }
}
