namespace NetCompiler.Generators.Ops;

/// <summary>Evaluates formulas in double: constant folding, and the reference of tests. Conditions are 1 and 0.</summary>
internal static class ScalarEvaluator
{
    /// <summary>Whether the operation's result is a number, not a condition.</summary>
    public static bool GivesNumber(ScalarOperation operation) => operation is not (ScalarOperation.Less or ScalarOperation.LessOrEqual
        or ScalarOperation.Equal or ScalarOperation.And or ScalarOperation.Or or ScalarOperation.Not);

    public static double Evaluate(ScalarExpression expression, double[] arguments)
    {
        double Operand(int index) => Evaluate(expression.Operands[index], arguments);
        return expression.Operation switch
        {
            ScalarOperation.Argument => arguments[expression.Index],
            ScalarOperation.Constant => expression.Number,
            ScalarOperation.Add => Operand(0) + Operand(1),
            ScalarOperation.Subtract => Operand(0) - Operand(1),
            ScalarOperation.Multiply => Operand(0) * Operand(1),
            ScalarOperation.Divide => Operand(0) / Operand(1),
            ScalarOperation.Negate => -Operand(0),
            ScalarOperation.Abs => Math.Abs(Operand(0)),
            ScalarOperation.Min => Math.Min(Operand(0), Operand(1)),
            ScalarOperation.Max => Math.Max(Operand(0), Operand(1)),
            ScalarOperation.Sqrt => Math.Sqrt(Operand(0)),
            ScalarOperation.Exp => Math.Exp(Operand(0)),
            ScalarOperation.Log => Math.Log(Operand(0)),
            ScalarOperation.Log1P => Log1P(Operand(0)),
            ScalarOperation.ExpM1 => ExpM1(Operand(0)),
            ScalarOperation.Tanh => Math.Tanh(Operand(0)),
            ScalarOperation.Sigmoid => 1 / (1 + Math.Exp(-Operand(0))),
            ScalarOperation.Softplus => Softplus(Operand(0)),
            ScalarOperation.Erf => Erf(Operand(0)),
            ScalarOperation.Sin => Math.Sin(Operand(0)),
            ScalarOperation.Cos => Math.Cos(Operand(0)),
            ScalarOperation.Pow => Math.Pow(Operand(0), Operand(1)),
            ScalarOperation.Floor => Math.Floor(Operand(0)),
            ScalarOperation.Sign => Operand(0) > 0 ? 1 : Operand(0) < 0 ? -1 : Operand(0),
            ScalarOperation.Less => Operand(0) < Operand(1) ? 1 : 0,
            ScalarOperation.LessOrEqual => Operand(0) <= Operand(1) ? 1 : 0,
            ScalarOperation.Equal => Operand(0) == Operand(1) ? 1 : 0,
            ScalarOperation.And => Operand(0) != 0 && Operand(1) != 0 ? 1 : 0,
            ScalarOperation.Or => Operand(0) != 0 || Operand(1) != 0 ? 1 : 0,
            ScalarOperation.Not => Operand(0) == 0 ? 1 : 0,
            ScalarOperation.Select => Operand(0) != 0 ? Operand(1) : Operand(2),
            _ => throw new InvalidOperationException($"No value is defined for {expression.Operation}."),
        };
    }

    // Kahan's correction: exact to double rounding for small x.
    private static double Log1P(double x)
    {
        double u = 1 + x;
        return u == 1 ? x : Math.Log(u) * x / (u - 1);
    }

    private static double ExpM1(double x) => Math.Abs(x) < 1e-5 ? x + (x * x / 2) + (x * x * x / 6) : Math.Exp(x) - 1;

    private static double Softplus(double x) => Math.Max(x, 0) + Log1P(Math.Exp(-Math.Abs(x)));

    // The Maclaurin series below 3, the continued fraction of erfc above (Abramowitz and Stegun 7.1.5 and 7.1.14).
    private static double Erf(double x)
    {
        double a = Math.Abs(x);
        if (double.IsNaN(x))
        {
            return x;
        }

        if (a >= 6)
        {
            return Math.Sign(x);
        }

        if (a < 3)
        {
            double term = x, sum = x;
            for (int n = 1; n < 100; n++)
            {
                term *= -x * x / n;
                sum += term / ((2 * n) + 1);
            }

            return 2 / Math.Sqrt(Math.PI) * sum;
        }

        double fraction = 0;
        for (int n = 60; n > 0; n--)
        {
            fraction = n / 2.0 / (a + fraction);
        }

        return Math.Sign(x) * (1 - (Math.Exp(-a * a) / Math.Sqrt(Math.PI) / (a + fraction)));
    }
}
