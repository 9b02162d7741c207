using System.Globalization;
using NetCompiler;
using Samples.Data;
using Spectre.Console;

namespace Samples;

/// <summary>How well a table's rows are told when they are held out.</summary>
/// <param name="Name">The table.</param>
/// <param name="Rows">Its rows.</param>
/// <param name="Inputs">The values that the network sees of one.</param>
/// <param name="Commonest">The accuracy of always saying the most frequent class.</param>
/// <param name="Accuracies">The accuracy over each fold's held-out rows.</param>
/// <param name="ServedAgrees">Whether a saved and loaded network, fed by its restored pipeline row by row, says the same.</param>
public sealed record TableResult(string Name, int Rows, int Inputs, double Commonest, IReadOnlyList<double> Accuracies, bool ServedAgrees)
{
    /// <summary>The mean accuracy.</summary>
    public double Accuracy => Accuracies.Average();
}

/// <summary>Five small tables, each judged by five-fold cross-validation; what is measured of the columns is measured of each fold's training rows alone.</summary>
public static class SmallTablesSample
{
    private const int Folds = 5;

    /// <summary>Options: --data FOLDER with the files, --only TABLE, --output FOLDER.</summary>
    public static int Main(string[] args) => SampleProgram.Run(() =>
    {
        var arguments = new SampleArguments(args, ["data", "only", "output"]);
        string? only = arguments.Text("only");
        if (only is not null && TableCase.All.All(table => table.Name != only))
        {
            throw new ArgumentException($"--only is \"{only}\", but the tables are {string.Join(", ", TableCase.All.Select(table => table.Name))}.");
        }

        Run([.. TableCase.All.Where(table => only is null || table.Name == only)], arguments.Text("data"), arguments.Folder("output", "artifacts/22-SmallTables"));
    });

    /// <summary>Judges the tables whose files can be found; of the others it says so.</summary>
    /// <param name="tables">The tables.</param>
    /// <param name="dataFolder">The folder with their files; null looks in the shared folder.</param>
    /// <param name="output">The folder for the networks.</param>
    public static IReadOnlyList<TableResult> Run(IReadOnlyList<TableCase> tables, string? dataFolder, string output)
    {
        Directory.CreateDirectory(output);
        List<TableResult> results = [];
        foreach (TableCase table in tables)
        {
            if (SharedFolder.FindFile(dataFolder, table.File, out string reason) is { } path)
            {
                results.Add(Judge(table, CsvTable.Read(path, table.Options), output));
            }
            else
            {
                Console.WriteLine($"{table.Name} is left out: {reason}");
            }
        }

        if (results.Count > 0)
        {
            Show(results);
            new HeatMap(
                [.. results.SelectMany(result => result.Accuracies).Select(accuracy => (float)accuracy)],
                Folds,
                rowNames: [.. results.Select(result => result.Name)],
                columnNames: [.. Enumerable.Range(1, Folds).Select(fold => FormattableString.Invariant($"fold {fold}"))],
                title: "accuracy on each fold held out").SaveTo(output, "folds");
            Console.WriteLine($"pictures and networks are in {output}");
        }

        return results;
    }

    private static TableResult Judge(TableCase table, CsvTable rows, string output)
    {
        (int[] classes, _) = rows[table.Target].ToClasses();
        List<double> accuracies = [];
        bool agrees = true;
        int width = 0;
        var log = new PartLog($"folds of {table.Name}", Folds);
        foreach ((int[] train, int[] validation) in KFold.Create(rows.RowCount, Folds, seed: 1, classes))
        {
            CsvTable learned = rows.Subset(train), judged = rows.Subset(validation);
            var pipeline = TablePipeline.Fit(learned, table.Features, TableTarget.Class(table.Target));
            INetwork network = table.Create();
            network.Fit(pipeline.CreateDataset(network.Description, learned), new FitOptions
            {
                Epochs = table.Epochs,
                BatchSize = 16,
                Optimizer = new Adam(0.005),
                Seed = 1,
                Progress = log.Watch(),
                Verbosity = Verbosity.Silent,
            });
            accuracies.Add(network.Evaluate(pipeline.CreateDataset(network.Description, judged)).Accuracy);
            log.End(Percent(accuracies[^1]));
            width = pipeline.Width;
            if (accuracies.Count == Folds)
            {
                pipeline.Store(network);
                agrees = Serve(table, network, pipeline, judged, Path.Combine(output, table.Name + ".safetensors"));
            }
        }

        double commonest = classes.GroupBy(index => index).Max(group => group.Count()) / (double)rows.RowCount;
        return new TableResult(table.Name, rows.RowCount, width, commonest, accuracies, agrees);
    }

