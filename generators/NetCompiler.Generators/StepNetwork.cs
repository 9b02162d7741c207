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

        IReadOnlyList<Form> values = FindForms(spec, shapes);
        bool carries = false;
        foreach (LayerSpec layer in spec.Layers)
        {
            LayerRule rule = LayerRule.Find(layer.Kind)!;
            Form[] operands = [.. layer.Operands.Select(operand => values[operand])];
            Shape[] inputs = [.. layer.Operands.Select(operand => shapes[operand])];
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
        IReadOnlyList<Form> values = FindForms(spec, shapes);
        return [.. spec.Layers.Select(layer => layer.Operands.Any(operand => values[operand] == Form.Sequence))];
    }

    // The inputs first, then one per layer.
    private static List<Form> FindForms(NetworkSpec spec, IReadOnlyList<Shape> shapes)
    {
        var values = new List<Form>(spec.Inputs.Select(_ => Form.Sequence));
        foreach (LayerSpec layer in spec.Layers)
        {
            Form[] operands = [.. layer.Operands.Select(operand => values[operand])];
            values.Add(!operands.Contains(Form.Sequence) ? (operands.Contains(Form.Last) ? Form.Last : Form.Fixed) : shapes[values.Count].Rank == 1 ? Form.Last : Form.Sequence);
        }

        return values;
    }

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
