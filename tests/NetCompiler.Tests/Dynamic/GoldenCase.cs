namespace NetCompiler.Tests.Dynamic;

/// <summary>A golden case as a network: its description, built by hand from the config, and where the values of its weights are.</summary>
internal sealed record GoldenCase(GoldenFile File, NetworkDescription Description)
{
    /// <summary>Whether the outputs are those of training, which inference does not give.</summary>
    public bool IsTraining { get; init; }

    /// <summary>The names of the targets' tensors.</summary>
    public string[] Targets { get; init; } = ["target"];

    /// <summary>The columns of the inputs, in the order of the file.</summary>
    public Column[] Inputs => [.. InputTensors(File).Select(File.Column)];

    /// <summary>The case with its runner, or null where it has none.</summary>
    public static GoldenCase? Of(GoldenFile file) =>
        file.Name.StartsWith("loss/", StringComparison.Ordinal) ? GoldenNetworks.OfLoss(file)
        : file.Kind == "network" ? GoldenNetworks.Of(file)
        : GoldenLayers.Of(file) is not { } layer ? null
        : new GoldenCase(file, Network(file, [layer], [], [], file.Kind == "embedding" ? file.Config.GetProperty("vocabulary").GetInt32() : 0)) { IsTraining = file.Kind == "batch_normalization_training" };

    /// <summary>A network with the inputs of the file, whose last layer is the output.</summary>
    public static NetworkDescription Network(GoldenFile file, LayerDescription[] layers, LossDescription[] losses, TargetDescription[] targets, params int[] vocabularies)
    {
        InputDescription[] inputs = InputsOf(file, vocabularies);
        return Describe.Network(inputs, layers, losses, targets);
    }

    /// <summary>The inputs of a file; those of tokens with the given vocabularies in order.</summary>
    public static InputDescription[] InputsOf(GoldenFile file, params int[] vocabularies)
    {
        Queue<int> remaining = new(vocabularies);
        return [.. InputTensors(file).Select(tensor => new InputDescription(tensor[(tensor.IndexOf('.') + 1)..], SampleShape(file, tensor))
        {
            Vocabulary = file.IsInteger(tensor) ? remaining.Dequeue() : 0,
        })];
    }

    public static Activation ActivationOf(string name) => Enum.Parse<Activation>(Pascal(name));

    public static string Pascal(string name) => string.Concat(name.Split('_').Select(word => char.ToUpperInvariant(word[0]) + word[1..]));

    /// <summary>The values of a weight: a parameter's, or a statistic's before the step; ones or zeros where the file has none.</summary>
    public float[] ValuesOf(WeightDescription weight) =>
        File.Has($"param.{weight.Name}") ? File.Floats($"param.{weight.Name}")
        : File.Has($"{weight.Name}.before") ? File.Floats($"{weight.Name}.before")
        : File.Has(weight.Name) ? File.Floats(weight.Name)
        : [.. Enumerable.Repeat(weight.Initializer == Initializer.Ones ? 1f : 0f, weight.Length)];

    private static IEnumerable<string> InputTensors(GoldenFile file) => file.Suffixes("input").Select(suffix => "input" + suffix);

    // Samples of one value have no axis of their own in the file.
    private static int[] SampleShape(GoldenFile file, string tensor) => file.Shape(tensor) is [_, .. { Length: > 0 } rest] ? rest : [1];
}
