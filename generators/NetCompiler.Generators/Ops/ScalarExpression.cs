using System.Globalization;

namespace NetCompiler.Generators.Ops;

/// <summary>A formula over the scalar primitives, as a tree. The factories fold constants and drop neutral operands, and nothing else.</summary>
internal sealed record ScalarExpression(ScalarOperation Operation, EquatableArray<ScalarExpression> Operands, double Number = 0, int Index = 0)
{
    public static ScalarExpression Zero { get; } = Constant(0);

    public static ScalarExpression One { get; } = Constant(1);

    public bool IsConstant => Operation == ScalarOperation.Constant;

    public static implicit operator ScalarExpression(double value) => Constant(value);

    public static ScalarExpression operator +(ScalarExpression a, ScalarExpression b) =>
        a.Is(0) ? b : b.Is(0) ? a : Of(ScalarOperation.Add, a, b);

    public static ScalarExpression operator -(ScalarExpression a, ScalarExpression b) =>
        b.Is(0) ? a : a.Is(0) ? -b : Of(ScalarOperation.Subtract, a, b);

    public static ScalarExpression operator *(ScalarExpression a, ScalarExpression b) =>
        a.Is(0) || b.Is(0) ? Zero : a.Is(1) ? b : b.Is(1) ? a : a.Is(-1) ? -b : b.Is(-1) ? -a : Of(ScalarOperation.Multiply, a, b);

    public static ScalarExpression operator /(ScalarExpression a, ScalarExpression b) =>
        a.Is(0) ? Zero : b.Is(1) ? a : Of(ScalarOperation.Divide, a, b);

    public static ScalarExpression operator -(ScalarExpression a) =>
        a.Operation == ScalarOperation.Negate ? a.Operands[0] : Of(ScalarOperation.Negate, a);

    public static ScalarExpression Constant(double value) => new(ScalarOperation.Constant, default, value);

    public static ScalarExpression Argument(int index) => new(ScalarOperation.Argument, default, 0, index);

    /// <summary>The operation applied; a number when every operand is one.</summary>
    public static ScalarExpression Of(ScalarOperation operation, params ScalarExpression[] operands)
    {
        var expression = new ScalarExpression(operation, operands);
        return operands.All(operand => operand.IsConstant) && ScalarEvaluator.GivesNumber(operation)
            ? Constant(ScalarEvaluator.Evaluate(expression, []))
            : expression;
    }

    /// <summary>condition ? a : b.</summary>
    public static ScalarExpression Select(ScalarExpression condition, ScalarExpression a, ScalarExpression b) =>
        a == b ? a : Of(ScalarOperation.Select, condition, a, b);

    /// <summary>The expression with its arguments replaced.</summary>
    public ScalarExpression Substitute(IReadOnlyList<ScalarExpression> arguments) => Operation switch
    {
        ScalarOperation.Argument => arguments[Index],
        ScalarOperation.Constant => this,
        _ => Rebuild([.. Operands.Select(operand => operand.Substitute(arguments))]),
    };

    /// <summary>Whether the argument occurs: what a gradient must keep of the forward pass.</summary>
    public bool Uses(int argument) =>
        Operation == ScalarOperation.Argument ? Index == argument : Operands.Any(operand => operand.Uses(argument));

    /// <summary>Whether any of the operations is a transcendental function, whose text is long once inlined.</summary>
    public bool IsExpensive() => Operation is ScalarOperation.Exp or ScalarOperation.Log or ScalarOperation.Log1P or ScalarOperation.ExpM1
        or ScalarOperation.Tanh or ScalarOperation.Sigmoid or ScalarOperation.Softplus or ScalarOperation.Erf or ScalarOperation.Sin
        or ScalarOperation.Cos or ScalarOperation.Pow || Operands.Any(operand => operand.IsExpensive());

    /// <summary>The formula as text, for comments and explanations.</summary>
    public override string ToString() => Operation switch
    {
        ScalarOperation.Argument => ((char)('a' + Index)).ToString(),
        ScalarOperation.Constant => Number.ToString("R", CultureInfo.InvariantCulture),
        ScalarOperation.Add => $"({Operands[0]} + {Operands[1]})",
        ScalarOperation.Subtract => $"({Operands[0]} - {Operands[1]})",
        ScalarOperation.Multiply => $"{Operands[0]} * {Operands[1]}",
        ScalarOperation.Divide => $"{Operands[0]} / {Operands[1]}",
        ScalarOperation.Negate => $"-{Operands[0]}",
        ScalarOperation.Less => $"{Operands[0]} < {Operands[1]}",
        ScalarOperation.LessOrEqual => $"{Operands[0]} <= {Operands[1]}",
        ScalarOperation.Equal => $"{Operands[0]} == {Operands[1]}",
        ScalarOperation.Select => $"({Operands[0]} ? {Operands[1]} : {Operands[2]})",
        _ => $"{Operation.ToString().ToLowerInvariant()}({string.Join(", ", Operands)})",
    };

    private static ScalarExpression Combine(ScalarOperation operation, ScalarExpression[] operands) => operation switch
    {
        ScalarOperation.Add => operands[0] + operands[1],
        ScalarOperation.Subtract => operands[0] - operands[1],
        ScalarOperation.Multiply => operands[0] * operands[1],
        ScalarOperation.Divide => operands[0] / operands[1],
        ScalarOperation.Negate => -operands[0],
        _ => Of(operation, operands),
    };

    private ScalarExpression Rebuild(ScalarExpression[] operands) => Combine(Operation, operands);

    private bool Is(double value) => IsConstant && Number == value;
}
