using NetCompiler.Dynamic.Layers;
using NetCompiler.Dynamic.Operations;
using NetCompiler.Dynamic.Tape;

namespace NetCompiler.Dynamic.Losses;

/// <summary>One application of a built-in loss to an output and its target.</summary>
/// <param name="Tape">Where operations run.</param>
/// <param name="Output">The judged output.</param>
/// <param name="Target">Its target; for sparse losses the class indices as numbers.</param>
/// <param name="Mask">The steps of the output that count, or null for all.</param>
/// <param name="FromLogits">Whether the output holds logits.</param>
/// <param name="LabelSmoothing">The share of the target that is spread over all classes.</param>
/// <param name="Delta">Where the Huber loss turns linear.</param>
/// <typeparam name="T">float or double.</typeparam>
internal readonly record struct LossCall<T>(GradientTape<T> Tape, Value<T> Output, Value<T> Target, StepMask<T>? Mask, bool FromLogits, double LabelSmoothing, double Delta)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Keras's epsilon: probabilities stay this far from 0 and 1.</summary>
    public const double ProbabilityMargin = 1e-7;

    /// <summary>Applies an operation to one value.</summary>
    public Value<T> Apply(Operation<T> operation, Value<T> value) => Tape.Apply(operation, value);

    /// <summary>Applies an operation to two values, broadcasting them.</summary>
    public Value<T> Apply(BinaryOperation<T> operation, Value<T> left, Value<T> right)
    {
        (Value<T> a, Value<T> b) = Broadcast<T>.Pair(Tape, left, right);
        return Tape.Apply(operation, a, b);
    }

    /// <summary>A value times a number.</summary>
    public Value<T> Scale(Value<T> value, double factor) => Apply(new Multiply<T>(), value, Value<T>.Scalar(factor));

    /// <summary>The target in the output's shape.</summary>
    public Value<T> ShapedTarget()
    {
        if (Target.SampleLength != Output.SampleLength)
        {
            throw new InvalidOperationException($"An output of shape ({string.Join(", ", Output.Shape)}) = {Output.SampleLength} values is judged by a target of {Target.SampleLength}.");
        }

        return Target.Shape.AsSpan().SequenceEqual(Output.Shape) ? Target : Tape.Apply(new Reshape<T>(Output.Shape), Target);
    }

    /// <summary>The mean over all values of a sample, of those at steps that count where there is padding.</summary>
    public Value<T> MeanOverSample(Value<T> value) => SampleMean.Of(Tape, value, Mask);

    /// <summary>What a sigmoid or softmax was computed from, so that its cross-entropy is exact; the output itself with FromLogits; otherwise null.</summary>
    public Value<T>? Logits<TActivation>()
        where TActivation : Operation<T> =>
        FromLogits ? Output : Output.Source is TActivation ? Output.Operands[0] : null;
}
