using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using NetCompiler;
using Samples.Data;

namespace Samples;

/// <summary>What the microchip test reached.</summary>
/// <param name="Accuracy">On the training set, which is all there is.</param>
/// <param name="SmoothAccuracy">The same with L2 and momentum.</param>
/// <param name="FreshProcessAgrees">Whether another process, with the weights from either file, predicts the same; null where none could be started.</param>
/// <param name="RenamedAgrees">Whether a JSON file with weights1, bias1, weights2, bias2 gives the same predictions.</param>
public sealed record MicrochipsResult(double Accuracy, double SmoothAccuracy, bool? FreshProcessAgrees, bool RenamedAgrees);

/// <summary>Classification with a curved boundary: two test scores decide on a microchip.</summary>
public static class MicrochipsSample
{
    private const string PredictArgument = "--predict";

    /// <summary>Options: --epochs N, --data FOLDER with ex2data2.csv, --output FOLDER.</summary>
    public static int Main(string[] args) => args is [PredictArgument, string weights, string scores]
        ? SampleProgram.Run(() => PredictInThisProcess(weights, scores))
        : SampleProgram.Run(() =>
        {
            var arguments = new SampleArguments(args, ["epochs", "data", "output"]);
            Run(arguments.Text("data"), arguments.Count("epochs", 5000), arguments.Folder("output", "artifacts/06-Microchips"));
        });

    /// <summary>Trains both networks, draws them, and takes the first through its files.</summary>
    public static MicrochipsResult Run(string? dataFolder, int epochs, string output)
    {
        (float[] scores, float[] passed) = LoadScores(dataFolder);
        var network = new Microchips(seed: 1);
        network.Adapt(scores);
        FitOptions options = Options(epochs, passed.Length, new Sgd(0.5));
        History history = network.Fit(Dataset.Create<Microchips>(scores, passed), options);
        double accuracy = Accuracy(network.Predict(scores), passed);
        Console.WriteLine(FormattableString.Invariant($"2-10-1, gradient descent: accuracy {accuracy:0.000}, loss {history.Last("loss"):0.0000}"));

        var smooth = new SmoothMicrochips(seed: 1);
        smooth.Adapt(scores);
        smooth.Fit(Dataset.Create<SmoothMicrochips>(scores, passed), Options(epochs, passed.Length, new Sgd(0.5, momentum: 0.9)));
        double smoothAccuracy = Accuracy(smooth.Predict(scores), passed);
        Console.WriteLine(FormattableString.Invariant($"with L2 0.01 and momentum: accuracy {smoothAccuracy:0.000}"));

        Directory.CreateDirectory(output);
        Plot boundary = DrawBoundary("2-10-1, gradient descent", grid => network.Predict(grid), scores, passed);
        Save(history.ToPlot(), output, "learning-curve");
        Save(boundary, output, "boundary");
        Save(DrawBoundary("2-10-1, L2 and momentum", grid => smooth.Predict(grid), scores, passed), output, "boundary-smooth");
        TrainingReport.Write(Path.Combine(output, "report.html"), history, network, options, [boundary]);
        bool? fresh = CheckFreshProcess(network, scores, output);
        bool renamed = CheckRenamed(network, scores, output);
        Console.WriteLine($"pictures and weights are in {output}");
        return new MicrochipsResult(accuracy, smoothAccuracy, fresh, renamed);
    }

    private static FitOptions Options(int epochs, int batch, Optimizer optimizer) => new()
    {
        Epochs = epochs,
        BatchSize = batch,
        Optimizer = optimizer,
        Verbosity = Verbosity.Silent,
        Threads = 1,
    };

    private static double Accuracy(float[] outputs, float[] targets) =>
        outputs.Zip(targets).Count(pair => pair.First > 0.5f == pair.Second > 0.5f) / (double)targets.Length;

