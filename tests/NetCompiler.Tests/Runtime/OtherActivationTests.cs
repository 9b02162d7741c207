using Xunit;

namespace NetCompiler.Tests.Runtime;

[Network]
[Input(3)]
[Dense(4, Activation = Activation.Relu)]
[Dense(2, Activation = Activation.Softmax)]
[Loss(Loss.SparseCategoricalCrossentropy)]
public partial class ReluClassifier;

[Network]
[Input(3)]
[Dense(4, Activation = Activation.Gelu)]
[Dense(2, Activation = Activation.Softmax)]
[Loss(Loss.SparseCategoricalCrossentropy)]
public partial class GeluClassifier;

/// <summary>Two generated networks whose weights have the same names and shapes, but that compute something else with them.</summary>
public sealed class OtherActivationTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("netcompiler-tests-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("net.safetensors")]
    [InlineData("net.json")]
    public void TheirFiles_AreRefusedBothWaysAndNothingChanges(string name)
    {
        string path = Path.Combine(_folder, name);
        ReluClassifier relu = new(seed: 1);
        GeluClassifier gelu = new(seed: 2);
        relu.Save(path);
        Refuse(gelu, path, "ReluClassifier", ReluClassifier.Description, GeluClassifier.Description);
        Assert.Throws<WeightFileException>(() => GeluClassifier.Load(path));
        gelu.Save(path);
        Refuse(relu, path, "GeluClassifier", GeluClassifier.Description, ReluClassifier.Description);
        gelu.LoadWeights(path);
        relu.LoadWeights(path, new WeightLoadOptions { IgnoreArchitecture = true });
        Assert.Equal(Values(gelu), Values(relu));
    }

    private static void Refuse(INetwork network, string path, string savedBy, NetworkDescription saved, NetworkDescription own)
    {
        float[] before = Values(network);
        network.Metadata["classes"] = "ab";
        WeightFileException error = Assert.Throws<WeightFileException>(() => network.LoadWeights(path));
        Assert.StartsWith($"{path} does not fit {own.Name}, and nothing was changed:", error.Message);
        Assert.Contains(
            $"it was saved by {savedBy} with another architecture: its hash is {saved.ArchitectureHash}, here it is {own.ArchitectureHash}", Assert.Single(error.Mismatches));
        Assert.Equal(before, Values(network));
        Assert.Equal("ab", network.Metadata["classes"]);
        network.Metadata.Clear();
    }

    private static float[] Values(INetwork network) => [.. network.Weights.SelectMany(view => view.ToArray())];
}
