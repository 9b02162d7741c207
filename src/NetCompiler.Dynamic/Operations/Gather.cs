using NetCompiler.Dynamic.Tape;

namespace NetCompiler.Dynamic.Operations;

/// <summary>Rows of a table: tokens (...), kept as numbers, and a table (V, U) give (..., U).</summary>
/// <typeparam name="T">float or double.</typeparam>
internal sealed class Gather<T> : Operation<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public override Value<T> Forward(Value<T>[] operands)
    {
        Value<T> tokens = operands[0], table = operands[1];
        int units = table.Shape[1];
        T[] result = Allocate(tokens.Data.Length * units);
        for (int i = 0; i < tokens.Data.Length; i++)
        {
            table.Data.AsSpan(int.CreateChecked(tokens.Data[i]) * units, units).CopyTo(result.AsSpan(i * units));
        }

        return tokens.Like(result, [.. tokens.Shape, units]);
    }

    // f[i] = table[token i], dtable[v] = sum of df[i] over all i with token v
    public override void Backward(Value<T>[] operands, Value<T> result)
    {
        Value<T> tokens = operands[0], table = operands[1];
        int units = table.Shape[1];
        for (int i = 0; i < tokens.Data.Length; i++)
        {
            Span<T> row = table.Gradient.AsSpan(int.CreateChecked(tokens.Data[i]) * units, units);
            TensorPrimitives.Add(row, result.Gradient.AsSpan(i * units, units), row);
        }
    }
}
