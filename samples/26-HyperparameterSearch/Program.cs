using NetCompiler;
using Samples.Data;

namespace Samples;

/// <summary>What the searches found.</summary>
/// <param name="Grid">All combinations, each on five folds.</param>
/// <param name="Random">Some combinations, and learning rates by chance, on five folds.</param>
/// <param name="Hyperband">Widths and learning rates on digits.</param>
/// <param name="IrisAccuracy">Of the grid's best network, trained on all rows, over them.</param>
/// <param name="DigitAccuracy">Of Hyperband's best network, trained on all training images, over the test images.</param>
public sealed record SearchSampleResult(SearchResult Grid, SearchResult Random, SearchResult Hyperband, double IrisAccuracy, double DigitAccuracy);

/// <summary>Grid with cross-validation and random search on a small table, Hyperband over compiled widths on digits.</summary>
public static class HyperparameterSearchSample
{
    private static readonly string[] Initializers = ["GlorotUniform", "HeNormal", "RandomNormal"];

    /// <summary>Options: --data FOLDER with iris.csv or MNIST, --images N to search on, --epochs N of Hyperband at most, --output FOLDER, --keep FOLDER for trials that a later run goes on from.</summary>
    public static int Main(string[] args) => SampleProgram.Run(() => Run(args));

    /// <summary>Runs the sample as a command line asks; null where Ctrl+C ended the search.</summary>
    /// <exception cref="ArgumentException">An argument is wrong.</exception>
    public static SearchSampleResult? Run(string[] args)
    {
        var arguments = new SampleArguments(args, ["data", "images", "epochs", "output", "keep"]);
        using var cancellation = new CancellationTokenSource();
        Console.CancelKeyPress += (_, press) =>
        {
            press.Cancel = true;
            cancellation.Cancel();
        };
        try
        {
            DigitImages digits = DigitSource.Load(arguments.Text("data"), useShared: true, mayDownload: false).Take(arguments.Count("images", 12_000), 10_000);
            return Run(LoadIris(arguments.Text("data")), digits, arguments.Count("epochs", 9), arguments.Folder("output", "artifacts/26-HyperparameterSearch"), arguments.Text("keep"), cancellation.Token);
        }
        catch (SearchCanceledException exception)
        {
            Console.WriteLine($"{exception.Message}{(arguments.Text("keep") is null ? "" : " Run again with the same arguments, it goes on.")}");
            return null;
        }
    }

    /// <summary>Searches, prints the tables and writes the pictures.</summary>
    /// <param name="iris">The table.</param>
    /// <param name="digits">The images.</param>
    /// <param name="epochs">The longest trainings of Hyperband.</param>
    /// <param name="output">The folder for pictures and tables.</param>
    /// <param name="keep">The folder for logs of trials, or null.</param>
    /// <param name="cancellation">Ends the search.</param>
    public static SearchSampleResult Run(Dataset iris, DigitImages digits, int epochs, string output, string? keep = null, CancellationToken cancellation = default)
    {
        string key = $"initializers: {string.Join(", ", Initializers.Select((name, i) => $"{i} is {name}"))}";
        Console.WriteLine(key);
        SearchSpace space = SearchSpace.Of(SearchedIris.Variants).Choice("optimizer", "adam", "rmsprop", "sgd").Choice("epochs", 15, 45).Choice("batch_size", 8, 32);
        SearchOptions options = new() { Seed = 1, Monitor = "val_accuracy", Stratified = true };

        SearchResult grid = new GridSearch(space, folds: 5, options with { Folder = FolderOf(keep, "grid") }).Fit(iris, run => OptionsOf(run, rate: 0.02), cancellation);
        Show("grid", grid, output, key);

        SearchSpace rates = space.Float("learning_rate", 1e-3, 1e-1, Sampling.Log);
        SearchResult random = new RandomSearch(rates, maxTrials: 20, folds: 5, options with { Folder = FolderOf(keep, "random") })
            .Fit(iris, run => OptionsOf(run, run.Values.GetDouble("learning_rate")), cancellation);
        Show("random", random, output, key);

        Dataset images = Dataset.Create<SearchedDigits>(digits.TrainImages, digits.TrainLabels);
        SearchSpace widths = SearchSpace.Of(SearchedDigits.Variants).Float("learning_rate", 1e-4, 1e-2, Sampling.Log);
        Hyperband band = new(widths, maxEpochs: epochs, factor: 3, options: new SearchOptions { Seed = 1, Monitor = "val_accuracy", Refit = true, Folder = FolderOf(keep, "hyperband") });
        Console.WriteLine($"Hyperband on {digits.TrainLabels.Length} images of {digits.Source}, trials x epochs:");
        Console.WriteLine(string.Join('\n', band.Brackets.Select(bracket => "  " + string.Join(" -> ", bracket.Rungs.Select(rung => $"{rung.Trials} x {rung.Epochs}")))));
        SearchResult hyperband = band.Fit(images, run => new FitOptions { BatchSize = 64, Optimizer = new Adam(run.Values.GetDouble("learning_rate")) }, cancellation);
        Show("hyperband", hyperband, output);

        double irisAccuracy = grid.Network.Evaluate(iris).Accuracy;
        double digitAccuracy = hyperband.Network.Evaluate(Dataset.Create<SearchedDigits>(digits.TestImages, digits.TestLabels)).Accuracy;
        Console.WriteLine(FormattableString.Invariant($"The grid's best on all {iris.Count} rows, which it has seen: {irisAccuracy:0.0000}."));
        Console.WriteLine(FormattableString.Invariant($"Hyperband's best, trained on all {images.Count} images, on {digits.TestLabels.Length} test images: {digitAccuracy:0.0000}."));
        Console.WriteLine($"Pictures and tables are in {output}.");
        return new SearchSampleResult(grid, random, hyperband, irisAccuracy, digitAccuracy);
    }

