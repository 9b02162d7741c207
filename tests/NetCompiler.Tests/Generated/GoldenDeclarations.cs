using System.Globalization;
using System.Text.Json;
using NetCompiler.TestKit;

namespace NetCompiler.Tests.Generated;

/// <summary>Declarations of the golden cases that are sequential, written from the index.</summary>
internal static class GoldenDeclarations
{
    private static readonly Dictionary<string, string> Functions = new()
    {
        ["abs"] = "MathF.Abs(x)",
        ["log"] = "MathF.Log(x)",
        ["sqrt"] = "MathF.Sqrt(x)",
        ["square"] = "x * x",
        ["reciprocal"] = "1 / x",
    };

    /// <summary>The class's name for a case.</summary>
    public static string ClassName(Golden golden) => "Golden_" + string.Concat(golden.Name.Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '_'));

    /// <summary>Whether the case is a layer, or several, judged by a cotangent.</summary>
    public static bool IsBackward(Golden golden) => golden.Kind is "dense" or "activation" or "reshape" || GoldenLayer.Covers(golden);

    /// <summary>Whether the case has a loss and sequential dense layers.</summary>
    public static bool IsLoss(Golden golden) =>
        golden.Name.StartsWith("loss/", StringComparison.Ordinal) || golden.Name.StartsWith("network/mlp-", StringComparison.Ordinal) || golden.Name == "network/regularized"
        || GoldenNetworks.Layers.ContainsKey(golden.Name);

    /// <summary>The class's source.</summary>
    public static string Source(Golden golden)
    {
        int[] input = golden.Tensors.Shape("input") is [_, .. { Length: > 0 } sample] ? sample : [1];
        List<string> attributes = ["Network", $"Input({string.Join(", ", input)})"];
        string body = "";
        if (golden.Kind == "dense")
        {
            attributes.Add($"Dense({(int)golden.Number("units")}, Activation = Activation.{Pascal(golden.Text("activation"))}, UseBias = {(golden.Config.GetProperty("use_bias").GetBoolean() ? "true" : "false")})");
        }
        else if (GoldenLayer.Covers(golden))
        {
            attributes.Add(GoldenLayer.Of(golden).ToAttribute());
        }
        else if (GoldenNetworks.Layers.TryGetValue(golden.Name, out string? layers))
        {
            return $"[Network]\n[Input({string.Join(", ", input)})]\n{layers}\npublic partial class {ClassName(golden)};\n";
        }
        else if (golden.Kind == "reshape")
        {
            attributes.Add($"Reshape({string.Join(", ", golden.Tensors.Shape("output")[1..])})");
        }
        else if (golden.Kind == "activation")
        {
            string activation = golden.Text("activation");
            if (Functions.TryGetValue(activation, out string? formula))
            {
                attributes.Add("Activation(ActivationMethod = nameof(Own))");
                body = $"static float Own(float x) => {formula};";
            }
            else
            {
                attributes.Add($"Activation(Activation.{Pascal(activation)})");
            }
        }
        else if (golden.Config.TryGetProperty("widths", out JsonElement widths))
        {
            attributes.AddRange(Layers(golden, [.. widths.EnumerateArray().Select(width => width.GetInt32())]));
            attributes.Add($"Loss(Loss.{golden.Text("loss") switch { "mse" => "MeanSquaredError", "bce" => "BinaryCrossentropy", "nll" => "NegativeLogLikelihood", _ => "SparseCategoricalCrossentropy" }})");
        }
        else
        {
            AddLoss(golden, attributes);
        }

        return $"{string.Join("\n", attributes.Select(attribute => $"[{attribute}]"))}\npublic partial class {ClassName(golden)} {{ {body} }}\n";
    }

    // A loss case is a loss on its input: the network is one activation that does nothing.
    private static void AddLoss(Golden golden, List<string> attributes)
    {
        const string FromLogits = "_from_logits";
        string loss = golden.Text("loss");
        bool fromLogits = loss.EndsWith(FromLogits, StringComparison.Ordinal);
        attributes.Add("Activation(Activation.Linear)");
        attributes.Add($"Loss(Loss.{Pascal(fromLogits ? loss[..^FromLogits.Length] : loss)}{(fromLogits ? ", FromLogits = true" : "")})");
    }

    private static IEnumerable<string> Layers(Golden golden, int[] widths)
    {
        for (int i = 1; i < widths.Length; i++)
        {
            string activation = golden.Text(i == widths.Length - 1 ? "output" : "hidden");
            string penalties = string.Concat(new[] { ("kernel_l1", "KernelL1"), ("kernel_l2", "KernelL2"), ("bias_l1", "BiasL1"), ("bias_l2", "BiasL2") }
                .Where(option => golden.Config.TryGetProperty($"dense{i}.{option.Item1}", out _))
                .Select(option => string.Create(CultureInfo.InvariantCulture, $", {option.Item2} = {golden.Number($"dense{i}.{option.Item1}")}")));
            yield return $"Dense({widths[i]}, Activation = Activation.{Pascal(activation)}{penalties})";
        }
    }

    private static string Pascal(string name) => string.Concat(name.Split('_').Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
}
