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
    /// <param name="options">How the training to come is to run: its optimizer, batch size, seed, split, class weights, transforms, settings and frozen layers are taken. Its epochs, callbacks, metrics, validation, schedule, checkpoint, progress and display are not.</param>
    /// <param name="minimum">The first learning rate.</param>
    /// <param name="maximum">The last learning rate.</param>
    /// <param name="steps">The number of rates; at least 2.</param>
    /// <param name="divergence">The search ends when the smoothed loss is above this many times the lowest so far; above 1.</param>
    /// <param name="smoothing">The share of the smoothed loss that is kept in every step: at least 0 and below 1.</param>
    /// <param name="progress">Is told of every step.</param>
    /// <param name="verbosity">What is written to the console: a progress bar once two seconds have passed, or a line at the end.</param>
    /// <param name="cancellationToken">Ends the search between two steps.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    /// <exception cref="ArgumentException">The data set, a setting or a transform does not fit the network.</exception>
    /// <exception cref="InvalidOperationException">The network has no loss, or no step gave a finite loss.</exception>
    /// <exception cref="SampleException">A sample could not be read.</exception>
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
        IProgress<LearningRateProgress>? progress = null,
        Verbosity verbosity = Verbosity.Auto,
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
        TrainingSetup.RequireData(network, train, nameof(train));
        TrainingSetup.RequireLoss(network);
        if (options.ValidationSplit > 0)
        {
            (train, _) = train.Split(options.ValidationSplit);
        }

        using RunningFit running = new(network);
        train = TrainingSetup.ApplyClassWeights(train, options.ClassWeights);
        WorkDisplay display = WorkDisplay.Create(verbosity);
        double[] rates = [.. Enumerable.Range(0, steps).Select(step => minimum * Math.Pow(maximum / minimum, (double)step / (steps - 1)))];
        using ITraining training = TrainingSetup.CreateTraining(network, train.KnownCount, options);
        using LearningRateRun run = new(training, train, options, rates, divergence, smoothing, progress, cancellationToken);
        KeptWeights kept = new(network);
        try
        {
            display.Run(run);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw new TrainingCanceledException(new History(), cancellationToken);
        }
        finally
        {
            kept.Restore(network);
        }

        return run.Result;
    }

    private static void Require(bool isValid, string name, double value, string expected)
    {
        if (!isValid)
        {
            throw new ArgumentOutOfRangeException(name, value, $"{name} must be {expected}.");
        }
    }
}
