using System.Numerics.Tensors;

namespace NetCompiler;

/// <summary>
/// Finds the first value of a step that is not finite, on the batch that is staged and with the weights before the step. Generated code keeps no value between its fused layers, so
/// the interpreter runs the step again, layer by layer, and gradients are compared with those of generated code. Masks of dropout and noise are drawn anew for it.
/// </summary>
internal static class NonFiniteSearch
{
    /// <summary>Runs the step again. Gradients and the step index of the training change.</summary>
    /// <param name="training">Holds the batch; its network has the weights before the step, all of them finite.</param>
    /// <param name="count">The number of samples.</param>
    /// <param name="state">Puts the statistics back that a step moves.</param>
    /// <returns>The value, or null where the loss and all gradients are finite.</returns>
    public static NonFiniteValue? Run(ITraining training, int count, FiniteState state)
    {
        NetworkDescription network = training.Network.Description;
        Column[] inputs = [.. network.Inputs.Select((input, i) => input.IsTokens ? (Column)training.TokenInput(i)[..(count * input.Length)].ToArray() : training.FloatInput(i)[..(count * input.Length)].ToArray())];
        Column[] targets = [.. network.Targets.Select((target, i) => target.IsClasses ? (Column)training.ClassTarget(i)[..(count * target.Length)].ToArray() : training.FloatTarget(i)[..(count * target.Length)].ToArray())];
        if (FindIn(inputs, network.Inputs.Select(input => (input.Name, input.Length)), NonFinitePlace.Input) is { } input)
        {
            return input;
        }

        if (FindIn(targets, network.Targets.Select(target => (target.Name, target.Length)), NonFinitePlace.Target) is { } target)
        {
            return target;
        }

        training.StepIndex--;
        float loss = training.ComputeGradients(count);
        state.Restore();
        return FindByInterpreter(training, count, inputs, targets) ?? FindInGradients(training, loss);
    }

    private static NonFiniteValue? FindIn(Column[] columns, IEnumerable<(string Name, int Length)> descriptions, NonFinitePlace place)
    {
        foreach ((Column column, (string name, int length)) in columns.Zip(descriptions))
        {
            int index = IndexIn(column.Floats.Span);
            if (index >= 0)
            {
                return new NonFiniteValue(place, name, column.Floats.Span[index]) { Sample = index / length };
            }
        }

        return null;
    }

    private static NonFiniteValue? FindByInterpreter(ITraining training, int count, Column[] inputs, Column[] targets)
    {
        DynamicTrace<float> trace;
        try
        {
            DynamicNetwork<float> interpreter = DynamicNetwork.From(training.Network);
            if (training is ILossSettings settings)
            {
                for (int i = 0; i < settings.SettingNames.Count; i++)
                {
                    interpreter.Settings[settings.SettingNames[i]] = settings[i];
                }
            }

            trace = interpreter.Trace(inputs, targets, training.SampleWeights[..count]);
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentException or NotSupportedException)
        {
            // A network that is not generated may describe itself in other words than the interpreter's.
            return null;
        }

        NetworkDescription network = training.Network.Description;
        return FindActivation(network, trace, count) ?? FindLoss(network, trace) ?? FindGradient(network, trace);
    }

    private static NonFiniteValue? FindActivation(NetworkDescription network, DynamicTrace<float> trace, int count)
    {
        for (int i = 0; i < network.Layers.Count; i++)
        {
            LayerDescription layer = network.Layers[i];
            float[] values = trace.Values[network.Inputs.Count + i];
            int index = IndexIn(values);
            if (index >= 0)
            {
                int length = layer.Shape.Aggregate(1, (product, size) => product * size);
                return new NonFiniteValue(NonFinitePlace.Activation, layer.Name, values[index]) { Kind = layer.Kind, Sample = values.Length == count * length ? index / length : null };
            }
        }

        return null;
    }

    private static NonFiniteValue? FindLoss(NetworkDescription network, DynamicTrace<float> trace)
    {
        int part = IndexIn([.. trace.Totals.Losses]);
        string Name(int index) => index < network.Losses.Count ? network.Losses[index].Name : "of the regularizers";
        return part >= 0 ? new NonFiniteValue(NonFinitePlace.Loss, Name(part), trace.Totals.Losses[part])
            : float.IsFinite(trace.Totals.Loss) ? null
            : new NonFiniteValue(NonFinitePlace.Loss, "as the sum of its parts", trace.Totals.Loss);
    }

    /// <summary>From the outputs back: the first layer whose weights' gradients, or whose inputs' gradients, are not finite.</summary>
    private static NonFiniteValue? FindGradient(NetworkDescription network, DynamicTrace<float> trace)
    {
        foreach (OutputDescription output in network.Outputs)
        {
            // A value that layers read gets a part of its gradient from them.
            bool isRead = network.Layers.Any(layer => layer.Operands.Contains(output.Value));
            if (!isRead && IndexIn(trace.Gradients[output.Value]) is var index and >= 0)
            {
                return new NonFiniteValue(NonFinitePlace.Gradient, $"the loss to output {output.Name}", trace.Gradients[output.Value][index]);
            }
        }

        for (int i = network.Layers.Count - 1; i >= 0; i--)
        {
            LayerDescription layer = network.Layers[i];
            foreach (WeightDescription weight in layer.Weights)
            {
                if (trace.Totals.Weights.TryGetValue(weight.Name, out float[]? gradient) && IndexIn(gradient) is var index and >= 0)
                {
                    return new NonFiniteValue(NonFinitePlace.Gradient, layer.Name, gradient[index]) { Kind = layer.Kind, Weight = weight.Name };
                }
            }

            foreach (int operand in layer.Operands)
            {
                if (IndexIn(trace.Gradients[operand]) is var index and >= 0)
                {
                    return new NonFiniteValue(NonFinitePlace.Gradient, layer.Name, trace.Gradients[operand][index]) { Kind = layer.Kind };
                }
            }
        }

        return null;
    }

    /// <summary>What generated code itself says, where the interpreter found nothing: a sum in another order may just not overflow.</summary>
    private static NonFiniteValue? FindInGradients(ITraining training, float loss)
    {
        NetworkDescription network = training.Network.Description;
        if (!float.IsFinite(loss))
        {
            return new NonFiniteValue(NonFinitePlace.Loss, string.Join(" + ", network.Losses.Select(part => part.Name)), loss);
        }

        if (training is IWeightGradients gradients)
        {
            foreach (WeightView view in gradients.WeightGradients.Reverse())
            {
                float[] values = view.ToArray();
                int index = IndexIn(values);
                if (index >= 0)
                {
                    LayerDescription? layer = network.Layers.FirstOrDefault(layer => layer.Weights.Any(weight => weight.Name == view.Name));
                    return new NonFiniteValue(NonFinitePlace.Gradient, layer?.Name ?? view.Name, values[index]) { Kind = layer?.Kind, Weight = view.Name };
                }
            }
        }

        return null;
    }

    private static int IndexIn(ReadOnlySpan<float> values)
    {
        if (values.IsEmpty || TensorPrimitives.IsFiniteAll(values))
        {
            return -1;
        }

        int index = 0;
        while (float.IsFinite(values[index]))
        {
            index++;
        }

        return index;
    }
}