    /// <summary>Saves the network with its pipeline, loads both and asks them row by row, as requests come.</summary>
    private static bool Serve(TableCase table, INetwork network, TablePipeline pipeline, CsvTable judged, string path)
    {
        network.Save(path);
        INetwork served = table.Create();
        served.LoadWeights(path);
        var restored = TablePipeline.Restore(served);
        float[] outputs = Predict(network, pipeline.Encode(judged), judged.RowCount), expected = new float[outputs.Length / judged.RowCount];
        bool agrees = true;
        for (int row = 0; row < judged.RowCount; row++)
        {
            Dictionary<string, string?> fields = judged.Columns.ToDictionary(column => column.Name, column => column.IsMissing(row) ? null : column[row]);
            float[] answer = Predict(served, restored.Encode(fields), 1);
            outputs.AsSpan(row * expected.Length, expected.Length).CopyTo(expected);

            // One sample may differ from the same one in a batch in its last bits.
            agrees &= answer.Zip(expected).All(pair => Math.Abs(pair.First - pair.Second) < 1e-5f);
        }

        return agrees;
    }

    private static float[] Predict(INetwork network, float[] input, int count)
    {
        float[] output = new float[count * network.Description.Outputs[0].Length];
        network.Predict([input], [output]);
        return output;
    }

    private static void Show(IReadOnlyList<TableResult> results)
    {
        Table table = new Table().AddColumns("table", "rows", "inputs", "most frequent class", "accuracy, held out", "least and best fold", "saved network agrees");
        foreach (TableResult result in results)
        {
            table.AddRow(
                result.Name,
                result.Rows.ToString(CultureInfo.InvariantCulture),
                result.Inputs.ToString(CultureInfo.InvariantCulture),
                Percent(result.Commonest),
                Percent(result.Accuracy),
                $"{Percent(result.Accuracies.Min())} to {Percent(result.Accuracies.Max())}",
                result.ServedAgrees ? "yes" : "no");
        }

        table.Show("tables, cross-validated");
        Console.WriteLine($"held out: {string.Join(", ", results.Select(result => $"{result.Name} {Percent(result.Accuracy)}"))}");
    }

    private static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{100 * share:0.0} %");
}

/// <summary>A table and what its network sees of it.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="File">The file below the shared folder.</param>
/// <param name="Options">The form of the file.</param>
/// <param name="Features">The columns of the input.</param>
/// <param name="Target">The column of the class.</param>
/// <param name="Epochs">The passes over the training rows.</param>
/// <param name="Create">Makes the network.</param>
public sealed record TableCase(string Name, string File, CsvOptions Options, IReadOnlyList<TableFeature> Features, string Target, int Epochs, Func<INetwork> Create)
{
    /// <summary>The five tables.</summary>
    public static IReadOnlyList<TableCase> All { get; } =
    [
        new("iris", "data/iris/iris.csv", new CsvOptions(), Numbers("sepal_length", "sepal_width", "petal_length", "petal_width"), "species", 100, () => new Iris(seed: 1)),
        new("wine", "data/wine-quality/winequality-red.csv", new CsvOptions { HasHeader = false }, Numbers([.. Enumerable.Range(1, 11).Select(i => $"column{i}")]), "column12", 40, () => new Wine(seed: 1)),
        new(
            "penguins",
            "data/penguins/penguins.csv",
            new CsvOptions { MissingValues = ["NA"] },
            [
                new CategoryFeature("island"),
                .. Numbers("bill_length_mm", "bill_depth_mm", "flipper_length_mm", "body_mass_g").Select(feature => feature with { Missing = Imputation.Mean }),
                new CategoryFeature("sex") { Missing = Imputation.MostFrequent },
            ],
            "species",
            40,
            () => new Penguin(seed: 1)),
        new(
            "titanic",
            "data/titanic/titanic.csv",
            new CsvOptions { MissingValues = [""] },
            [
                new CategoryFeature("pclass"),
                new CategoryFeature("sex"),
                new NumberFeature("age") { Missing = Imputation.Median, MissingIndicator = true },
                new NumberFeature("sibsp"),
                new NumberFeature("parch"),
                new NumberFeature("fare") { Scaling = Scaling.MinMax },
                new CategoryFeature("embarked") { Missing = Imputation.MostFrequent },
            ],
            "survived",
            40,
            () => new Titanic(seed: 1)),
        new("banknote", "data/banknote/banknote_authentication.csv", new CsvOptions { HasHeader = false }, Numbers("column1", "column2", "column3", "column4"), "column5", 30, () => new Banknote(seed: 1)),
    ];

    private static IReadOnlyList<NumberFeature> Numbers(params string[] columns) => [.. columns.Select(column => new NumberFeature(column))];
}
