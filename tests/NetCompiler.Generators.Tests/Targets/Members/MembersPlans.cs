using NetCompiler.Generators.Declaration;
using NetCompiler.Generators.Graph;
using NetCompiler.Generators.Graph.Layers;
using NetCompiler.Generators.Schedule;

namespace NetCompiler.Generators.Tests.Targets.Members;

/// <summary>Plans made by hand: the members are written from nothing else.</summary>
internal static class MembersPlans
{
    /// <summary>One input, one output: normalization, a dense layer of two classes.</summary>
    public static NetworkPlan Classifier(Func<NetworkSpec, NetworkSpec>? change = null)
    {
        NetworkSpec spec = new()
        {
            Namespace = "Sample",
            Name = "Small",
            Inputs = [new InputSpec("input", [3])],
            Layers =
            [
                new LayerSpec("Normalization", "normalization1", [0], [], "[Normalization]"),
                new LayerSpec("Dense", "hidden", [1],
                [
                    new OptionSpec("Units", OptionType.Integer, 2, "", default),
                    new OptionSpec("Activation", OptionType.Enumeration, 0, "Activation.Softmax", default),
                    new OptionSpec("ActivationAlpha", OptionType.Real, double.NaN, "", default),
                    new OptionSpec("ActivationMethod", OptionType.Text, 0, "", default),
                    new OptionSpec("UseBias", OptionType.Boolean, 1, "", default),
                ], "[Dense(2, Activation = Activation.Softmax)]") { FormerNames = ["old"] },
            ],
            Outputs = [new OutputSpec("output", 2)],
            Losses = [new LossSpec("SparseCategoricalCrossentropy", "") { Outputs = [0], Targets = [new TargetSpec("target", [], 2)] }],
        };
        spec = change is null ? spec : change(spec);
        return Plan(spec, [new Shape(3), new Shape(3), new Shape(2)], [.. spec.Losses.SelectMany(loss => loss.Targets)], [],
            Dense("hidden", layer: 1, rows: 3, columns: 2, offset: 0)
                .Append(Statistic("normalization1.mean", 0))
                .Append(Statistic("normalization1.variance", 16)));
    }

    /// <summary>Two inputs, one of tokens, and two outputs; a setting; names that are keywords or those of our locals; inside another class.</summary>
    public static NetworkPlan Reviews()
    {
        FunctionSpec swish = new("Swish", ["x"], [new("Sigmoid", [0]), new("Multiply", [0, 1])], "x / (1 + exp(-x))");
        FunctionSpec huberish = new("Own", ["output", "target"],
            [new("Subtract", [0, 1]), new("Constant", [], 0.1), new("Less", [2, 3]), new("Erf", [2]), new("Select", [4, 2, 5])], "select");
        NetworkSpec spec = new()
        {
            Namespace = "",
            Containers = ["partial class Outer"],
            Name = "Reviews",
            UserMembers = ["_parameters", "CreateDescription"],
            Inputs = [new InputSpec("event", [4]), new InputSpec("samples", [5], Vocabulary: 7, Padding: 0)],
            Layers =
            [
                new LayerSpec("Dense", "dense1", [0], [new OptionSpec("Activation", OptionType.Enumeration, 0, "Activation.Linear", default)], "event.Dense(1)") { Function = swish },
                new LayerSpec("Dense", "read1.dense1", [0],
                    [new OptionSpec("Activation", OptionType.Enumeration, 0, "Activation.Sigmoid", default), new OptionSpec("Sizes", OptionType.IntegerList, 0, "", [1, -1])],
                    "event\r\n.Dense(1)"),
            ],
            Outputs = [new OutputSpec("genre", 2), new OutputSpec("score", 3)],
            Losses =
            [
                new LossSpec("", "Own") { Outputs = [0], Targets = [new TargetSpec("genre", [1], 0)], Function = huberish, Weight = 0.5, Settings = [new SettingSpec("lambda", 0.1)] },
                new LossSpec("BinaryCrossentropy", "") { Outputs = [1], Targets = [new TargetSpec("label", [1], 0)] },
            ],
        };
        TargetSpec[] targets = [.. spec.Losses.SelectMany(loss => loss.Targets)];
        return Plan(spec, [new Shape(4), new Shape(5), new Shape(1), new Shape(1)], targets, [new SettingSpec("lambda", 0.1)],
            Dense("dense1", layer: 0, rows: 4, columns: 1, offset: 0).Concat(Dense("read1.dense1", layer: 1, rows: 4, columns: 1, offset: 80))) with
        {
            PredictOneScratch = 1000,
            LossParts = 3,
        };
    }

