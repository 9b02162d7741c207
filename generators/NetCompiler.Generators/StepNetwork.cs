using NetCompiler.Generators.Declaration;
using NetCompiler.Generators.Graph;
using NetCompiler.Generators.Graph.Layers;

namespace NetCompiler.Generators;

/// <summary>
/// Whether a network can be run step by step, and as what: its inputs are sequences of the same length, every layer over steps is causal, and
/// some layer carries a state. What follows the last state of a sequence is computed at every step, as if the sequence ended there.
/// </summary>
internal static class StepNetwork
{
    /// <summary>The declaration with sequences of one step, or null where the network is not causal in time.</summary>
    public static NetworkSpec? Of(NetworkSpec spec, IReadOnlyList<Shape> shapes)
    {
        if (spec.IsFaulty || spec.Inputs.Count == 0 || spec.Inputs.Any(input => input.Shape.Count != (input.Vocabulary > 0 ? 1 : 2) || input.Shape[0] != spec.Inputs[0].Shape[0]))
        {
            return null;
        }

        var values = new List<Form>(spec.Inputs.Select(_ => Form.Sequence));
        bool carries = false;
        for (int i = 0; i < spec.Layers.Count; i++)
        {
            LayerSpec layer = spec.Layers[i];
            LayerRule rule = LayerRule.Find(layer.Kind)!;
            Form[] operands = [.. layer.Operands.Select(operand => values[operand])];
            Shape[] inputs = [.. layer.Operands.Select(operand => shapes[operand])];
            values.Add(FormOf(operands, shapes[spec.Inputs.Count + i]));
            if (!operands.Contains(Form.Sequence))
            {
                continue;
            }

            // Beside a sequence only what is the same for every step can stand.
            if (!rule.IsCausal(layer, inputs) || operands.Where((operand, j) => operand == Form.Last || (operand == Form.Fixed && inputs[j].Rank > 1)).Any())
            {
                return null;
            }

            carries |= rule.Carries;
        }

        return !carries ? null : spec with
        {
            Inputs = new EquatableArray<InputSpec>(spec.Inputs.Select(input => input with { Shape = new EquatableArray<int>(new[] { 1 }.Concat(input.Shape.Skip(1))) })),
        };
    }

    /// <summary>For each layer whether it works on a sequence step by step; the others take the whole of what they are given at every step.</summary>
    public static IReadOnlyList<bool> FindSteps(NetworkSpec spec, IReadOnlyList<Shape> shapes)
    {
        var values = new List<Form>(spec.Inputs.Select(_ => Form.Sequence));
        var steps = new List<bool>();
        for (int i = 0; i < spec.Layers.Count; i++)
        {
            Form[] operands = [.. spec.Layers[i].Operands.Select(operand => values[operand])];
            steps.Add(operands.Contains(Form.Sequence));
            values.Add(FormOf(operands, shapes[spec.Inputs.Count + i]));
        }

        return steps;
    }

    private static Form FormOf(Form[] operands, Shape result) =>
        !operands.Contains(Form.Sequence) ? (operands.Contains(Form.Last) ? Form.Last : Form.Fixed) : result.Rank == 1 ? Form.Last : Form.Sequence;

    private enum Form
    {
        /// <summary>A value per step.</summary>
        Sequence,

        /// <summary>What the last step leaves.</summary>
        Last,

        /// <summary>A value that depends on no input.</summary>
        Fixed,
    }
}
