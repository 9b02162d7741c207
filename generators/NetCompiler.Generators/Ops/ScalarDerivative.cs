using static NetCompiler.Generators.Ops.ScalarExpression;

namespace NetCompiler.Generators.Ops;

/// <summary>The derivative of a formula with respect to one argument, by the chain rule over the primitives. Piecewise functions take the derivative of the piece.</summary>
internal static class ScalarDerivative
{
    public static ScalarExpression Of(ScalarExpression f, int argument)
    {
        if (!f.Uses(argument))
        {
            return Zero;
        }

        ScalarExpression X(int index) => f.Operands[index];
        ScalarExpression D(int index) => Of(f.Operands[index], argument);
        return f.Operation switch
        {
            ScalarOperation.Argument => One,
            ScalarOperation.Add => D(0) + D(1),
            ScalarOperation.Subtract => D(0) - D(1),
            ScalarOperation.Multiply => (D(0) * X(1)) + (X(0) * D(1)),

            // (u / v)' = (u' - (u / v) v') / v
            ScalarOperation.Divide => (D(0) - (f * D(1))) / X(1),
            ScalarOperation.Negate => -D(0),
            ScalarOperation.Abs => Apply(ScalarOperation.Sign, X(0)) * D(0),

            // min(u, v)' = u < v ? u' : v'
            ScalarOperation.Min => Select(Apply(ScalarOperation.Less, X(0), X(1)), D(0), D(1)),

            // max(u, v)' = v < u ? u' : v'
            ScalarOperation.Max => Select(Apply(ScalarOperation.Less, X(1), X(0)), D(0), D(1)),

            // sqrt(u)' = u' / (2 sqrt(u))
            ScalarOperation.Sqrt => D(0) * 0.5 / f,
            ScalarOperation.Exp => f * D(0),
            ScalarOperation.Log => D(0) / X(0),
            ScalarOperation.Log1P => D(0) / (1.0 + X(0)),
            ScalarOperation.ExpM1 => (f + 1.0) * D(0),
            ScalarOperation.Tanh => (1.0 - (f * f)) * D(0),
            ScalarOperation.Sigmoid => f * (1.0 - f) * D(0),
            ScalarOperation.Softplus => Apply(ScalarOperation.Sigmoid, X(0)) * D(0),

            // erf(u)' = 2 / sqrt(pi) exp(-u^2) u'
            ScalarOperation.Erf => (2 / Math.Sqrt(Math.PI)) * Apply(ScalarOperation.Exp, -(X(0) * X(0))) * D(0),
            ScalarOperation.Sin => Apply(ScalarOperation.Cos, X(0)) * D(0),
            ScalarOperation.Cos => -(Apply(ScalarOperation.Sin, X(0)) * D(0)),

            // (u^v)' = v u^(v-1) u' + u^v log(u) v'
            ScalarOperation.Pow => (X(1) * Apply(ScalarOperation.Pow, X(0), X(1) - 1.0) * D(0))
                + (D(1) is { IsConstant: true, Number: 0 } ? Zero : f * Apply(ScalarOperation.Log, X(0)) * D(1)),
            ScalarOperation.Select => Select(X(0), D(1), D(2)),
            _ => Zero, // floor, sign and conditions are flat where they are differentiable
        };
    }

    private static ScalarExpression Apply(ScalarOperation operation, params ScalarExpression[] operands) => ScalarExpression.Of(operation, operands);
}
