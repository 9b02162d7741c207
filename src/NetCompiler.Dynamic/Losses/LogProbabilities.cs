using NetCompiler.Dynamic.Operations;
using NetCompiler.Dynamic.Tape;

namespace NetCompiler.Dynamic.Losses;

/// <summary>The logarithms of class probabilities that the categorical losses share.</summary>
internal static class LogProbabilities
{
    /// <summary>On logits, or right after a softmax, z - log(sum exp(z)); otherwise the logarithm of the output clipped at 1e-7.</summary>
    public static Value<T> Of<T>(LossCall<T> call)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        call.Logits<Softmax<T>>() is { } z
            ? call.Apply(new LogSoftmax<T>(), z)
            : call.Apply(new Log<T>(), call.Apply(new Clip<T>(LossCall<T>.ProbabilityMargin, 1 - LossCall<T>.ProbabilityMargin), call.Output));

    /// <summary>Minus the logarithm at each row's class, with (1 - s) of the weight where s is spread evenly over all classes; the mean over a sequence's steps.</summary>
    public static Value<T> OfClasses<T>(LossCall<T> call, Value<T> logarithms)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int rows = logarithms.Data.Length / logarithms.LastAxis;
        if (call.Target.Data.Length != rows)
        {
            throw new InvalidOperationException($"An output of shape ({string.Join(", ", logarithms.Shape)}) has {rows / logarithms.Samples} distributions per sample, but its target has {call.Target.SampleLength} classes.");
        }

        int[] classes = Array.ConvertAll(call.Target.Data, int.CreateChecked);
        Value<T> likelihood = call.Apply(new Pick<T>(classes), logarithms);
        if (call.LabelSmoothing != 0)
        {
            Value<T> everywhere = call.Apply(new Mean<T>(-1), logarithms);
            likelihood = call.Apply(new Add<T>(), call.Scale(likelihood, 1 - call.LabelSmoothing), call.Scale(everywhere, call.LabelSmoothing));
        }

        return call.MeanOverSample(call.Apply(new Negate<T>(), likelihood));
    }
}
