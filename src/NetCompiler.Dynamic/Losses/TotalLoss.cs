using NetCompiler.Dynamic.Layers;
using NetCompiler.Dynamic.Operations;
using NetCompiler.Dynamic.Tape;

namespace NetCompiler.Dynamic.Losses;

/// <summary>All losses of a network and its regularizers: sum(weight x loss) / n over the samples for each loss, batch losses once, then the regularizers.</summary>
internal static class TotalLoss
{
    /// <summary>Gives the parts, one scalar per loss, times its weight, then one for all regularizers where there are any: the loss is their sum.</summary>
    public static List<Value<T>> Parts<T>(GradientTape<T> tape, NetworkDescription network, LossArguments<T> arguments)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        List<Value<T>> parts = [];
        foreach (LossDescription loss in network.Losses)
        {
            (Value<T> value, StepMask<T>? mask) = One(tape, loss, arguments);
            if (value.IsPerSample)
            {
                // One value per sample, then the weighted mean over the samples.
                value = SampleMean.Of(tape, value, mask);
                value = tape.Apply(new ScaledBy<T>(arguments.SampleWeights), value);
                value = tape.Apply(new BatchSum<T>(isMean: true), value);
            }

            value = tape.Apply(new Mean<T>(null), value);
            parts.Add(tape.Apply(new Multiply<T>(), value, Value<T>.Scalar(loss.Weight)));
        }

        if (Regularizers(tape, network, arguments.Weights) is { } regularizers)
        {
            parts.Add(regularizers);
        }

        return parts;
    }

    private static (Value<T> Value, StepMask<T>? Mask) One<T>(GradientTape<T> tape, LossDescription loss, LossArguments<T> arguments)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        IEnumerable<Value<T>> outputs = loss.Outputs.Select(output => arguments.Outputs[output]);
        IEnumerable<Value<T>> targets = loss.Targets.Select(target => arguments.Targets[target]);
        if (loss.Operations.Count > 0)
        {
            IEnumerable<Value<T>> settings = loss.Settings.Select(setting => Value<T>.Scalar(arguments.Setting(setting)));
            return LossProgram.Run(tape, loss, [.. outputs, .. targets, .. settings], loss.Outputs.Select(output => arguments.OutputMasks[output]));
        }

        LossCall<T> call = new(tape, outputs.First(), targets.First(), arguments.OutputMasks[loss.Outputs[0]], loss.FromLogits, loss.LabelSmoothing, loss.Delta);
        if (loss.Function is { } function)
        {
            return (call.MeanOverSample(tape.Apply(new ScalarLoss<T>(function), call.Output, call.ShapedTarget())), null);
        }

        Loss kind = loss.Kind ?? throw new InvalidOperationException($"Loss {loss.Name} has no kind, no function and no operations.");
        return (LossFunction<T>.Of(kind).Apply(call), null);
    }

    // l1 sum |w| + l2 sum w^2 over all weights that ask for it (Keras's definition, without a half).
    private static Value<T>? Regularizers<T>(GradientTape<T> tape, NetworkDescription network, IReadOnlyDictionary<string, Value<T>> weights)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Value<T>? total = null;
        foreach (WeightDescription weight in network.Layers.SelectMany(layer => layer.Weights).DistinctBy(weight => weight.Name))
        {
            Add(weight.L1, new Abs<T>());
            Add(weight.L2, new Square<T>());

            void Add(double factor, Operation<T> penalty)
            {
                if (factor == 0)
                {
                    return;
                }

                Value<T> sum = tape.Apply(new Sum<T>(null), tape.Apply(penalty, weights[weight.Name]));
                Value<T> term = tape.Apply(new Multiply<T>(), sum, Value<T>.Scalar(factor));
                total = total is null ? term : tape.Apply(new Add<T>(), total, term);
            }
        }

        return total;
    }
}
