using System.Globalization;
using NetCompiler;
using Samples.Data;

namespace Samples;

/// <summary>What the neurons reached.</summary>
/// <param name="TruthTables">The outputs of the fixed neurons by name, inputs counted in binary.</param>
/// <param name="Learned">Whether the perceptron learnt each function exactly.</param>
/// <param name="OneFeatureAccuracy">The logistic neuron on one feature.</param>
/// <param name="FourFeatureAccuracy">The logistic neuron on four features.</param>
/// <param name="LayerAccuracy">Three neurons, the most certain one deciding.</param>
/// <param name="ClosedFormulaError">The largest difference between a prediction and 1 / (1 + exp(-(w x + b))).</param>
public sealed record NeuronsResult(
    IReadOnlyDictionary<string, string> TruthTables,
    IReadOnlyDictionary<string, bool> Learned,
    double OneFeatureAccuracy,
    double FourFeatureAccuracy,
    double LayerAccuracy,
    double ClosedFormulaError);

/// <summary>First principles: fixed neurons, the perceptron's rule, logistic neurons.</summary>
public static class NeuronsSample
{
    private static readonly float[] Pairs = [0, 0, 0, 1, 1, 0, 1, 1];

    /// <summary>Options: --data FOLDER with iris.csv, --output FOLDER.</summary>
    public static int Main(string[] args) => SampleProgram.Run(() =>
    {
        var arguments = new SampleArguments(args, ["data", "output"]);
        Run(arguments.Text("data"), arguments.Folder("output", "artifacts/02-Neurons"));
    });

    /// <summary>Runs all three parts.</summary>
    public static NeuronsResult Run(string? dataFolder, string output)
    {
        Dictionary<string, string> tables = ShowFixedNeurons();
        Dictionary<string, bool> learned = TeachPerceptrons();
        Flowers flowers = Flowers.Load(dataFolder);
        (double one, double error) = RegressOneFeature(flowers, output);
        (double four, double error4) = RegressFourFeatures(flowers);
        double layer = TrainLayer(flowers);
        Console.WriteLine($"pictures are in {output}");
        return new NeuronsResult(tables, learned, one, four, layer, Math.Max(error, error4));
    }

    private static Dictionary<string, string> ShowFixedNeurons()
    {
        var not = new OneInputNeuron();
        Fix(not.Weights, [-1], threshold: 0);
        var and = new TwoInputNeuron();
        Fix(and.Weights, [1, 1], threshold: 2);
        var or = new TwoInputNeuron();
        Fix(or.Weights, [1, 1], threshold: 1);
        var majority = new ThreeInputNeuron();
        Fix(majority.Weights, [1, 1, 1], threshold: 2);

        float[] triples = [0, 0, 0, 0, 0, 1, 0, 1, 0, 0, 1, 1, 1, 0, 0, 1, 0, 1, 1, 1, 0, 1, 1, 1];
        var tables = new Dictionary<string, string>
        {
            ["NOT"] = Bits(not.Predict([0, 1])),
            ["AND"] = Bits(and.Predict(Pairs)),
            ["OR"] = Bits(or.Predict(Pairs)),
            ["MAJORITY"] = Bits(majority.Predict(triples)),
        };
        Console.WriteLine("McCulloch-Pitts neurons, outputs for inputs counted in binary:");
        foreach ((string name, string table) in tables)
        {
            Console.WriteLine($"  {name,-8} {table}");
        }

        return tables;
    }

    private static void Fix(IReadOnlyList<WeightView> weights, float[] kernel, float threshold)
    {
        weights[0].CopyFrom(kernel);
        weights[1].CopyFrom([-threshold]);
    }

    private static string Bits(float[] outputs) => string.Concat(outputs.Select(output => output == 1 ? '1' : '0'));

