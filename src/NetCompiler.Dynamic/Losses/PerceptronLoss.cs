using NetCompiler.Dynamic.Operations;
using NetCompiler.Dynamic.Tape;

namespace NetCompiler.Dynamic.Losses;

/// <summary>The mean over the outputs of (step(z) - t) z with z before the step activation; the gradient passes through z only, since the step's is 0.</summary>
/// <typeparam name="T">float or double.</typeparam>
internal sealed class PerceptronLoss<T> : LossFunction<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public override Value<T> Apply(LossCall<T> call)
    {
        if (call.Output.Source is not Step<T>)
        {
            throw new InvalidOperationException("The perceptron loss needs an output that comes right from a step activation: it is defined on what the step is taken of.");
        }

        Value<T> error = call.Apply(new Subtract<T>(), call.Output, call.ShapedTarget());
        return call.MeanOverSample(call.Apply(new Multiply<T>(), error, call.Output.Operands[0]));
    }
}
