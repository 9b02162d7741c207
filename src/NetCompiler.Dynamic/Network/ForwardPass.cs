using NetCompiler.Dynamic.Layers;
using NetCompiler.Dynamic.Losses;
using NetCompiler.Dynamic.Operations;
using NetCompiler.Dynamic.Tape;

namespace NetCompiler.Dynamic.Network;

/// <summary>One run of a network's layers over a batch, on a tape of its own.</summary>
/// <typeparam name="T">float or double.</typeparam>
internal sealed class ForwardPass<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly NetworkDescription _network;
    private readonly Batch<T> _batch;
    private readonly Dictionary<string, Value<T>> _weights = [];
    private readonly StepMask<T>?[] _outputMasks;

    /// <summary>Runs all layers.</summary>
    /// <param name="network">The layers.</param>
    /// <param name="weights">The weights by name.</param>
    /// <param name="batch">The samples.</param>
    /// <param name="training">Random numbers and moved statistics; null in inference.</param>
    /// <param name="gradients">What needs gradients.</param>
    public ForwardPass(NetworkDescription network, IReadOnlyDictionary<string, T[]> weights, Batch<T> batch, TrainingPass<T>? training, GradientTargets gradients)
    {
        _network = network;
        _batch = batch;
        foreach (WeightDescription weight in network.Layers.SelectMany(layer => layer.Weights).DistinctBy(weight => weight.Name))
        {
            Value<T> value = Value<T>.PerBatch(weights[weight.Name], [.. weight.Shape]);
            value.NeedsGradient = gradients.HasFlag(GradientTargets.Parameters) && weight.IsTrainable;
            _weights.Add(weight.Name, value);
        }

        List<Value<T>> values = [];
        List<StepMask<T>?> masks = [];
        for (int i = 0; i < network.Inputs.Count; i++)
        {
            Value<T> value = Value<T>.PerSample(batch.Inputs[i], batch.Count, [.. network.Inputs[i].Shape]);
            value.NeedsGradient = gradients.HasFlag(GradientTargets.Inputs) && !network.Inputs[i].IsTokens;
            values.Add(value);
            masks.Add(StepMask<T>.Of(network.Inputs[i], batch.Inputs[i], batch.Count));
        }

        Inputs = [.. values];
        foreach (LayerDescription layer in network.Layers)
        {
            Value<T>[] operands = [.. layer.Operands.Select(operand => values[operand])];
            Value<T>[] own = [.. layer.Weights.Select(weight => _weights[weight.Name])];
            StepMask<T>?[] counts = [.. layer.Operands.Select(operand => masks[operand])];
            Value<T> result = Layer<T>.Run(new LayerCall<T>(layer, Tape, operands, own, counts, training));
            if (!result.Shape.AsSpan().SequenceEqual([.. layer.Shape]))
            {
                throw new InvalidOperationException($"{layer.Kind} \"{layer.Name}\" gives the shape ({string.Join(", ", result.Shape)}), but its description says ({string.Join(", ", layer.Shape)}).");
            }

            values.Add(result);
            masks.Add(MaskPropagation.Of(layer, result, operands, counts));
        }

        Values = values;

        // What depends on no input is the same for every sample.
        Outputs = [.. network.Outputs.Select(output => Broadcast<T>.To(Tape, values[output.Value], batch.Count, isPerSample: true, values[output.Value].Shape))];
        _outputMasks = [.. network.Outputs.Select(output => masks[output.Value])];
    }

    /// <summary>What was recorded.</summary>
    public GradientTape<T> Tape { get; } = new();

    /// <summary>The inputs.</summary>
    public Value<T>[] Inputs { get; }

    /// <summary>All values as the description numbers them: the inputs, then one per layer.</summary>
    public IReadOnlyList<Value<T>> Values { get; }

    /// <summary>The outputs.</summary>
    public Value<T>[] Outputs { get; }

    /// <summary>Computes the parts of the loss: one per declared loss, then the regularizers where there are any.</summary>
    public List<Value<T>> Losses(Func<SettingDescription, double> setting)
    {
        Value<T>[] targets = new Value<T>[_network.Targets.Count];
        for (int i = 0; i < targets.Length; i++)
        {
            targets[i] = Value<T>.PerSample(_batch.Targets[i], _batch.Count, [.. _network.Targets[i].Shape]);
        }

        return TotalLoss.Parts(Tape, _network, new LossArguments<T>(Outputs, _outputMasks, targets, _batch.SampleWeights, _weights, setting));
    }

    /// <summary>Collects the gradients of the weights in memory that outlives the pass: large fresh arrays at every step would cost a full garbage collection every few steps.</summary>
    public void LendGradients(Dictionary<string, T[]> buffers)
    {
        foreach ((string name, Value<T> value) in _weights)
        {
            if (value.NeedsGradient)
            {
                if (!buffers.TryGetValue(name, out T[]? buffer))
                {
                    buffers.Add(name, buffer = new T[value.Data.Length]);
                }

                value.LendGradient(buffer);
            }
        }
    }

    /// <summary>Runs backward from the gradients that outputs or losses were given, and collects those of weights and inputs.</summary>
    public DynamicGradients<T> Gradients(T loss, IReadOnlyList<T> parts)
    {
        Tape.RunBackward();
        Dictionary<string, T[]> weights = [];
        foreach ((string name, Value<T> value) in _weights)
        {
            if (value.NeedsGradient)
            {
                weights.Add(name, value.Gradient);
            }
        }

        T[][] inputs = [.. Inputs.Select(input => input.NeedsGradient ? input.Gradient : [])];
        return new DynamicGradients<T>(loss, parts, weights, inputs, [.. Outputs.Select(output => output.Data)]);
    }
}