    private static (float[] Scores, float[] Passed) LoadScores(string? dataFolder)
    {
        if (SharedFolder.FindFile(dataFolder, "data/ex2data2/ex2data2.csv", out string reason) is { } path)
        {
            CsvTable table = CsvTable.Read(path);
            return (table.ToFloats("test1", "test2"), table["QA"].ToFloats());
        }

        Console.WriteLine($"drawing test scores: {reason}");
        var random = new Random(1);
        float[] scores = [.. Enumerable.Range(0, 236).Select(_ => (2 * random.NextSingle()) - 0.9f)];

        // A microchip passes inside a circle, give or take some luck.
        float[] passed = [.. scores.Chunk(2).Select(pair => (pair[0] * pair[0]) + (pair[1] * pair[1]) < 0.45f + (0.2f * random.NextSingle()) ? 1f : 0f)];
        return (scores, passed);
    }

    /// <summary>What the network decides for any two scores, with the microchips on it.</summary>
    private static Plot DrawBoundary(string title, Func<float[], float[]> predict, float[] scores, float[] passed)
        => Plot.DecisionBoundary(predict, scores, [.. passed.Select(value => value > 0.5f ? 1 : 0)], ["rejected", "accepted"], title, "first test", "second test");

    private static void Save(Picture picture, string folder, string name)
    {
        picture.Save(Path.Combine(folder, name + ".svg"));
        picture.Save(Path.Combine(folder, name + ".png"));
    }

    /// <summary>Saves as JSON and as safetensors; a process of its own loads each and predicts the same scores.</summary>
    private static bool? CheckFreshProcess(Microchips network, float[] scores, string output)
    {
        string scoresFile = Path.Combine(output, "scores.json");
        File.WriteAllText(scoresFile, JsonSerializer.Serialize(scores));
        string program = Path.Combine(AppContext.BaseDirectory, "06-Microchips.dll");
        if (!File.Exists(program))
        {
            Console.WriteLine($"the check in another process is skipped: there is no {program}");
            return null;
        }

        bool agrees = true;
        float[] expected = network.Predict(scores);
        foreach (string name in new[] { "microchips.json", "microchips.safetensors" })
        {
            string weights = Path.Combine(output, name);
            network.Save(weights);
            using Process process = Process.Start(new ProcessStartInfo("dotnet", [program, PredictArgument, weights, scoresFile]) { RedirectStandardOutput = true })!;
            string text = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            float[] found = [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => float.Parse(line, CultureInfo.InvariantCulture))];
            agrees &= found.AsSpan().SequenceEqual(expected);
        }

        Console.WriteLine($"a fresh process predicts {(agrees ? "the same" : "something else")} from both files");
        return agrees;
    }

    private static void PredictInThisProcess(string weights, string scoresFile)
    {
        Microchips network = Microchips.Load(weights);
        float[] scores = JsonSerializer.Deserialize<float[]>(File.ReadAllText(scoresFile))!;
        foreach (float output in network.Predict(scores))
        {
            Console.WriteLine(output.ToString("R", CultureInfo.InvariantCulture));
        }
    }

    /// <summary>Another program's file: four arrays with names of its own, without the standardisation, which is adapted again.</summary>
    private static bool CheckRenamed(Microchips network, float[] scores, string output)
    {
        string path = Path.Combine(output, "foreign.json");
        Microchips.WeightSet weights = network.Weights;
        File.WriteAllText(path, JsonSerializer.Serialize(new Dictionary<string, object>
        {
            ["weights1"] = Rows(weights.Dense1Kernel),
            ["bias1"] = weights.Dense1Bias.ToArray(),
            ["weights2"] = Rows(weights.Dense2Kernel),
            ["bias2"] = weights.Dense2Bias.ToArray(),
        }));

        var other = new Microchips(seed: 2);
        other.Adapt(scores);
        other.LoadWeights(path, new WeightLoadOptions
        {
            Renames = new Dictionary<string, string>
            {
                ["weights1"] = "dense1.kernel",
                ["bias1"] = "dense1.bias",
                ["weights2"] = "dense2.kernel",
                ["bias2"] = "dense2.bias",
            },
            AllowMissing = true,
        });
        bool agrees = other.Predict(scores).AsSpan().SequenceEqual(network.Predict(scores));
        Console.WriteLine($"weights1, bias1, weights2 and bias2 of a foreign JSON file give {(agrees ? "the same" : "other")} predictions");
        return agrees;
    }

    private static float[][] Rows(WeightView matrix) => [.. matrix.ToArray().Chunk(matrix.Shape[1])];
}
