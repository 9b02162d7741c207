using NetCompiler.Dynamic.Operations;
using NetCompiler.Dynamic.Tape;

namespace NetCompiler.Dynamic.Layers;

/// <summary>
/// Attention of a sequence to itself or, with the operands query and value, of one to another: softmax(Q K^T / sqrt(units)) V per head, the heads joined and multiplied with the output kernel
/// (Vaswani et al. 2017). Padded values have weight 0, and with Causal what comes after the query. Dropout is on the weights.
/// </summary>
/// <typeparam name="T">float or double.</typeparam>
internal sealed class MultiHeadAttentionLayer<T> : Layer<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public override Value<T> Apply(LayerCall<T> call)
    {
        call = call.PerSample();
        Value<T> value = call.Inputs[^1];
        int heads = call.Layer.Integer("Heads");
        Value<T> queries = Heads(call, Project(call, call.InputOfRank(2), "query"), heads);
        Value<T> keys = Heads(call, Project(call, value, "key"), heads);
        Value<T> values = Heads(call, Project(call, value, "value"), heads);
        Value<T> scores = call.Tape.Apply(new BatchedProduct<T>(isRightTransposed: true), queries, keys);
        scores = call.Apply(new ScaledByNumber<T>(1 / Math.Sqrt(queries.LastAxis)), scores);
        Value<T> weights = call.Apply(new AttentionWeights<T>(call.Masks[^1], call.Layer.Flag("Causal", false)), scores);
        if (call.Training is not null && call.Layer.Real("Dropout", 0) is var rate && rate > 0)
        {
            weights = call.Apply(new ScaledBy<T>(call.Training.DropoutFactors(call.Layer.Name, weights.Data.Length, rate)), weights);
        }

        Value<T> joined = call.Apply(new PermuteAxes<T>([1, 0, 2]), call.Tape.Apply(new BatchedProduct<T>(isRightTransposed: false), weights, values));
        return Project(call, call.Apply(new Reshape<T>([joined.Shape[0], heads * joined.Shape[2]]), joined), "output");
    }

    private static Value<T> Project(LayerCall<T> call, Value<T> x, string name)
    {
        Value<T> kernel = call.RequiredWeight(name + "_kernel");
        return call.Weight(name + "_bias") is { } bias ? call.Tape.Apply(new MatrixProduct<T>(), x, kernel, bias) : call.Tape.Apply(new MatrixProduct<T>(), x, kernel);
    }

    // (T, heads * units) to (heads, T, units)
    private static Value<T> Heads(LayerCall<T> call, Value<T> x, int heads) =>
        call.Apply(new PermuteAxes<T>([1, 0, 2]), call.Apply(new Reshape<T>([x.Shape[0], heads, x.LastAxis / heads]), x));
}
