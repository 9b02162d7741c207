using NetCompiler.Generators.Declaration;

namespace NetCompiler.Generators.Tests.Declaration;

/// <summary>Runs a function's instructions in double precision, to compare them with the C# they were read from.</summary>
internal static class ScalarEvaluator
{
    public static double Run(FunctionSpec function, params double[] arguments)
    {
        List<double> values = [.. arguments];
        foreach (ScalarInstruction instruction in function.Instructions)
        {
            values.Add(Compute(instruction, [.. instruction.Operands.Select(index => values[index])]));
        }

        return values[^1];
    }

    private static double Compute(ScalarInstruction instruction, double[] x) => instruction.Operation switch
    {
        "Constant" => instruction.Number,
        "Add" => x[0] + x[1],
        "Subtract" => x[0] - x[1],
        "Multiply" => x[0] * x[1],
        "Divide" => x[0] / x[1],
        "Negate" => -x[0],
        "Abs" => Math.Abs(x[0]),
        "Min" => Math.Min(x[0], x[1]),
        "Max" => Math.Max(x[0], x[1]),
        "Sqrt" => Math.Sqrt(x[0]),
        "Exp" => Math.Exp(x[0]),
        "Log" => Math.Log(x[0]),
        "Log1P" => Math.Log(1 + x[0]),
        "ExpM1" => Math.Exp(x[0]) - 1,
        "Tanh" => Math.Tanh(x[0]),
        "Sin" => Math.Sin(x[0]),
        "Cos" => Math.Cos(x[0]),
        "Pow" => Math.Pow(x[0], x[1]),
        "Floor" => Math.Floor(x[0]),
        "Sign" => Math.Sign(x[0]),
        "Less" => x[0] < x[1] ? 1 : 0,
        "LessOrEqual" => x[0] <= x[1] ? 1 : 0,
        "Equal" => x[0] == x[1] ? 1 : 0,
        "And" => x[0] != 0 && x[1] != 0 ? 1 : 0,
        "Or" => x[0] != 0 || x[1] != 0 ? 1 : 0,
        "Not" => x[0] == 0 ? 1 : 0,
        "Select" => x[0] != 0 ? x[1] : x[2],
        _ => throw new InvalidOperationException($"{instruction.Operation} is not a scalar operation."),
    };
}
