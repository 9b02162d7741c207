using NetCompiler.TestKit;
using Xunit;

namespace NetCompiler.Tests.Generated;

/// <summary>The golden cases of several inputs and of free graphs, declared by Forward methods and run as generated code.</summary>
[Trait("Category", "Numeric")]
public sealed class FunctionalGoldenTests
{
    // A single layer is differentiated along its cotangent: the loss is sum(output x cotangent) over the batch.
    private const string Along = "static Tensor Along(Tensor output, [Input({0})] Tensor target) => (output * target).BatchSum().Sum();";

    private static readonly Dictionary<string, string> Declarations = new()
    {
        ["merge/add"] = Merge("Add", "4, 5", "Tensor.Add(a, b)"),
        ["merge/subtract"] = Merge("Subtract", "4, 5", "Tensor.Subtract(a, b)"),
        ["merge/multiply"] = Merge("Multiply", "4, 5", "Tensor.Multiply(a, b)"),
        ["merge/maximum"] = Merge("Maximum", "4, 5", "Tensor.Maximum(a, b)"),
        ["merge/average"] = Merge("Average", "4, 5", "Tensor.Average(a, b)"),
        ["merge/concat"] = Merge("Concat", "4, 5", "Tensor.Concat(a, b)", output: "4, 10"),
        ["merge/dot"] = Merge("Dot", "10", "Tensor.Dot([a, b], axis: -1)", output: "1"),
        ["merge/matmul"] = Merge("MatMul", "4, 5", "Tensor.MatMul(a, b)", second: "5, 3", output: "4, 3"),
        ["shape/slice"] = Network("Slice", "nameof(Along)", "static Tensor Forward([Input(6, 5)] Tensor input) => input.Slice(axis: 0, start: 1, length: 3);", string.Format(null, Along, "3, 5")),
        ["network/recommender"] = Network("Recommender", "Loss.MeanSquaredError", """
            static Tensor Forward([Tokens(1, Vocabulary = 100)] Tensor user, [Tokens(1, Vocabulary = 50)] Tensor item) =>
                Tensor.Dot(user.Embedding(10, name: "user_embedding").Flatten(), item.Embedding(10, name: "item_embedding").Flatten());
            """),
        ["network/captions"] = Network("Captions", "Loss.SparseCategoricalCrossentropy", """
            static Tensor Forward([Input(32)] Tensor image, [Tokens(10, Vocabulary = 60)] Tensor text)
            {
                Tensor seen = image.Dense(12, activation: Activation.Relu, name: "image"), told = text.Embedding(8).Lstm(12);
                return Tensor.Concat(seen, told).Dense(10, activation: Activation.Softmax, name: "dense1");
            }
            """),
        ["network/transformer-block"] = Network("Transformer", "Loss.SparseCategoricalCrossentropy, FromLogits = true", """
            static Tensor Forward([Tokens(8, Vocabulary = 40)] Tensor input)
            {
                Tensor x = input.Embedding(16).PositionalEmbedding(name: "position");
                x += x.LayerNormalization(name: "norm1").MultiHeadAttention(4, causal: true);
                x += x.LayerNormalization(name: "norm2").Dense(32, activation: Activation.Gelu, name: "up").Dense(16, name: "down");
                return x.Dense(40, name: "dense1");
            }
            """),
    };

    private static readonly Lazy<CompiledNetworks> Compiled = new(() => CompiledNetworks.Compile(Declarations.Values));

    /// <summary>Whether the case has its runner here.</summary>
    public static bool Runs(Golden golden) => Declarations.ContainsKey(golden.Name);

    [SharedFact]
    public void EachCase_GivesTheGoldenOutputLossAndGradients()
    {
        List<string> failures = [];
        foreach (string name in Declarations.Keys)
        {
            try
            {
                Run(Golden.Load(name));
            }
            catch (Exception exception)
            {
                failures.Add($"{name}: {exception.Message}");
            }
        }

        Assert.True(failures.Count == 0, string.Join("\n", failures));
    }

    private static void Run(Golden golden)
    {
        INetwork network = Compiled.Value.Create(Declarations[golden.Name].Split(' ', '\n').SkipWhile(word => word != "class").ElementAt(1));
        SafetensorsFile tensors = golden.Tensors;
        foreach (WeightView view in network.Weights)
        {
            view.CopyFrom(tensors.Floats("param." + view.Name));
        }

        string Input(int i) => network.Description.Inputs.Count == 1 ? "input" : "input." + network.Description.Inputs[i].Name;
        string target = tensors.Contains("target") ? "target" : "cotangent";
        int samples = tensors.Shape(target)[0];
        using ITraining training = network.CreateTraining(samples + 2, threads: 1);
        for (int i = 0; i < network.Description.Inputs.Count; i++)
        {
            if (network.Description.Inputs[i].IsTokens)
            {
                tensors.Integers(Input(i)).CopyTo(training.TokenInput(i));
            }
            else
            {
                tensors.Floats(Input(i)).CopyTo(training.FloatInput(i));
            }
        }

        if (network.Description.Targets[0].IsClasses)
        {
            tensors.Integers(target).CopyTo(training.ClassTarget(0));
        }
        else
        {
            tensors.Floats(target).CopyTo(training.FloatTarget(0));
        }

        float loss = training.ComputeGradients(samples, GradientTargets.Parameters | GradientTargets.Inputs);
        golden.Compare("output", training.Output(0));
        if (target == "target")
        {
            golden.Compare("loss", [loss]);
        }

        IWeightGradients gradients = (IWeightGradients)training;
        foreach (WeightView view in gradients.WeightGradients)
        {
            golden.Compare("grad." + view.Name, view.ToArray());
        }

        for (int i = 0; i < network.Description.Inputs.Count; i++)
        {
            if (!network.Description.Inputs[i].IsTokens)
            {
                golden.Compare("grad." + Input(i), gradients.InputGradients(i));
            }
        }

        // The same samples in inference.
        float[] output = new float[tensors.Floats("output").Length];
        network.Predict([.. Enumerable.Range(0, network.Description.Inputs.Count).Select(i => tensors.IsInteger(Input(i)) ? (Column)tensors.Integers(Input(i)) : tensors.Floats(Input(i)))], [output]);
        golden.Compare("output", output);
    }

    private static string Merge(string name, string first, string expression, string? second = null, string? output = null) => Network(
        name, "nameof(Along)", $"static Tensor Forward([Input({first})] Tensor a, [Input({second ?? first})] Tensor b) => {expression};", string.Format(null, Along, output ?? first));

    private static string Network(string name, string loss, params string[] members) =>
        $"[Network] [Loss({loss})] public partial class Golden{name}\n{{\n{string.Join("\n", members)}\n}}";
}
