using System.Globalization;
using System.Text.Json;
using Xunit;

namespace NetCompiler.Tests.Dynamic;

/// <summary>The interpreter in float against the golden tensors: outputs, losses and every gradient.</summary>
public sealed class GoldenCaseTests
{
    public static TheoryData<string> DenseCases => Cases((_, kind) => kind == "dense");

    public static TheoryData<string> ActivationCases => Cases((_, kind) => kind == "activation");

    public static TheoryData<string> LossCases => Cases((name, _) => name.StartsWith("loss/", StringComparison.Ordinal));

    public static TheoryData<string> NetworkCases => Cases((name, _) => name.StartsWith("network/mlp-", StringComparison.Ordinal) || name == "network/regularized");

    public static TheoryData<string> OtherCases => Cases((name, _) => name is "network/fairness-loss" or "shape/reshape");

    [Fact]
    public void GoldenFolder_IsThereInContinuousIntegration()
    {
        if (GoldenFile.Folder() is null)
        {
            Console.WriteLine("The golden tensors (../shared/reference) are missing: their cases are not run.");
            Assert.NotEqual("true", Environment.GetEnvironmentVariable("CI"));
        }
    }

    [Theory]
    [MemberData(nameof(DenseCases), DisableDiscoveryEnumeration = true)]
    public void Dense(string name)
    {
        if (name == Missing)
        {
            return;
        }

        GoldenFile golden = GoldenFile.Open(name);
        int units = golden.Config.GetProperty("units").GetInt32();
        bool useBias = golden.Config.GetProperty("use_bias").GetBoolean();
        int inputs = golden.Shape("input")[^1];
        LayerDescription dense = Describe.Dense("dense1", 0, inputs, units, ActivationOf(golden.Config.GetProperty("activation").GetString()!), useBias);
        AssertBackward(golden, Describe.Network([inputs], [dense]));
    }

    [Theory]
    [MemberData(nameof(ActivationCases), DisableDiscoveryEnumeration = true)]
    public void Activations(string name)
    {
        if (name == Missing)
        {
            return;
        }

        GoldenFile golden = GoldenFile.Open(name);
        string activation = golden.Config.GetProperty("activation").GetString()!;

        // Elementwise cases have no batch axis: their values are so many samples of one.
        int[] shape = golden.Shape("input") is [_, .. { Length: > 0 } rest] ? rest : [1];
        LayerDescription layer = activation is "abs" or "log" or "sqrt" or "square" or "reciprocal"
            ? Describe.Operation(CultureInfo.InvariantCulture.TextInfo.ToTitleCase(activation), [0], shape)
            : Describe.Activate(0, shape, ActivationOf(activation));
        AssertBackward(golden, Describe.Network(shape, [layer]));
    }

    [Theory]
    [MemberData(nameof(LossCases), DisableDiscoveryEnumeration = true)]
    public void Losses(string name)
    {
        if (name == Missing)
        {
            return;
        }

        GoldenFile golden = GoldenFile.Open(name);
        string loss = golden.Config.GetProperty("loss").GetString()!;
        bool fromLogits = loss.EndsWith("_from_logits", StringComparison.Ordinal);
        Loss kind = Enum.Parse<Loss>(Pascal(fromLogits ? loss[..^"_from_logits".Length] : loss));
        int outputs = golden.Shape("input")[^1];
        AssertLoss(golden, Describe.Network([outputs], [], [Describe.Loss(kind) with { FromLogits = fromLogits }], [TargetOf(golden, outputs)]));
    }

    [Theory]
    [MemberData(nameof(NetworkCases), DisableDiscoveryEnumeration = true)]
    public void Networks(string name)
    {
        if (name == Missing)
        {
            return;
        }

        GoldenFile golden = GoldenFile.Open(name);
        int[] widths = [.. golden.Config.GetProperty("widths").EnumerateArray().Select(width => width.GetInt32())];
        Loss kind = golden.Config.GetProperty("loss").GetString() switch
        {
            "mse" => Loss.MeanSquaredError,
            "bce" => Loss.BinaryCrossentropy,
            "nll" => Loss.NegativeLogLikelihood,
            _ => Loss.SparseCategoricalCrossentropy,
        };
        AssertLoss(golden, Describe.Network([widths[0]], Layers(golden, widths), [Describe.Loss(kind)], [TargetOf(golden, widths[^1])]));
    }

    [Theory]
    [MemberData(nameof(OtherCases), DisableDiscoveryEnumeration = true)]
    public void Others(string name)
    {
        if (name == "shape/reshape")
        {
            GoldenFile golden = GoldenFile.Open(name);
            int[] shape = golden.Shape("input")[1..];
            AssertBackward(golden, Describe.Network(shape, [new LayerDescription("reshape1", "Reshape", [0], golden.Shape("output")[1..])]));
        }
        else if (name == "network/fairness-loss")
        {
            AssertFairness(GoldenFile.Open(name));
        }
    }

