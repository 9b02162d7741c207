namespace NetCompiler.Dynamic.Tape;

/// <summary>One eager operation: it computes at once, and adds to its operands' gradients when the tape runs backward.</summary>
/// <typeparam name="T">float or double.</typeparam>
internal abstract class Operation<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Computes the result.</summary>
    public abstract Value<T> Forward(Value<T>[] operands);

    /// <summary>Adds to the gradient of every operand that needs one, from the result's.</summary>
    public abstract void Backward(Value<T>[] operands, Value<T> result);

    /// <summary>Memory that is written completely before it is read.</summary>
    protected static T[] Allocate(int length) => GC.AllocateUninitializedArray<T>(length);
}
