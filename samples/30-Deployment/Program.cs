using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using NetCompiler;

namespace Samples;

/// <summary>What the program computed, as hashes of bits that every way to publish it must agree on, and how it started.</summary>
/// <param name="Weights">The weights after the training.</param>
/// <param name="Gradients">The gradients of one batch.</param>
/// <param name="Predictions">The predictions of the trained network, one image at a time and all at once.</param>
/// <param name="LoadedAgrees">Whether the network read back from its file predicts the same bits.</param>
/// <param name="TestAccuracy">The fraction of new images it recognises.</param>
/// <param name="StartMilliseconds">From the start of a process to its first prediction: the median of several.</param>
public sealed record DeploymentResult(string Weights, string Gradients, string Predictions, bool LoadedAgrees, double TestAccuracy, double StartMilliseconds);

/// <summary>
/// One program for several ways to publish it. It trains, predicts, saves and loads, and prints the bits it came to, the size of its files, and how soon after its start it predicts.
/// </summary>
public static class DeploymentSample
{
    private const string FirstPrediction = "--first-prediction";
    private const int Side = 16, Pixels = Side * Side, Starts = 7, Shown = 16;

    private static readonly string[] Names = ["circle", "square", "cross", "triangle"];

    /// <summary>Options: --output FOLDER. The program starts itself with --first-prediction TIMESTAMP FILE.</summary>
    public static int Main(string[] args)
    {
        try
        {
            switch (args)
            {
                case []:
                    Run("artifacts/30-Deployment");
                    return 0;
                case ["--output", string folder]:
                    Run(folder);
                    return 0;
                case [FirstPrediction, string timestamp, string file]:
                    Start(long.Parse(timestamp, CultureInfo.InvariantCulture), file);
                    return 0;
                case ["--help" or "-h"]:
                    Console.WriteLine("This sample takes --output FOLDER, which can be left out.");
                    return 0;
                default:
                    Console.Error.WriteLine($"Unknown arguments: {string.Join(' ', args)}. There is --output FOLDER.");
                    return 2;
            }
        }
        catch (Exception exception) when (exception is ArgumentException or IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine(exception.Message);
            return 2;
        }
    }

    /// <summary>Trains, judges, saves and loads, and starts itself several times over.</summary>
    /// <param name="folder">Where the weights and a picture go.</param>
    public static DeploymentResult Run(string folder)
    {
        Directory.CreateDirectory(folder);
        Console.WriteLine($"{RuntimeInformation.FrameworkDescription}, {(RuntimeFeature.IsDynamicCodeSupported ? "compiled just in time" : "compiled ahead of time")}, vectors of {VectorBits} bits");
        (float[] images, int[] labels) = Draw(2_000, seed: 1);
        (float[] testImages, int[] testLabels) = Draw(500, seed: 2);

        var network = new Marks(seed: 1);
        network.Fit(Dataset.Create<Marks>(images, labels), new FitOptions { Epochs = 3, Optimizer = new Adam(0.003), Verbosity = Verbosity.Silent });
        string weights = Hash(network.Parameters);
        Console.WriteLine($"weights     {weights} after 3 epochs");

        using Marks.Training training = network.CreateTraining(batchSize: 100);
        float loss = training.ComputeGradients(testImages.AsSpan(0, 100 * Pixels), testLabels.AsSpan(0, 100));
        string gradients = Hash([loss, .. training.Gradients]);
        Console.WriteLine($"gradients   {gradients}");

        float[] together = network.Predict(testImages), alone = new float[together.Length];
        int[] classes = new int[testLabels.Length];
        network.Classify(testImages, classes);
        for (int i = 0; i < testLabels.Length; i++)
        {
            network.Predict(testImages.AsSpan(i * Pixels, Pixels), alone.AsSpan(i * Marks.OutputLength, Marks.OutputLength));
        }

        string predictions = Hash([.. together, .. alone]);
        double accuracy = classes.Zip(testLabels).Count(pair => pair.First == pair.Second) / (double)classes.Length;
        Console.WriteLine($"predictions {predictions}, test accuracy {accuracy.ToString("0.000", CultureInfo.InvariantCulture)}");

        new ImageGrid(testImages.AsSpan(0, Shown * Pixels), Side, Side, captions: [.. classes.Take(Shown).Select(index => Names[index])], title: "what the network takes them for")
            .Save(Path.Combine(folder, "marks.svg"));

        string file = Path.Combine(folder, "marks.safetensors");
        network.Save(file);
        bool agrees = Marks.Load(file).Predict(testImages).AsSpan().SequenceEqual(together);
        Console.WriteLine($"read back from {file} it predicts {(agrees ? "the same" : "something else")}; a picture of that is beside the file");

        ShowSize();
        Console.WriteLine(FormattableString.Invariant($"one prediction takes {Microseconds(network, testImages):0.00} us"));
        double[] starts = [.. Enumerable.Range(0, Starts).Select(_ => StartAgain(file)).Order()];
        Console.WriteLine(FormattableString.Invariant($"first prediction {starts[Starts / 2]:0.0} ms after the start of the process, the file read (median of {Starts}, from {starts[0]:0.0} to {starts[^1]:0.0})"));
        return new DeploymentResult(weights, gradients, predictions, agrees, accuracy, starts[Starts / 2]);
    }