    private static Dictionary<string, bool> TeachPerceptrons()
    {
        Console.WriteLine("the perceptron's learning rule:");
        var learned = new Dictionary<string, bool>();
        foreach ((string name, float[] targets) in new[] { ("AND", new float[] { 0, 0, 0, 1 }), ("OR", [0, 1, 1, 1]), ("XOR", [0, 1, 1, 0]) })
        {
            int epochs = Teach(targets);
            learned[name] = epochs > 0;
            Console.WriteLine(epochs > 0 ? $"  {name} learnt after {epochs} epochs" : $"  {name} not learnt in 100 epochs: no line separates its ones from its zeros");
        }

        return learned;
    }

    /// <summary>One sample at a time until an epoch has no mistake; the number of epochs, or 0 when there were always mistakes.</summary>
    private static int Teach(float[] targets)
    {
        var perceptron = new Perceptron();
        using Perceptron.Training training = perceptron.CreateTraining(batchSize: 1, threads: 1);
        OptimizerState descent = new Sgd(learningRate: 1).CreateState(training);
        for (int epoch = 1; epoch <= 100; epoch++)
        {
            for (int i = 0; i < targets.Length; i++)
            {
                training.Step(Pairs.AsSpan(2 * i, 2), targets.AsSpan(i, 1), descent);
            }

            if (perceptron.Predict(Pairs).AsSpan().SequenceEqual(targets))
            {
                return epoch;
            }
        }

        return 0;
    }

    private static (double Accuracy, double Error) RegressOneFeature(Flowers flowers, string output)
    {
        float[] widths = [.. flowers.Species.Select((_, i) => flowers.Features[(4 * i) + 3])];
        var neuron = new OneFeatureNeuron(seed: 1);
        using OneFeatureNeuron.Training training = neuron.CreateTraining(widths.Length, threads: 1);
        OptimizerState descent = new Adam(learningRate: 0.05).CreateState(training);
        for (int step = 0; step < 2000; step++)
        {
            training.Step(widths, flowers.IsLast, descent);
        }

        float weight = neuron.Weights.Dense1Kernel[0, 0], bias = neuron.Weights.Dense1Bias[0];
        Console.WriteLine(FormattableString.Invariant($"one feature: {Flowers.LastName} where {flowers.FeatureNames[3]} is above {-bias / weight:0.00}"));
        foreach (float width in new[] { 1.0f, 1.5f, 2.0f })
        {
            Console.WriteLine(FormattableString.Invariant($"  at {width:0.0} the probability is {neuron.Predict([width])[0]:0.000}"));
        }

        DrawOneFeature(neuron, widths, flowers, output);
        float[] outputs = neuron.Predict(widths);
        double error = outputs.Select((output, i) => Math.Abs(output - Sigmoid((weight * widths[i]) + bias))).Max();
        return (Report("one feature", outputs, flowers.IsLast), error);
    }

    /// <summary>The flowers at 0 and 1, and the neuron's curve between them.</summary>
    private static void DrawOneFeature(OneFeatureNeuron neuron, float[] widths, Flowers flowers, string output)
    {
        float least = widths.Min(), most = widths.Max();
        float[] grid = [.. Enumerable.Range(0, 101).Select(i => least + ((most - least) * i / 100))];
        double[] At(float isLast) => [.. widths.Where((_, i) => flowers.IsLast[i] == isLast).Select(width => (double)width)];
        new Plot("a logistic neuron", "petal width, cm", $"probability of {Flowers.LastName}")
            .AddPoints("others", At(0), [.. At(0).Select(_ => 0.0)])
            .AddPoints(Flowers.LastName, At(1), [.. At(1).Select(_ => 1.0)])
            .AddLine("the neuron", [.. grid.Select(width => (double)width)], [.. neuron.Predict(grid).Select(output => (double)output)])
            .SaveTo(output, "logistic-neuron");
    }

    private static (double Accuracy, double Error) RegressFourFeatures(Flowers flowers)
    {
        var neuron = new FourFeatureNeuron(seed: 1);
        using FourFeatureNeuron.Training training = neuron.CreateTraining(flowers.Count, threads: 1);
        OptimizerState descent = new Adam(learningRate: 0.05).CreateState(training);
        for (int step = 0; step < 2000; step++)
        {
            training.Step(flowers.Features, flowers.IsLast, descent);
        }

        float[] outputs = neuron.Predict(flowers.Features), weights = neuron.Weights.Dense1Kernel.ToArray();
        float bias = neuron.Weights.Dense1Bias[0];
        double error = outputs.Select((output, i) =>
        {
            double sum = bias;
            for (int f = 0; f < 4; f++)
            {
                sum += (double)weights[f] * flowers.Features[(4 * i) + f];
            }

            return Math.Abs(output - Sigmoid(sum));
        }).Max();
        return (Report("four features", outputs, flowers.IsLast), error);
    }

