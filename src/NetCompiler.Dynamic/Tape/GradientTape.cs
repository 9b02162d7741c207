namespace NetCompiler.Dynamic.Tape;

/// <summary>Runs operations and remembers those that a gradient must pass, for reverse-mode differentiation.</summary>
/// <typeparam name="T">float or double.</typeparam>
internal sealed class GradientTape<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly List<Value<T>> _results = [];

    /// <summary>Runs an operation. It is recorded only if an operand needs a gradient.</summary>
    public Value<T> Apply(Operation<T> operation, params Value<T>[] operands)
    {
        Value<T> result = operation.Forward(operands);

        // The source is kept in inference too: a loss looks through it for the logits of a softmax.
        result.Source = operation;
        result.Operands = operands;
        foreach (Value<T> operand in operands)
        {
            if (operand.NeedsGradient)
            {
                result.NeedsGradient = true;
                _results.Add(result);
                break;
            }
        }

        return result;
    }

    /// <summary>Differentiates everything recorded; the seeds are the gradients that values already hold.</summary>
    public void RunBackward()
    {
        for (int i = _results.Count - 1; i >= 0; i--)
        {
            Value<T> result = _results[i];
            if (result.HasGradient)
            {
                result.Source!.Backward(result.Operands, result);
            }
        }
    }
}
