using NetCompiler.Generators.Declaration;
using NetCompiler.Generators.Ops;

namespace NetCompiler.Generators.Graph.Layers;

/// <summary>
/// A recurrent layer as primitives: the input's products of all steps as one, then a scan over the steps, or two for both directions. What
/// the steps compute is the layer's own.
/// </summary>
/// <param name="rule">The layer's kind.</param>
/// <param name="layer">The layer.</param>
/// <param name="lowering">The graph and the layer's weights.</param>
internal sealed class RecurrentLowering(RecurrentRule rule, LayerSpec layer, LayerLowering lowering)
{
    private readonly GraphBuilder _builder = lowering.Builder;
    private readonly int _units = layer.Integer("Units");

    // Each mask of dropout in the layer has an ordinal of its own.
    private int _masks;

    public Node Run(Node x)
    {
        if (layer.Boolean("Bidirectional"))
        {
            Node forward = Direction(x, RecurrentRule.ForwardPrefix, isReversed: false);
            return Merge(forward, Direction(x, RecurrentRule.BackwardPrefix, isReversed: true));
        }

        bool isReversed = layer.Boolean("GoBackwards");
        Node result = Direction(x, "", isReversed);
        return isReversed && layer.Boolean("ReturnSequences") ? _builder.Reverse(result, 0) : result;
    }

    private Node Merge(Node forward, Node backward) => layer.Enumeration("MergeMode") switch
    {
        "Sum" => _builder.Add(forward, backward),
        "Multiply" => _builder.Multiply(forward, backward),
        "Average" => _builder.Scale(_builder.Add(forward, backward), 0.5),
        _ => _builder.Concat(-1, forward, backward),
    };

    /// <summary>One step alone, (1, features), with states that the caller owns.</summary>
    public Node RunStep(Node x)
    {
        Node input = _builder.Reshape(Projection(x, ""), new Shape(rule.Gates * _units));
        StepState[] carried = [.. Enumerable.Range(0, rule.States).Select(_ => lowering.State(new Shape(_units)))];
        Node[] states = [.. carried.Select(state => state.Before)];
        IReadOnlyList<Node> next = rule.Step(layer, new RecurrentStep(_builder, input, states, states[0], (name, part) => Weight(name, part)));
        Node[] after = [.. next.Select((state, i) => lowering.Masks[0] is { } mask ? _builder.Apply(Elementwise.Choose, mask, state, states[i]) : state)];
        for (int i = 0; i < after.Length; i++)
        {
            carried[i].After = after[i];
        }

        return layer.Boolean("ReturnSequences") ? _builder.Reshape(after[0], new Shape(1, _units)) : after[0];
    }

    // The last output (units), or those of all steps (T, units) in the order of the input.
    private Node Direction(Node x, string prefix, bool isReversed)
    {
        var scan = new ScanBuilder(x.Shape[0]);
        Node input = scan.Sequence(Projection(x, prefix));
        Node[] states = [.. Enumerable.Range(0, rule.States).Select(_ => scan.State(_builder.Constant(0), new Shape(_units), isBatched: true))];
        Node seen = Dropped(layer.Real("RecurrentDropout"), new Shape(_units)) is { } dropped
            ? scan.Body.Multiply(states[0], scan.Invariant(dropped))
            : states[0];
        Node? mask = lowering.Masks[0] is { } counts ? scan.Sequence(_builder.Reshape(counts, new Shape(x.Shape[0], 1))) : null;
        scan.Body.Origin = _builder.Origin;
        var step = new RecurrentStep(scan.Body, input, states, seen, (name, part) => scan.Invariant(Weight(prefix + name, part)));
        IReadOnlyList<Node> next = rule.Step(layer, step);
        for (int i = 0; i < next.Count; i++)
        {
            // A masked step leaves the states, and so the output, as they were.
            Node after = mask is null ? next[i] : scan.Body.Apply(Elementwise.Choose, mask, next[i], states[i]);
            scan.NextState(i, after);
            if (i == 0 && layer.Boolean("ReturnSequences"))
            {
                scan.Output(after);
            }
        }

        return _builder.Make(new ScanResultOperation(IsState: !layer.Boolean("ReturnSequences"), 0), [scan.Finish(_builder, isReversed)]);
    }

    // x W + b of all steps at once
    private Node Projection(Node x, string prefix)
    {
        Node seen = Dropped(layer.Real("Dropout"), new Shape(x.Shape[1])) is { } mask ? _builder.Multiply(x, mask) : x;
        Node product = _builder.Contract("btk", "kn", "btn", seen, lowering.Weight(prefix + "kernel"));
        return layer.Boolean("UseBias") ? _builder.Add(product, Weight(prefix + "bias", rule.InputBias(layer))) : product;
    }

    private Node Weight(string name, WeightPart? part)
    {
        Node whole = lowering.Weight(name);
        if (part is null)
        {
            return whole;
        }

        Node some = _builder.Slice(whole, part.Axis, part.Start, part.Length);
        return !part.IsVector ? some : _builder.Reshape(some, new Shape([.. some.Shape.Sizes.Where((_, axis) => axis != part.Axis)]));
    }

    // One mask for all steps of a sequence, in training.
    private Node? Dropped(double rate, Shape shape) => lowering.IsTraining && rate > 0 ? DropoutRule.Mask(lowering, rate, shape, _masks++) : null;
}
