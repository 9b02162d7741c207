using NetCompiler;
using Samples.Data;

namespace Samples;

/// <summary>How far forecasts of one series are off on average, in the series' own unit, over its last part, which no network was trained on.</summary>
/// <param name="Series">The series.</param>
/// <param name="Naive">Of the naive forecast: the same as one period before, or the last value, whichever is better.</param>
/// <param name="Errors">Of each network.</param>
public sealed record ForecastResult(string Series, double Naive, IReadOnlyDictionary<string, double> Errors);

/// <summary>Forecasts the next value of three series from the 24 before it, by three networks.</summary>
public static class ForecastSample
{
    /// <summary>Options: --data FOLDER with the three files, --effort PERCENT of the usual number of epochs, --only SERIES, --output FOLDER.</summary>
    public static int Main(string[] args) => SampleProgram.Run(() => Run(args));

    /// <summary>Runs the sample as a command line asks.</summary>
    /// <exception cref="ArgumentException">An argument is wrong.</exception>
    public static IReadOnlyList<ForecastResult> Run(string[] args)
    {
        var arguments = new SampleArguments(args, ["data", "effort", "only", "output"]);
        IReadOnlyList<Series> series = SeriesSource.Load(arguments.Text("data"));
        return Run(
            [.. series.Where(one => arguments.Text("only") is not { } only || one.Name == only)],
            arguments.Count("effort", 100) / 100.0,
            arguments.Folder("output", "artifacts/15-Forecasting"));
    }

    /// <summary>Trains every network on the first four fifths of every series and judges it on the rest.</summary>
    /// <param name="series">The series.</param>
    /// <param name="effort">The number of epochs, as a multiple of the usual one.</param>
    /// <param name="output">The folder for pictures.</param>
    public static IReadOnlyList<ForecastResult> Run(IReadOnlyList<Series> series, double effort, string output)
    {
        Directory.CreateDirectory(output);
        return [.. series.Select(one => Run(one, effort, output))];
    }

    private static ForecastResult Run(Series series, double effort, string output)
    {
        (string Name, Func<INetwork> Create)[] networks =
        [
            (nameof(RecurrentForecast), () => new RecurrentForecast(seed: 1)),
            (nameof(GatedForecast), () => new GatedForecast(seed: 1)),
            (nameof(ConvolutionForecast), () => new ConvolutionForecast(seed: 1)),
        ];

        int length = RecurrentForecast.InputLength;
        int judged = (series.Values.Length - length) / 5;
        var scale = ForecastScale.Fit(series, series.Values.Length - judged);
        SeriesWindows windows = Windows.Create(series.Values, length), scaled = Windows.Create(scale.Apply(series.Values), length);
        SeriesWindows truth = windows.SplitLast(judged).Later;
        (SeriesWindows train, SeriesWindows test) = scaled.SplitLast(judged);

        float[] naive = truth.NaiveForecast(series.Period);
        double last = truth.MeanAbsoluteError(truth.NaiveForecast());
        double naiveError = Math.Min(last, truth.MeanAbsoluteError(naive));
        Console.WriteLine(FormattableString.Invariant(
            $"{series.Name}: {train.Count} windows to learn from, {judged} to judge; the last value is off by {last:0.000}, that of {series.Period} before by {truth.MeanAbsoluteError(naive):0.000}"));
        int shown = Math.Min(judged, 120);
        double[] time = [.. Enumerable.Range(series.Values.Length - shown, shown).Select(i => (double)i)];
        Plot plot = new Plot(series.Title, series.Time, series.Unit).AddLine("truth", time, Last(truth.Targets, shown)).AddDashes("naive", time, Last(naive, shown));

        // About as many steps for a short series as for a long one.
        int epochs = (int)Math.Max(1, effort * Math.Clamp(60_000 / train.Count, 20, 300));
        var errors = new Dictionary<string, double>();
        foreach (var (name, create) in networks)
        {
            INetwork network = create();
            network.Fit(Dataset.Create(network.Description, Steps(train, series.Period), Changes(train, series.Period)), new FitOptions
            {
                Epochs = epochs,
                BatchSize = 16,
                Optimizer = new Adam(),
                ValidationSplit = 0.15, // the latest windows: the best epoch is chosen by them, never by those that judge
                Callbacks = [new LearningRateScheduler((epoch, _) => 0.002 * (epochs - epoch) / epochs), new EarlyStopping(patience: epochs, restoreBestWeights: true)],
                Verbosity = Verbosity.Silent,
            });

            float[] changes = new float[judged];
            network.Predict([Steps(test, series.Period)], [changes]);
            float[] bases = test.NaiveForecast(series.Period);
            float[] forecast = scale.Undo([.. changes.Zip(bases, (change, value) => value + change)]);
            errors[name] = truth.MeanAbsoluteError(forecast);
            Console.WriteLine(FormattableString.Invariant($"  {name}: off by {errors[name]:0.000} ({100 * errors[name] / naiveError:0} % of the naive) after {epochs} epochs"));
            plot.AddLine(name, time, Last(forecast, shown));
        }

        plot.SaveTo(output, series.Name.Replace(' ', '-'));
        Console.WriteLine($"pictures are in {output}");
        return new ForecastResult(series.Name, naiveError, errors);
    }

    // A network sees a window relative to the value that the naive forecast repeats, and tells what is to be added to it: a level
    // never seen in training is nothing new to it.
    private static float[] Steps(SeriesWindows windows, int period)
    {
        float[] bases = windows.NaiveForecast(period);
        return [.. windows.Inputs.Select((value, i) => value - bases[i / windows.InputLength])];
    }

    private static float[] Changes(SeriesWindows windows, int period) => [.. windows.Targets.Zip(windows.NaiveForecast(period), (target, value) => target - value)];

    private static double[] Last(float[] values, int count) => [.. values.TakeLast(count).Select(value => (double)value)];
}