    /// <summary>Two inputs, a normalization behind each.</summary>
    public static NetworkPlan TwiceNormalized()
    {
        NetworkSpec spec = new()
        {
            Namespace = "Sample",
            Name = "Small",
            Inputs = [new InputSpec("first", [3]), new InputSpec("measured0", [3])],
            Layers = [new LayerSpec("Normalization", "normalization1", [0], [], "first.Normalization()"), new LayerSpec("Normalization", "normalization2", [1], [], "measured0.Normalization()")],
            Outputs = [new OutputSpec("a", 2), new OutputSpec("b", 3)],
        };
        return Plan(spec, [new Shape(3), new Shape(3), new Shape(3), new Shape(3)], [], [],
            Enumerable.Range(0, 2).SelectMany(layer => new[] { "mean", "variance" }.Select((name, i) => Statistic($"normalization{layer + 1}.{name}", 16 * ((2 * layer) + i), layer))));
    }

    /// <summary>Tokens alone: no gradient of an input.</summary>
    public static NetworkPlan Tokens() => Classifier(spec => spec with { Inputs = [new InputSpec("input", [3], Vocabulary: 9)] });

    /// <summary>A network without a loss.</summary>
    public static NetworkPlan Lossless() =>
        Classifier(spec => spec with { Losses = default }) with { LossParts = 0, PredictOneScratch = 0 };

    private static NetworkPlan Plan(NetworkSpec spec, Shape[] shapes, TargetSpec[] targets, SettingSpec[] settings, IEnumerable<PlannedWeight> weights) => new()
    {
        Spec = spec,
        Shapes = shapes,
        Weights = [.. weights],
        Targets = targets,
        Settings = settings,
        LossParts = spec.Losses.Count,
        ArchitectureHash = new string('0', 64),
        PredictOneScratch = 32,
        PredictManyRows = 4,
        PredictManyScratch = 64,
        BatchedFloats = 8,
        FixedFloats = 0,
    };

    private static IEnumerable<PlannedWeight> Dense(string name, int layer, int rows, int columns, int offset)
    {
        string member = string.Concat(name.Split('.').Select(part => char.ToUpperInvariant(part[0]) + part[1..]));
        WeightSpec kernel = new("kernel", new Shape(rows, columns), "GlorotUniform", double.NaN, rows, columns, IsTrainable: true, 0, 0.01) { Decays = true };
        WeightSpec bias = new("bias", new Shape(columns), "Zeros", double.NaN, rows, columns, IsTrainable: true, 0, 0);
        yield return new PlannedWeight(kernel, layer, name + ".kernel", member + "Kernel", NetCompiler.Generators.Schedule.WeightPacking.Panels, offset, rows * 16);
        yield return new PlannedWeight(bias, layer, name + ".bias", member + "Bias", NetCompiler.Generators.Schedule.WeightPacking.Flat, offset + (rows * 16), 16);
    }

    private static PlannedWeight Statistic(string name, int offset, int layer = 0) =>
        new(new WeightSpec(name.Split('.')[1], new Shape(3), name.EndsWith("mean", StringComparison.Ordinal) ? "Zeros" : "Ones", double.NaN, 3, 3, IsTrainable: false, 0, 0), layer, name,
            "Normalization" + (layer + 1) + char.ToUpperInvariant(name.Split('.')[1][0]) + name.Split('.')[1][1..], NetCompiler.Generators.Schedule.WeightPacking.Flat, offset, 16);
}
