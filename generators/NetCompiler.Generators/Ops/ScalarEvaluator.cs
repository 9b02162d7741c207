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
            ScalarOperation.Log1P => ScalarMath.Log1P(Operand(0)),
            ScalarOperation.ExpM1 => ScalarMath.ExpM1(Operand(0)),
            ScalarOperation.Tanh => Math.Tanh(Operand(0)),
            ScalarOperation.Sigmoid => ScalarMath.Sigmoid(Operand(0)),
            ScalarOperation.Softplus => ScalarMath.Softplus(Operand(0)),
            ScalarOperation.Erf => ScalarMath.Erf(Operand(0)),
            ScalarOperation.Sin => Math.Sin(Operand(0)),
            ScalarOperation.Cos => Math.Cos(Operand(0)),
            ScalarOperation.Pow => Math.Pow(Operand(0), Operand(1)),
            ScalarOperation.Floor => Math.Floor(Operand(0)),
            ScalarOperation.Sign => ScalarMath.Sign(Operand(0)),
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
}