    private static double TrainLayer(Flowers flowers)
    {
        var layer = new NeuronLayer(seed: 1);
        using NeuronLayer.Training training = layer.CreateTraining(flowers.Count, threads: 1);
        OptimizerState descent = new Adam(learningRate: 0.05).CreateState(training);
        float[] targets = new float[3 * flowers.Count];
        for (int i = 0; i < flowers.Count; i++)
        {
            targets[(3 * i) + flowers.Species[i]] = 1;
        }

        for (int step = 0; step < 2000; step++)
        {
            training.Step(flowers.Features, targets, descent);
        }

        float[] outputs = layer.Predict(flowers.Features);
        int right = 0;
        for (int i = 0; i < flowers.Count; i++)
        {
            Span<float> three = outputs.AsSpan(3 * i, 3);
            right += three[flowers.Species[i]] == Math.Max(three[0], Math.Max(three[1], three[2])) ? 1 : 0;
        }

        double accuracy = (double)right / flowers.Count;
        Console.WriteLine(FormattableString.Invariant($"a layer of three neurons: accuracy {accuracy:0.000}"));
        return accuracy;
    }

    private static double Report(string name, float[] outputs, float[] targets)
    {
        double accuracy = outputs.Zip(targets).Count(pair => pair.First > 0.5f == pair.Second > 0.5f) / (double)targets.Length;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}: accuracy {accuracy:0.000}"));
        return accuracy;
    }

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));
}

/// <summary>Flowers of three species with four measurements: Fisher's irises, or drawn around their means where the file is missing.</summary>
/// <param name="FeatureNames">The names of the measurements.</param>
/// <param name="Features">Four measurements in centimetres per flower.</param>
/// <param name="Species">0, 1 or 2 per flower.</param>
public sealed record Flowers(IReadOnlyList<string> FeatureNames, float[] Features, int[] Species)
{
    /// <summary>The species that the single neurons look for.</summary>
    public const string LastName = "virginica";

    /// <summary>The number of flowers.</summary>
    public int Count => Species.Length;

    /// <summary>1 for the last species, otherwise 0.</summary>
    public float[] IsLast { get; } = [.. Species.Select(species => species == 2 ? 1f : 0f)];

    /// <summary>Reads iris.csv, or draws flowers and says why.</summary>
    public static Flowers Load(string? dataFolder)
    {
        if (SharedFolder.FindFile(dataFolder, "data/iris/iris.csv", out string reason) is not { } path)
        {
            Console.WriteLine($"drawing flowers: {reason}");
            return Draw();
        }

        CsvTable table = CsvTable.Read(path);
        string[] names = [.. table.Columns.Take(4).Select(column => column.Name)];
        float[][] columns = [.. table.Columns.Take(4).Select(column => column.ToFloats())];
        float[] features = [.. Enumerable.Range(0, table.RowCount).SelectMany(row => columns.Select(column => column[row]))];
        return new Flowers(names, features, table["species"].ToClasses(["setosa", "versicolor", LastName]).Indices);
    }

    private static Flowers Draw()
    {
        float[][] means = [[5.0f, 3.4f, 1.5f, 0.25f], [5.9f, 2.8f, 4.3f, 1.3f], [6.6f, 3.0f, 5.6f, 2.0f]];
        var random = new Random(1);
        int[] species = [.. Enumerable.Range(0, 150).Select(i => i % 3)];
        float[] features = [.. species.SelectMany(kind => means[kind].Select(mean => mean * (0.9f + (0.2f * random.NextSingle()))))];
        return new Flowers(["sepal_length", "sepal_width", "petal_length", "petal_width"], features, species);
    }
}