    private static int VectorBits => Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : 128;

    /// <summary>What the program does that was only started to predict once: <see cref="Stopwatch"/> counts in all processes of a machine from the same moment.</summary>
    private static void Start(long timestamp, string file)
    {
        Marks network = Marks.Load(file);
        network.Predict(new float[Pixels], new float[Marks.OutputLength]);
        Console.WriteLine(Stopwatch.GetElapsedTime(timestamp).TotalMilliseconds.ToString("R", CultureInfo.InvariantCulture));
    }

    private static double StartAgain(string file)
    {
        // Published, the process is this program; in development it may be dotnet, or a test's.
        string program = typeof(Marks).Assembly.GetName().Name!;
        bool isProgram = Path.GetFileNameWithoutExtension(Environment.ProcessPath) == program;
        string[] command = isProgram ? [Environment.ProcessPath!] : ["dotnet", Path.Combine(AppContext.BaseDirectory, program + ".dll")];
        string timestamp = Stopwatch.GetTimestamp().ToString(CultureInfo.InvariantCulture);
        var start = new ProcessStartInfo(command[0], [.. command[1..], FirstPrediction, timestamp, Path.GetFullPath(file)]) { RedirectStandardOutput = true };
        using Process process = Process.Start(start) ?? throw new InvalidOperationException($"{command[0]} could not be started.");
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? double.Parse(output, CultureInfo.InvariantCulture)
            : throw new InvalidOperationException($"{string.Join(' ', command)} ended with exit code {process.ExitCode}.");
    }

    private static void ShowSize()
    {
        FileInfo[] files = [.. new DirectoryInfo(AppContext.BaseDirectory).EnumerateFiles().Where(file => file.Extension is not (".pdb" or ".dbg" or ".xml"))];
        bool hasRuntime = !RuntimeFeature.IsDynamicCodeSupported || files.Any(file => file.Name == "System.Private.CoreLib.dll");
        Console.WriteLine(FormattableString.Invariant($"size {files.Sum(file => file.Length) / 1e6:0.0} MB in {files.Length} {(files.Length == 1 ? "file" : "files")}, {(hasRuntime ? "the runtime among them" : "beside an installed runtime")}"));
    }

    /// <summary>Short blocks, so that the system's interruptions fall into few of them; the middle one, once the code is what it will stay.</summary>
    private static double Microseconds(Marks network, float[] images)
    {
        const int Blocks = 2_000, Calls = 32;
        float[] output = new float[Marks.OutputLength];
        double[] times = new double[Blocks];
        for (long begin = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(begin).TotalMilliseconds < 300;)
        {
            network.Predict(images.AsSpan(0, Pixels), output);
        }

        for (int block = 0; block < Blocks; block++)
        {
            long start = Stopwatch.GetTimestamp();
            for (int call = 0; call < Calls; call++)
            {
                network.Predict(images.AsSpan(call * Pixels, Pixels), output);
            }

            times[block] = Stopwatch.GetElapsedTime(start).TotalMicroseconds / Calls;
        }

        Array.Sort(times);
        return times[Blocks / 2];
    }

    /// <summary>Draws marks with additions, products and square roots alone, which are exact everywhere.</summary>
    private static (float[] Images, int[] Labels) Draw(int count, int seed)
    {
        var random = new Random(seed);
        float[] images = new float[count * Pixels];
        int[] labels = new int[count];
        for (int i = 0; i < count; i++)
        {
            labels[i] = random.Next(Marks.OutputLength);
            float left = 6 + (4 * random.NextSingle()), top = 6 + (4 * random.NextSingle()), radius = 3 + (3 * random.NextSingle());
            for (int pixel = 0; pixel < Pixels; pixel++)
            {
                float distance = Distance(labels[i], (pixel % Side) - left, (pixel / Side) - top, radius);
                images[(i * Pixels) + pixel] = Math.Clamp(1.2f - Math.Abs(distance), 0, 1) + (0.3f * random.NextSingle());
            }
        }

        return (images, labels);
    }

    private static float Distance(int label, float x, float y, float radius)
    {
        float furthest = Math.Max(Math.Abs(x), Math.Abs(y));
        return label switch
        {
            0 => MathF.Sqrt((x * x) + (y * y)) - radius,
            1 => furthest - radius,
            2 => furthest > radius ? radius : 0.7f * Math.Min(Math.Abs(x - y), Math.Abs(x + y)),
            _ => Math.Max((0.87f * Math.Abs(x)) - (0.5f * y), y) - (0.6f * radius),
        };
    }

    /// <summary>FNV-1a over the bits, 64 of them: http://www.isthe.com/chongo/tech/comp/fnv.</summary>
    private static string Hash(ReadOnlySpan<float> values)
    {
        ulong hash = 14695981039346656037;
        foreach (byte value in MemoryMarshal.AsBytes(values))
        {
            hash = (hash ^ value) * 1099511628211;
        }

        return hash.ToString("x16", CultureInfo.InvariantCulture);
    }
}
