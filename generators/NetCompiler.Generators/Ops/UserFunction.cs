using NetCompiler.Generators.Declaration;

namespace NetCompiler.Generators.Ops;

/// <summary>Turns a user's scalar function into a row of the elementwise table; its derivatives follow symbolically.</summary>
internal static class UserFunction
{
    public static ElementwiseOperation ToOperation(FunctionSpec function)
    {
        var values = new List<ScalarExpression>();
        for (int i = 0; i < function.Parameters.Count; i++)
        {
            values.Add(ScalarExpression.Argument(i));
        }

        foreach (ScalarInstruction instruction in function.Instructions)
        {
            ScalarOperation operation = Parse(instruction.Operation);
            values.Add(operation == ScalarOperation.Constant
                ? ScalarExpression.Constant(instruction.Number)
                : Apply(operation, [.. instruction.Operands.Select(operand => values[operand])]));
        }

        return ElementwiseOperation.Derive(function.Method, function.Parameters.Count, values[values.Count - 1]);
    }

    /// <summary>The operation over the operands, folded; looks at the operands' roots only, since they are folded already.</summary>
    private static ScalarExpression Apply(ScalarOperation operation, ScalarExpression[] operands)
        => new ScalarExpression(operation, [.. operands.Select((_, i) => ScalarExpression.Argument(i))]).Substitute(operands);

    private static ScalarOperation Parse(string name) =>
        Enum.TryParse(name, out ScalarOperation operation) ? operation : throw new InvalidOperationException($"{name} is no scalar operation.");
}
