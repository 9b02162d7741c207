namespace NetCompiler.Tests.Generated;

/// <summary>A random network as a list of operations: its source, sequential or as a Forward method, and everything that is one operation or one option smaller.</summary>
internal sealed record RandomNetwork(int Seed, string Name, bool IsSequential, string[] Inputs, RandomStep[] Steps, string[] Outputs, string[] Losses, string[] Methods)
{
    /// <summary>The class.</summary>
    public string Source => IsSequential ? Sequential() : Functional();

    /// <summary>Every network that lacks one operation, one option or one output; not all of them are legal.</summary>
    public IEnumerable<RandomNetwork> Smaller()
    {
        for (int i = Outputs.Length - 1; i >= 0 && Outputs.Length > 1; i--)
        {
            int kept = 1 - i;
            yield return this with { Outputs = [Outputs[kept]], Losses = [Losses[kept]] };
        }

        for (int i = Steps.Length - 1; i >= 0; i--)
        {
            yield return Without(i);
        }

        for (int i = 0; i < Steps.Length; i++)
        {
            for (int option = 0; option < Steps[i].Options.Length; option++)
            {
                RandomStep[] steps = [.. Steps];
                steps[i] = steps[i] with { Options = [.. steps[i].Options.Where((_, other) => other != option)] };
                yield return this with { Steps = steps };
            }
        }
    }

    /// <summary>The columns of inputs: normal numbers, or tokens of which a third are padding.</summary>
    public static Column[] InputsOf(NetworkDescription network, int count, int seed) =>
    [
        .. network.Inputs.Select((input, i) => input.IsTokens
            ? (Column)Array.ConvertAll(Numbers.Classes(count * input.Length, 3 * input.Vocabulary, seed + i), token => token < input.Vocabulary || input.Padding < 0 ? token % input.Vocabulary : token % 2 == 0 ? input.Padding : token % input.Vocabulary)
            : Numbers.Normal(count * input.Length, seed + i)),
    ];

    /// <summary>The columns of targets: classes, zeros and ones, or normal numbers, as the loss needs them.</summary>
    public static Column[] TargetsOf(NetworkDescription network, int count, int seed) =>
    [
        .. network.Targets.Select((target, i) => target.IsClasses
            ? (Column)Numbers.Classes(count * target.Length, target.Classes, seed + i)
            : network.Losses.Single(loss => loss.Targets.Contains(i)).Kind == Loss.BinaryCrossentropy
                ? Array.ConvertAll(Numbers.Normal(count * target.Length, seed + i), value => value > 0 ? 1f : 0)
                : Numbers.Normal(count * target.Length, seed + i)),
    ];

    private RandomNetwork Without(int index)
    {
        RandomStep removed = Steps[index];
        return this with
        {
            Steps = [.. Steps.Where((_, i) => i != index).Select(step => step with { Operands = [.. step.Operands.Select(Kept)] })],
            Outputs = [.. Outputs.Select(Kept)],
        };

        string Kept(string value) => value == removed.Result ? removed.Operands[0] : value;
    }

    private string Sequential() =>
        $"[Network]\n[{Inputs[0]}]\n{string.Concat(Steps.Select(step => step.Attribute + "\n"))}[{Losses[0]}]\npublic partial class {Name};\n";

    private string Functional()
    {
        bool isOne = Outputs.Length == 1;
        string[] outputs = [.. Outputs.Select((_, i) => $"Out{i}")];
        IEnumerable<string> lines =
        [
            "[Network]",
            .. Losses.Select((loss, i) => isOne ? $"[{loss}]" : $"[{loss[..^1]}, Output = \"{outputs[i]}\")]"),
            $"public partial class {Name}",
            "{",
            $"    static {(isOne ? "Tensor" : $"({string.Join(", ", outputs.Select(name => $"Tensor {name}"))})")} Forward({string.Join(", ", Inputs.Select((input, i) => $"[{input}] Tensor x{i}"))})",
            "    {",
            .. Steps.Select(step => "        " + step.Statement),
            $"        return {(isOne ? Outputs[0] : $"({string.Join(", ", Outputs)})")};",
            "    }",
            .. Methods.Select(method => "\n    " + method),
            "}",
        ];
        return string.Join("\n", lines) + "\n";
    }
}