    private const string Missing = "(missing)";

    // bce(p, label) + 0.1 (sum p g / sum g - sum p (1 - g) / sum (1 - g))^2, as a program over tensors: 0 p, 1 label, 2 group, 3 lambda.
    private static void AssertFairness(GoldenFile golden)
    {
        LossDescription loss = new("FairScore")
        {
            Targets = [0, 1],
            Settings = [new SettingDescription("lambda", 0.1)],
            Operations =
            [
                Describe.Operation("Multiply", [0, 2], [1]),
                Describe.Operation("BatchSum", [4], [1]),
                Describe.Operation("BatchSum", [2], [1]),
                Describe.Operation("Divide", [5, 6], [1]),
                Describe.Operation("Constant", [], [], ("Value", 1.0)),
                Describe.Operation("Subtract", [8, 2], [1]),
                Describe.Operation("Multiply", [0, 9], [1]),
                Describe.Operation("BatchSum", [10], [1]),
                Describe.Operation("BatchSum", [9], [1]),
                Describe.Operation("Divide", [11, 12], [1]),
                Describe.Operation("Subtract", [7, 13], [1]),
                Describe.Operation("Square", [14], [1]),
                Describe.Operation("Multiply", [3, 15], [1]),
                Describe.Operation("Losses.BinaryCrossentropy", [0, 1], []),
                Describe.Operation("Add", [17, 16], [1]),
            ],
        };
        int[] widths = [.. golden.Config.GetProperty("widths").EnumerateArray().Select(width => width.GetInt32())];
        TargetDescription[] targets = [new("label", 1, 0), new("group", 1, 0)];
        AssertLoss(golden, Describe.Network([widths[0]], Layers(golden, widths), [loss], targets), "target.label", "target.group");
    }

    private static LayerDescription[] Layers(GoldenFile golden, int[] widths)
    {
        LayerDescription[] layers = new LayerDescription[widths.Length - 1];
        for (int i = 0; i < layers.Length; i++)
        {
            Activation activation = ActivationOf(golden.Config.GetProperty(i == layers.Length - 1 ? "output" : "hidden").GetString()!);
            string name = $"dense{i + 1}";
            layers[i] = Describe.Dense(name, i, widths[i], widths[i + 1], activation, kernelL1: Option("kernel_l1"), kernelL2: Option("kernel_l2"), biasL2: Option("bias_l2"));

            double Option(string option) => golden.Config.TryGetProperty($"{name}.{option}", out JsonElement value) ? value.GetDouble() : 0;
        }

        return layers;
    }

    private static void AssertBackward(GoldenFile golden, NetworkDescription description)
    {
        DynamicNetwork<float> network = Load(golden, description);
        golden.AssertEqual("output", network.Predict([golden.Column("input")])[0]);
        AssertGradients(golden, network.Backward([golden.Column("input")], [golden.Floats("cotangent")]));
    }

    private static void AssertLoss(GoldenFile golden, NetworkDescription description, params string[] targets)
    {
        DynamicNetwork<float> network = Load(golden, description);
        Column[] columns = targets.Length == 0 ? [golden.Column("target")] : [.. targets.Select(golden.Column)];
        golden.AssertEqual("output", network.Predict([golden.Column("input")])[0]);
        golden.AssertEqual("loss", [network.ComputeLoss([golden.Column("input")], columns)]);
        DynamicGradients<float> gradients = network.ComputeGradients([golden.Column("input")], columns);
        golden.AssertEqual("loss", [gradients.Loss]);
        AssertGradients(golden, gradients);
    }

    private static void AssertGradients(GoldenFile golden, DynamicGradients<float> gradients)
    {
        golden.AssertEqual("output", gradients.Outputs[0]);
        golden.AssertEqual("grad.input", gradients.Inputs[0]);
        foreach ((string name, float[] gradient) in gradients.Weights)
        {
            golden.AssertEqual($"grad.{name}", gradient);
        }
    }

    private static DynamicNetwork<float> Load(GoldenFile golden, NetworkDescription description) =>
        new(description, description.Layers.SelectMany(layer => layer.Weights).ToDictionary(weight => weight.Name, weight => golden.Floats($"param.{weight.Name}")));

    private static TargetDescription TargetOf(GoldenFile golden, int outputs) => golden.IsInteger("target") ? new("target", 1, outputs) : new("target", outputs, 0);

    private static Activation ActivationOf(string name) => Enum.Parse<Activation>(Pascal(name));

    private static string Pascal(string name) => string.Concat(name.Split('_').Select(word => char.ToUpperInvariant(word[0]) + word[1..]));

    // A theory without rows fails, so a missing folder gives one row that does nothing; the first test reports it.
    private static TheoryData<string> Cases(Func<string, string, bool> filter)
    {
        string[] names = [.. GoldenFile.Names(filter)];
        return names.Length == 0 ? [Missing] : [.. names];
    }
}
