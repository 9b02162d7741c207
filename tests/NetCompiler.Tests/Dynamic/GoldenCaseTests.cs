using System.Numerics;
using NetCompiler.TestKit;
using Xunit;

namespace NetCompiler.Tests.Dynamic;

/// <summary>The interpreter in float and in double against the golden tensors: outputs, losses, every gradient and moved statistics.</summary>
public sealed class GoldenCaseTests
{
    private const string Missing = "(missing)";

    /// <summary>Every case but those of optimizers and metrics, which are not the interpreter's. A theory without rows fails, so a missing folder gives one row that does nothing.</summary>
    public static TheoryData<string> Cases => GoldenFile.Names((_, kind) => kind is not ("optimizer" or "metric")).ToArray() is { Length: > 0 } names ? [.. names] : [Missing];

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
    [MemberData(nameof(Cases), DisableDiscoveryEnumeration = true)]
    public void EveryCase_PassesInFloat(string name) => Run<float>(name);

    [Theory]
    [MemberData(nameof(Cases), DisableDiscoveryEnumeration = true)]
    public void EveryCase_PassesInDouble(string name) => Run<double>(name);

    private static void Run<T>(string name)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (name == Missing)
        {
            return;
        }

        GoldenFile file = GoldenFile.Open(name);
        GoldenCase? golden = GoldenCase.Of(file);
        Expect.True(golden is not null, $"{name} of kind {file.Kind} has no runner.");
        Dictionary<string, float[]> weights = [];
        foreach (WeightDescription weight in golden.Description.Layers.SelectMany(layer => layer.Weights))
        {
            weights[weight.Name] = golden.ValuesOf(weight);
        }

        Assert.All(file.Suffixes("param."), parameter => Assert.True(weights.ContainsKey(parameter), $"{name}: {parameter} belongs to no layer."));
        DynamicNetwork<T> network = new(golden.Description, weights);
        if (!golden.IsTraining)
        {
            file.AssertEqual<T>("output", network.Predict(golden.Inputs)[0]);
        }

        DynamicGradients<T> gradients = golden.Description.Losses.Count == 0
            ? network.Backward(golden.Inputs, [Array.ConvertAll(file.Floats("cotangent"), T.CreateChecked)], training: golden.IsTraining)
            : Judge(golden, network);
        AssertGradients(file, golden, gradients);
        foreach (string statistic in file.Suffixes("").Where(tensor => tensor.EndsWith(".after", StringComparison.Ordinal)))
        {
            file.AssertEqual<T>(statistic, network.Weights[statistic[..^".after".Length]]);
        }
    }

    private static DynamicGradients<T> Judge<T>(GoldenCase golden, DynamicNetwork<T> network)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Column[] targets = [.. golden.Targets.Select(golden.File.Column)];
        if (!golden.IsTraining)
        {
            golden.File.AssertEqual<T>("loss", [network.ComputeLoss(golden.Inputs, targets)]);
        }

        DynamicGradients<T> gradients = network.ComputeGradients(golden.Inputs, targets);
        golden.File.AssertEqual<T>("loss", [gradients.Loss]);
        return gradients;
    }

    private static void AssertGradients<T>(GoldenFile file, GoldenCase golden, DynamicGradients<T> gradients)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        file.AssertEqual<T>("output", gradients.Outputs[0]);
        HashSet<string> compared = [];
        for (int i = 0; i < gradients.Inputs.Count; i++)
        {
            if (!golden.Description.Inputs[i].IsTokens)
            {
                string tensor = file.Has("input") ? "grad.input" : $"grad.input.{golden.Description.Inputs[i].Name}";
                file.AssertEqual<T>(tensor, gradients.Inputs[i]);
                compared.Add(tensor);
            }
        }

        foreach ((string name, T[] gradient) in gradients.Weights)
        {
            file.AssertEqual<T>($"grad.{name}", gradient);
            compared.Add($"grad.{name}");
        }

        Assert.Empty(file.Suffixes("grad.").Select(name => "grad." + name).Except(compared));
    }
}
