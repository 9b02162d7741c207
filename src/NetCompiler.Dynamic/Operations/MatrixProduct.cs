using NetCompiler.Dynamic.Tape;

namespace NetCompiler.Dynamic.Operations;

/// <summary>y = x W + b over the last axis: x is (rows, I), W is (I, O), b is (O) or absent.</summary>
/// <typeparam name="T">float or double.</typeparam>
internal sealed class MatrixProduct<T> : Operation<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public override Value<T> Forward(Value<T>[] operands)
    {
        Value<T> x = operands[0], kernel = operands[1];
        int inputs = kernel.Shape[0], outputs = kernel.Shape[1], rows = x.Data.Length / inputs;
        T[] y = Allocate(rows * outputs);
        for (int row = 0; row < rows; row++)
        {
            Span<T> result = y.AsSpan(row * outputs, outputs);
            if (operands.Length > 2)
            {
                operands[2].Data.CopyTo(result);
            }
            else
            {
                result.Clear();
            }
        }

        RowProducts.Add<T>(x.Data, kernel.Data, y, inputs, outputs);
        return x.Like(y, [.. x.Shape.AsSpan(0, x.Shape.Length - 1), outputs]);
    }

    // f = x W + b: dx = df W^T, dW = x^T df, db = sum over the rows of df
    public override void Backward(Value<T>[] operands, Value<T> result)
    {
        Value<T> x = operands[0], kernel = operands[1];
        int inputs = kernel.Shape[0], outputs = kernel.Shape[1];
        if (x.NeedsGradient)
        {
            RowProducts.AddTransposed<T>(result.Gradient, kernel.Data, x.Gradient, inputs, outputs);
        }

        if (kernel.NeedsGradient)
        {
            RowProducts.AddOuter<T>(x.Data, result.Gradient, kernel.Gradient, inputs, outputs);
        }

        if (operands.Length > 2 && operands[2].NeedsGradient)
        {
            T[] bias = operands[2].Gradient;
            for (int start = 0; start < result.Gradient.Length; start += outputs)
            {
                TensorPrimitives.Add<T>(bias, result.Gradient.AsSpan(start, outputs), bias);
            }
        }
    }
}
