namespace NetCompiler;

/// <summary>Finds a learning rate by trying all of them in one short training.</summary>
public static class LearningRateFinder
{
    /// <summary>
    /// Trains with a learning rate that rises exponentially from step to step until the loss diverges, and suggests the rate at which the loss fell most steeply: the range test
    /// of Smith, "Cyclical Learning Rates for Training Neural Networks", 2017, with the choices of PyTorch Lightning's <c>lr_find</c>. The network has its weights and
    /// statistics back afterwards, after an exception or a cancellation too; the optimizer's settings never change, and its state was one for this search alone.
    /// </summary>
    /// <param name="network">The network.</param>
    /// <param name="train">Its samples; they are repeated where there are fewer batches than steps.</param>
    /// <param name="options">How the training to come is to run: its optimizer, batch size, seed, split, class weights, transforms, settings and frozen layers are taken. Its epochs, callbacks, validation, schedule, checkpoint and display are not.</param>
    /// <param name="minimum">The first learning rate.</param>
    /// <param name="maximum">The last learning rate.</param>
    /// <param name="steps">The number of rates; at least 2.</param>
    /// <param name="divergence">The search ends when the smoothed loss is above this many times the lowest so far; above 1.</param>
    /// <param name="smoothing">The share of the smoothed loss that is kept in every step: at least 0 and below 1.</param>
    /// <param name="cancellationToken">Ends the search between two steps.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    /// <exception cref="ArgumentException">The data set, a setting or a transform does not fit the network.</exception>
    /// <exception cref="InvalidOperationException">The network has no loss, or no step gave a finite loss.</exception>
    /// <exception cref="TrainingCanceledException">The token was canceled.</exception>
    public static LearningRateSearch FindLearningRate(
        this INetwork network,
        Dataset train,
        FitOptions? options = null,
        double minimum = 1e-8,
        double maximum = 1,
        int steps = 100,
        double divergence = 4,
        double smoothing = 0.98,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(train);
        Require(minimum > 0 && double.IsFinite(minimum), nameof(minimum), minimum, "a finite number above 0");
        Require(maximum > minimum && double.IsFinite(maximum), nameof(maximum), maximum, FormattableString.Invariant($"a finite number above the first rate, {minimum}"));
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 2);
        Require(divergence > 1, nameof(divergence), divergence, "above 1");
        Require(smoothing is >= 0 and < 1, nameof(smoothing), smoothing, "at least 0 and below 1");
        options ??= new FitOptions();
        options.Check();
        if (options.ValidationSplit > 0)
        {
            (train, _) = train.Split(options.ValidationSplit);
        }

        double[] rates = [.. Enumerable.Range(0, steps).Select(step => minimum * Math.Pow(maximum / minimum, (double)step / (steps - 1)))];
        Recorder recorder = new(rates, divergence, smoothing);
        KeptWeights kept = new(network);
        try
        {
            network.Fit(train, ForSearch(options, recorder, steps), cancellationToken);
        }
        catch (NonFiniteLossException)
        {
            // As divergent as a loss can be: what was recorded until then is the search.
        }
        finally
        {
            kept.Restore(network);
        }

        return recorder.Losses.Count > 0
            ? new LearningRateSearch(rates[..recorder.Losses.Count], recorder.Losses, recorder.Smoothed)
            : throw new InvalidOperationException($"The loss was not finite in the first step, before any update: no learning rate can be found. {nameof(TerminateOnNaN)} names the layer.");
    }

    private static FitOptions ForSearch(FitOptions options, Recorder recorder, int steps) => options with
    {
        // One batch per epoch at least: never fewer steps than asked for.
        Epochs = steps,
        ValidationSplit = 0,
        ValidationData = null,
        Schedule = null,
        ResumeFrom = null,
        Callbacks = [recorder],
        Metrics = [],
        Progress = null,
        Verbosity = Verbosity.Silent,
    };

    private static void Require(bool isValid, string name, double value, string expected)
    {
        if (!isValid)
        {
            throw new ArgumentOutOfRangeException(name, value, $"{name} must be {expected}.");
        }
    }

    /// <summary>Sets the rate of every step, and keeps its loss raw and smoothed: s = k s + (1 - k) loss, divided by 1 - k^n.</summary>
    private sealed class Recorder(double[] rates, double divergence, double smoothing) : Callback
    {
        private double _average;
        private double _lowest = double.PositiveInfinity;

        public List<double> Losses { get; } = [];

        public List<double> Smoothed { get; } = [];

        public override void OnBatchBegin(FitContext context) => context.Optimizer.LearningRate = rates[Losses.Count];

        public override void OnBatchEnd(FitContext context)
        {
            _average = (smoothing * _average) + ((1 - smoothing) * context.BatchLoss);
            Losses.Add(context.BatchLoss);
            double smoothed = _average / (1 - Math.Pow(smoothing, Losses.Count));
            Smoothed.Add(smoothed);
            _lowest = Math.Min(_lowest, smoothed);

            // For a loss above 0 the limit is divergence times the lowest; some losses are below.
            if (Losses.Count == rates.Length || (Losses.Count > 1 && smoothed > _lowest + ((divergence - 1) * Math.Abs(_lowest))))
            {
                context.StopTraining = true;
            }
        }
    }
}