    /// <summary>The iris table, or one drawn like it: three clusters of four measurements.</summary>
    public static Dataset LoadIris(string? dataFolder)
    {
        if (SharedFolder.FindFile(dataFolder, "data/iris/iris.csv", out string reason) is { } path)
        {
            CsvTable table = CsvTable.Read(path);
            float[][] columns = [.. ((string[])["sepal_length", "sepal_width", "petal_length", "petal_width"]).Select(name => table[name].ToFloats())];
            (int[] species, _) = table["species"].ToClasses();
            return Dataset.Create<SearchedIris>(Enumerable.Range(0, table.RowCount).SelectMany(row => columns.Select(column => column[row])).ToArray(), species);
        }

        Console.WriteLine($"{reason}; drawing a table like that of the irises.");
        float[,] means = { { 5.0f, 3.4f, 1.5f, 0.2f }, { 5.9f, 2.8f, 4.3f, 1.3f }, { 6.6f, 3.0f, 5.6f, 2.0f } };
        var random = new Random(1);
        int[] classes = [.. Enumerable.Range(0, 150).Select(row => row % 3)];
        float[] rows = [.. classes.SelectMany(kind => Enumerable.Range(0, 4).Select(i => means[kind, i] + (0.9f * (random.NextSingle() + random.NextSingle() - 1))))];
        return Dataset.Create<SearchedIris>(rows, classes);
    }

    private static FitOptions OptionsOf(TrialRun run, double rate) => new()
    {
        Epochs = run.Values.GetInt32("epochs"),
        BatchSize = run.Values.GetInt32("batch_size"),
        Optimizer = run.Values.GetString("optimizer") switch
        {
            "adam" => new Adam(rate),
            "rmsprop" => new RmsProp(rate),
            _ => new Sgd(rate),
        },
    };

    private static void Show(string name, SearchResult result, string output, string key = "")
    {
        ParallelCoordinates trials = result.ToParallelCoordinates();
        Picture picture = key.Length > 0 ? new PictureGrid([trials], columns: 1, title: key) : trials;
        picture.SaveTo(output, name);
        result.SaveCsv(Path.Combine(output, name + ".csv"));
        Console.WriteLine($"{name}: the best of {result.Trials.Count} trials");
        Console.Write(result.ToTable(rows: 10));
        Console.WriteLine(FormattableString.Invariant($"{name}: trial {result.Best.Number} is the best with {result.Monitor} {result.Best.Score:0.0000} ({result.Best.Values})"));
        Console.WriteLine();
    }

    private static string? FolderOf(string? keep, string name) => keep is null ? null : Path.Combine(keep, name);
}
