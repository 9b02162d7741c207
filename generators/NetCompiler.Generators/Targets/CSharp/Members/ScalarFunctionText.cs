using NetCompiler.Generators.Declaration;

namespace NetCompiler.Generators.Targets.CSharp.Members;

/// <summary>A user's scalar function as a lambda in double precision: what descriptions hold.</summary>
internal static class ScalarFunctionText
{
    private const string Math = "global::System.Math";
    private const string ScalarMath = MemberNames.Runtime + ".ScalarMath";

    /// <summary>One row per scalar primitive.</summary>
    private static readonly Dictionary<string, Func<ScalarInstruction, Func<int, string>, string>> Rows = new()
    {
        ["Argument"] = (_, o) => o(0),
        ["Constant"] = (instruction, _) => NumberText.Real(instruction.Number),
        ["Add"] = (_, o) => $"{o(0)} + {o(1)}",
        ["Subtract"] = (_, o) => $"{o(0)} - {o(1)}",
        ["Multiply"] = (_, o) => $"{o(0)} * {o(1)}",
        ["Divide"] = (_, o) => $"{o(0)} / {o(1)}",
        ["Negate"] = (_, o) => $"-{o(0)}",
        ["Abs"] = (_, o) => $"{Math}.Abs({o(0)})",
        ["Min"] = (_, o) => $"{Math}.Min({o(0)}, {o(1)})",
        ["Max"] = (_, o) => $"{Math}.Max({o(0)}, {o(1)})",
        ["Sqrt"] = (_, o) => $"{Math}.Sqrt({o(0)})",
        ["Exp"] = (_, o) => $"{Math}.Exp({o(0)})",
        ["Log"] = (_, o) => $"{Math}.Log({o(0)})",
        ["Log1P"] = (_, o) => $"{ScalarMath}.Log1P({o(0)})",
        ["ExpM1"] = (_, o) => $"{ScalarMath}.ExpM1({o(0)})",
        ["Tanh"] = (_, o) => $"{Math}.Tanh({o(0)})",
        ["Sigmoid"] = (_, o) => $"{ScalarMath}.Sigmoid({o(0)})",
        ["Softplus"] = (_, o) => $"{ScalarMath}.Softplus({o(0)})",
        ["Erf"] = (_, o) => $"{ScalarMath}.Erf({o(0)})",
        ["Sin"] = (_, o) => $"{Math}.Sin({o(0)})",
        ["Cos"] = (_, o) => $"{Math}.Cos({o(0)})",
        ["Pow"] = (_, o) => $"{Math}.Pow({o(0)}, {o(1)})",
        ["Floor"] = (_, o) => $"{Math}.Floor({o(0)})",
        ["Sign"] = (_, o) => $"{ScalarMath}.Sign({o(0)})",
        // The compiler warns of a comparison with itself.
        ["Less"] = (_, o) => o(0) == o(1) ? "false" : $"{o(0)} < {o(1)}",
        ["LessOrEqual"] = (_, o) => o(0) == o(1) ? $"!double.IsNaN({o(0)})" : $"{o(0)} <= {o(1)}",
        ["Equal"] = (_, o) => o(0) == o(1) ? $"!double.IsNaN({o(0)})" : $"{o(0)} == {o(1)}",
        ["And"] = (_, o) => $"{o(0)} && {o(1)}",
        ["Or"] = (_, o) => $"{o(0)} || {o(1)}",
        ["Not"] = (_, o) => $"!{o(0)}",
        ["Select"] = (_, o) => $"{o(0)} ? {o(1)} : {o(2)}",
    };

    /// <summary>Whether a primitive has a row.</summary>
    public static bool Knows(string operation) => Rows.ContainsKey(operation);

    /// <summary>The lambda: one local variable per instruction, since results may be used more than once.</summary>
    public static string Lambda(FunctionSpec function)
    {
        int parameters = function.Parameters.Count;
        string Name(int value) => value < parameters ? $"p{NumberText.Integer(value)}" : $"v{NumberText.Integer(value - parameters)}";
        string arguments = "(" + MemberWriter.List(Enumerable.Range(0, parameters).Select(Name)) + ")";
        if (function.Instructions.Count == 0)
        {
            return $"static {arguments} => {Name(0)}";
        }

        List<string> lines = [];
        for (int i = 0; i < function.Instructions.Count; i++)
        {
            ScalarInstruction instruction = function.Instructions[i];
            string text = Rows[instruction.Operation](instruction, operand => Name(instruction.Operands[operand]));
            lines.Add(i == function.Instructions.Count - 1 ? $"    return {text};" : $"    var {Name(parameters + i)} = {text};");
        }

        return $"static {arguments} => // {function.Method}: {string.Concat(function.Source.Where(letter => letter >= ' ' && letter is not ('\u0085' or '\u2028' or '\u2029')))}\n{{\n{string.Join("\n", lines)}\n}}";
    }
}
