using NetCompiler.Dynamic.Operations;
using NetCompiler.Dynamic.Tape;

namespace NetCompiler.Dynamic.Layers;

/// <summary>
/// y = (x - mean) / sqrt(variance + epsilon) gamma + beta over all axes but the last: with the batch's biased statistics in training, where moving = momentum moving + (1 - momentum) batch,
/// and with the moving ones in inference.
/// </summary>
/// <typeparam name="T">float or double.</typeparam>
internal sealed class BatchNormalizationLayer<T> : Layer<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public override Value<T> Apply(LayerCall<T> call)
    {
        double epsilon = call.Layer.Real("Epsilon", 1e-3);
        if (call.Training is not null)
        {
            StandardizeColumns<T> operation = new(epsilon);
            Value<T> result = call.Apply(operation, call.Input);
            Move(call, "moving_mean", operation.Mean);
            Move(call, "moving_variance", operation.Variance);
            return ScaleAndShift.Apply(call, result);
        }

        T[] factors = [.. call.RequiredWeight("moving_variance").Data];
        TensorPrimitives.Add(factors, T.CreateChecked(epsilon), factors);
        TensorPrimitives.ReciprocalSqrt<T>(factors, factors);
        Value<T> centred = call.Apply(new Subtract<T>(), call.Input, call.RequiredWeight("moving_mean"));
        return ScaleAndShift.Apply(call, call.Apply(new Multiply<T>(), centred, Value<T>.PerBatch(factors, [factors.Length])));
    }

    // A layer that is used twice moves its statistics twice.
    private static void Move(LayerCall<T> call, string weight, T[] batch)
    {
        string name = call.FileName(weight);
        Dictionary<string, T[]> statistics = call.Training!.Statistics;
        T momentum = T.CreateChecked(call.Layer.Real("Momentum", 0.99));
        T[] moved = [.. statistics.GetValueOrDefault(name, call.RequiredWeight(weight).Data)];
        TensorPrimitives.Multiply(moved, momentum, moved);
        TensorPrimitives.MultiplyAdd(batch, T.One - momentum, moved, moved);
        statistics[name] = moved;
    }
}
