using System.Globalization;

namespace NetCompiler;

/// <summary>One search for a learning rate: a training whose rate rises from step to step until its loss diverges. Data is repeated where it has fewer batches than there are steps.</summary>
internal sealed class LearningRateRun : SteppedWork, IDisposable
{
    private readonly ITraining _training;
    private readonly OptimizerState _optimizer;
    private readonly BatchFeeder _feeder;
    private readonly double[] _rates;
    private readonly double _divergence;
    private readonly double _smoothing;
    private readonly IProgress<LearningRateProgress>? _progress;
    private readonly CancellationToken _cancellation;
    private readonly List<double> _losses = [];
    private readonly List<double> _smoothed = [];
    private double _average;
    private double _lowest = double.PositiveInfinity;
    private int _epoch;
    private bool _isDone;

    /// <summary>Prepares a training that is made, set up and frozen.</summary>
    public LearningRateRun(
        ITraining training,
        Dataset train,
        FitOptions options,
        double[] rates,
        double divergence,
        double smoothing,
        IProgress<LearningRateProgress>? progress,
        CancellationToken cancellationToken)
    {
        INetwork network = training.Network;
        _training = training;
        _optimizer = (options.Optimizer ?? new Adam()).CreateState(training);
        _feeder = new BatchFeeder(train, training.BatchSize, options.Shuffle, options.Seed ?? network.Seed, [.. options.Transforms.Select(transform => transform.CreateState(network.Description))]);
        _rates = rates;
        _divergence = divergence;
        _smoothing = smoothing;
        _progress = progress;
        _cancellation = cancellationToken;
        _feeder.Begin(_epoch, firstBatch: 0, cancellationToken);
    }

    /// <summary>What was seen.</summary>
    /// <exception cref="InvalidOperationException">No step gave a finite loss.</exception>
    public LearningRateSearch Result => _losses.Count > 0
        ? new LearningRateSearch(_rates[.._losses.Count], _losses, _smoothed)
        : throw new InvalidOperationException($"The loss was not finite in the first step, before any update: no learning rate can be found. {nameof(TerminateOnNaN)} names the layer.");

    public override double? Fraction => (double)_losses.Count / _rates.Length;

    public override string Description => _losses.Count == 0
        ? "finding a learning rate"
        : string.Create(CultureInfo.InvariantCulture, $"finding a learning rate  {_rates[_losses.Count - 1]:0.0e+0}  loss {LineDisplay.Format(_losses[^1])}");

    public override string Summary => string.Create(
        CultureInfo.InvariantCulture,
        $"tried {_losses.Count} learning rates  {Elapsed.TotalSeconds:0.0} s  suggestion {(_losses.Count > 0 && Result.Suggestion is double rate ? rate.ToString("0.0e+0", CultureInfo.InvariantCulture) : "none")}");

    /// <summary>Makes the next step; false when all are made, or the loss has diverged.</summary>
    /// <exception cref="OperationCanceledException">The token was canceled.</exception>
    /// <exception cref="InvalidDataException">The data is a stream without a sample, or one that cannot be read twice.</exception>
    public override bool MoveNext()
    {
        if (_isDone)
        {
            return false;
        }

        _cancellation.ThrowIfCancellationRequested();
        int count = Stage();
        _optimizer.LearningRate = _rates[_losses.Count];
        float loss = _training.Step(count, _optimizer);

        // Not finite is as divergent as a loss can be: what was recorded until then is the search.
        _isDone = !float.IsFinite(loss) || Record(loss);
        if (float.IsFinite(loss))
        {
            _progress?.Report(new LearningRateProgress(_losses.Count - 1, _rates.Length, _rates[_losses.Count - 1], loss, Elapsed));
        }

        return !_isDone;
    }

    public void Dispose() => _feeder.Dispose();

    private int Stage()
    {
        int count = _feeder.Stage(_training);
        if (count == 0)
        {
            _feeder.Begin(++_epoch, firstBatch: 0, _cancellation);
            count = _feeder.Stage(_training);
        }

        return count > 0 ? count : throw new InvalidDataException($"The training data gave no sample in pass {_epoch + 1}{(_losses.Count > 0 ? ": a sequence must be one that can be enumerated again" : "")}.");
    }

    /// <summary>Keeps a loss raw and smoothed: s = k s + (1 - k) loss, divided by 1 - k^n. True where it is the last one.</summary>
    private bool Record(float loss)
    {
        _average = (_smoothing * _average) + ((1 - _smoothing) * loss);
        _losses.Add(loss);
        double smoothed = _average / (1 - Math.Pow(_smoothing, _losses.Count));
        _smoothed.Add(smoothed);
        _lowest = Math.Min(_lowest, smoothed);

        // For a loss above 0 the limit is divergence times the lowest; some losses are below.
        return _losses.Count == _rates.Length || (_losses.Count > 1 && smoothed > _lowest + ((_divergence - 1) * Math.Abs(_lowest)));
    }
}
