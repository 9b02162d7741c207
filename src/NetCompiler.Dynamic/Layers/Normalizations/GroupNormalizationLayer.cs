using NetCompiler.Dynamic.Operations;
using NetCompiler.Dynamic.Tape;

namespace NetCompiler.Dynamic.Layers;

/// <summary>y = (x - mean) / sqrt(variance + epsilon) gamma + beta, the statistics over all places and the channels of a group (Wu and He 2018).</summary>
/// <typeparam name="T">float or double.</typeparam>
internal sealed class GroupNormalizationLayer<T> : Layer<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public override Value<T> Apply(LayerCall<T> call)
    {
        Value<T> x = call.Input;
        int groups = call.Layer.Integer("Groups", 32), channels = x.LastAxis, places = x.SampleLength / channels;
        if (channels % groups != 0)
        {
            throw new InvalidOperationException($"{call.Layer.Name}: {channels} channels do not divide into {groups} groups.");
        }

        // (places, groups, channels of a group) with the groups in front, so that what belongs together is a row.
        int[] apart = [places, groups, channels / groups], order = [1, 0, 2];
        Value<T> rows = call.Apply(new PermuteAxes<T>(order), call.Apply(new Reshape<T>(apart), x));
        rows = call.Apply(new Reshape<T>([groups, x.SampleLength / groups]), rows);
        rows = call.Apply(new StandardizeRows<T>(call.Layer.Real("Epsilon", 1e-3), isCentred: true), rows);
        rows = call.Apply(new Reshape<T>([groups, places, channels / groups]), rows);
        return ScaleAndShift.Apply(call, call.Apply(new Reshape<T>(x.Shape), call.Apply(new PermuteAxes<T>(order), rows)));
    }
}
