using NetCompiler;
using Samples.Data;
using Spectre.Console;

namespace Samples;

/// <summary>What cross-validation found with one batch size.</summary>
/// <param name="BatchSize">The number of houses per step.</param>
/// <param name="Errors">The mean absolute error on the houses held out, by fold, in thousands of dollars.</param>
/// <param name="Epochs">The number of epochs that each fold chose by validation houses of its own.</param>
/// <param name="Predictions">The price predicted for each house by the network that had not seen it.</param>
public sealed record HouseFolds(int BatchSize, IReadOnlyList<double> Errors, IReadOnlyList<int> Epochs, float[] Predictions)
{
    /// <summary>The mean over the folds.</summary>
    public double MeanError => Errors.Average();
}

/// <summary>House prices by regression, judged by cross-validation.</summary>
public static class HousePricesSample
{
    private const int Folds = 4;
    private const double ValidationShare = 0.2;

    private static readonly int[] Lengths = [20, 40, 80, 160];

    /// <summary>Options: --data FOLDER with housing.csv, --output FOLDER.</summary>
    public static int Main(string[] args) => SampleProgram.Run(() =>
    {
        var arguments = new SampleArguments(args, ["data", "output"]);
        Run(HouseTable.Load(arguments.Text("data")), [1, 16], arguments.Folder("output", "artifacts/17-HousePrices"));
    });

    /// <summary>Cross-validates with each batch size, and draws the predictions of the last one.</summary>
    public static IReadOnlyList<HouseFolds> Run(HouseTable houses, IReadOnlyList<int> batchSizes, string output)
    {
        Console.WriteLine(HousePrices.Description);
        Console.WriteLine(FormattableString.Invariant($"{houses.Count} houses; the mean price is off by {MeanAbsoluteDeviation(houses.Prices):0.00} thousand dollars on average"));
        int[] order = [.. Enumerable.Range(0, houses.Count)];
        new Random(1).Shuffle(order);
        HouseFolds[] results = [.. batchSizes.Select(batchSize => CrossValidate(houses, order, batchSize, output))];

        var table = new Table();
        table.AddColumns(["batch", .. Enumerable.Range(1, Folds).Select(fold => $"fold {fold}"), "mean", "epochs"]);
        foreach (HouseFolds result in results)
        {
            table.AddRow([
                FormattableString.Invariant($"{result.BatchSize}"),
                .. result.Errors.Select(error => FormattableString.Invariant($"{error:0.00}")),
                FormattableString.Invariant($"{result.MeanError:0.00}"),
                string.Join(", ", result.Epochs)]);
        }

        table.Show($"mean absolute error on houses held out, {Folds} folds, thousand dollars");
        Plot.PredictedAgainstTrue(results[^1].Predictions, houses.Prices, "houses held out", "price, thousand dollars").SaveTo(output, "predicted-against-true", scale: 1);
        Console.WriteLine($"held out, a price is off by {string.Join(", ", results.Select(result => FormattableString.Invariant($"{result.MeanError:0.00} thousand dollars with batches of {result.BatchSize}")))}");
        Console.WriteLine($"pictures are in {output}");
        return results;
    }

    /// <summary>
    /// Each fold in turn is held out. Of the others, a fifth validates: the number of epochs with the least error there is the one for which a fresh network is then
    /// trained on all of them. The fold held out judges that network, and has chosen nothing.
    /// </summary>
    private static HouseFolds CrossValidate(HouseTable houses, int[] order, int batchSize, string output)
    {
        var errors = new List<double>();
        var chosen = new List<int>();
        float[] predictions = new float[houses.Count];
        var log = new PartLog(FormattableString.Invariant($"folds with batches of {batchSize}"), Folds);
        for (int fold = 0; fold < Folds; fold++)
        {
            int from = order.Length * fold / Folds, to = order.Length * (fold + 1) / Folds, seed = fold + 1;
            HouseTable train = houses.Take([.. order[..from], .. order[to..]]), held = houses.Take(order[from..to]);

            // The last training takes as long as the longest of the others, at most.
            double work = Lengths.Sum() + Lengths[^1], done = 0;
            History[] trials = [.. Lengths.Select(length => Train(new HousePrices(seed), train, length, batchSize, ValidationShare, log.Watch(done / work, (done += length) / work)))];
            History best = trials.MinBy(trial => trial.Last("val_mae"))!;
            int epochs = best.Epochs;
            chosen.Add(epochs);
            if (fold == 0)
            {
                Draw(best).SaveTo(output, FormattableString.Invariant($"learning-curve-batch-{batchSize}"));
            }

            var network = new HousePrices(seed);
            Train(network, train, epochs, batchSize, validationShare: 0, log.Watch(done / work));
            float[] predicted = network.Predict(held.Attributes);
            for (int i = 0; i < predicted.Length; i++)
            {
                predictions[order[from + i]] = predicted[i];
            }

            errors.Add(network.Evaluate(Dataset.Create<HousePrices>(held.Attributes, held.Prices))["mae"]);
            log.End(FormattableString.Invariant($"off by {errors[^1]:0.00} after {epochs} epochs"));
        }

        return new HouseFolds(batchSize, errors, chosen, predictions);
    }

    private static Plot Draw(History history)
    {
        double[] epochs = [.. Enumerable.Range(1, history.Epochs).Select(epoch => (double)epoch)];
        return new Plot("how far prices are off", "epoch", "mean absolute error, thousand dollars") { HasWholeX = true }
            .AddLine("training", epochs, history["mae"])
            .AddLine("validation", epochs, history["val_mae"]);
    }

    private static History Train(HousePrices network, HouseTable houses, int epochs, int batchSize, double validationShare, IProgress<TrainingProgress> progress)
    {
        network.Adapt(houses.Take(Enumerable.Range(0, (int)(houses.Count * (1 - validationShare)))).Attributes);
        return network.Fit(Dataset.Create<HousePrices>(houses.Attributes, houses.Prices), new FitOptions
        {
            Epochs = epochs,
            BatchSize = batchSize,
            Optimizer = new RmsProp(),
            ValidationSplit = validationShare,
            Metrics = [new MeanAbsoluteError()],

            // Steps that shrink to nothing end in the middle of where steady ones would jump about.
            Callbacks = [new LearningRateScheduler((epoch, _) => 0.001 * (epochs - epoch) / epochs)],
            Progress = progress,
            Verbosity = Verbosity.Silent,
        });
    }

    private static double MeanAbsoluteDeviation(float[] prices) => prices.Average(price => Math.Abs(price - prices.Average()));
}
