using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using NetCompiler.Generators.Graph;
using NetCompiler.Generators.Graph.Layers;

namespace NetCompiler.Generators.Declaration.Functional;

/// <content>Blocks whose calls share their weights.</content>
internal sealed partial class TensorBody
{
    /// <summary>The calls of shared blocks that are under way, outermost first.</summary>
    private readonly List<SharedCall> _sharedCalls = [];

    private Flow ExecuteShared(SharedLayers shared, BlockValue block, Scope scope, string name, IOperation at)
    {
        var call = new SharedCall(shared, name, at.Syntax.GetLocation(), !shared.IsRecorded);
        shared.Prefix = shared.IsRecorded ? shared.Prefix : _prefix;
        _sharedCalls.Add(call);
        Flow flow = Execute(block.Body, scope);
        _sharedCalls.RemoveAt(_sharedCalls.Count - 1);
        if (!shared.IsRecorded)
        {
            shared.IsRecorded = true;
        }
        else if (!call.IsRecording && flow == Flow.Return && call.Position < shared.Layers.Count)
        {
            Fail("NC0602", call.Place, name, $"has {NumberText.Integer(call.Position)} layers here and {NumberText.Integer(shared.Layers.Count)} in its first call");
            return Flow.Failed;
        }

        return flow;
    }

    /// <summary>The layer whose weights the next layer uses, -1 for its own, or null with a finding where the first call had another one.</summary>
    private int? NextShared(LayerRule rule)
    {
        foreach (SharedCall call in _sharedCalls.Where(call => !call.IsRecording))
        {
            if (call.Position >= call.Shared.Layers.Count)
            {
                Fail("NC0602", call.Place, call.Name, $"has more than the {NumberText.Integer(call.Shared.Layers.Count)} layers of its first call here");
                return null;
            }

            LayerSpec first = layers.Layers[call.Shared.Layers[call.Position]];
            if (first.Kind != rule.Kind)
            {
                Fail("NC0602", call.Place, call.Name, $"has the layer {rule.Kind} here where its first call has {first.Name}");
                return null;
            }

            return first.SharedWith >= 0 ? first.SharedWith : call.Shared.Layers[call.Position];
        }

        return -1;
    }

    /// <summary>Tells the calls under way of a layer that was added, and checks that its weights are those it shares.</summary>
    private void NoteShared(LayerRule rule, int layer)
    {
        foreach (SharedCall call in _sharedCalls)
        {
            if (call.IsRecording)
            {
                call.Shared.Layers.Add(layer);
            }
            else
            {
                call.Position++;
            }
        }

        LayerSpec added = layers.Layers[layer];
        if (added.SharedWith < 0)
        {
            return;
        }

        LayerSpec first = layers.Layers[added.SharedWith];
        if (WeightsOf(rule, added) is not { } here || WeightsOf(rule, first) is not { } there)
        {
            return; // a mistake that is reported already
        }

        string? difference = here.Length != there.Length ? $"would have {here.Length} weights here and has {there.Length} in its first call"
            : here.Zip(there, (one, other) => one.Name == other.Name && one.Shape == other.Shape ? null
                : $"needs {FileName(added, one)} {one.Shape} for {Origins(added)} here and {other.Shape} for {Origins(first)} in its first call").FirstOrDefault(text => text is not null);
        if (difference is not null)
        {
            SharedCall call = _sharedCalls.First(call => !call.IsRecording);
            Fail("NC0602", call.Place, call.Name, difference);
        }
    }

    private static string FileName(LayerSpec layer, WeightSpec weight) => weight.FileName(layer.Name);

    private WeightSpec[]? WeightsOf(LayerRule rule, LayerSpec layer)
    {
        Shape?[] shapes = [.. layer.Operands.Select(layers.ShapeOf)];
        return shapes.Contains(null) ? null : [.. rule.Weights(layer, [.. shapes.Select(shape => shape!.Value)])];
    }

    private string Origins(LayerSpec layer)
        => layer.Operands.Count == 0 ? "itself" : string.Join(", ", layer.Operands.Select(operand => $"{layers.OriginOf(operand)} {layers.ShapeOf(operand)}"));

    /// <summary>A call of a shared block that is under way.</summary>
    private sealed class SharedCall(SharedLayers shared, string name, Location place, bool isRecording)
    {
        public SharedLayers Shared => shared;

        public string Name => name;

        public Location Place => place;

        public bool IsRecording => isRecording;

        /// <summary>The next of the shared layers.</summary>
        public int Position { get; set; }
    }
}
