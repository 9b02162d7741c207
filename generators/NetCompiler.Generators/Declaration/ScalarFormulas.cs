using Microsoft.CodeAnalysis;
using NetCompiler.Generators.Ops;
using static NetCompiler.Generators.Ops.ScalarOperation;

namespace NetCompiler.Generators.Declaration;

/// <summary>The members of MathF, Math, float and double that functions may use, as formulas over the scalar primitives.</summary>
internal static class ScalarFormulas
{
    private const double Ln2 = 0.69314718055994531;
    private const double Ln10 = 2.3025850929940457;

    private static readonly Dictionary<(string Name, int Arity), Formula> Table = new()
    {
        [("Abs", 1)] = Primitive(Abs),
        [("Sqrt", 1)] = Primitive(Sqrt),
        [("Exp", 1)] = Primitive(Exp),
        [("ExpM1", 1)] = Primitive(ExpM1),
        [("Log", 1)] = Primitive(Log),
        [("LogP1", 1)] = Primitive(Log1P),
        [("Tanh", 1)] = Primitive(Tanh),
        [("Sin", 1)] = Primitive(Sin),
        [("Cos", 1)] = Primitive(Cos),
        [("Pow", 2)] = Primitive(Pow),
        [("Floor", 1)] = Primitive(Floor),
        [("Sign", 1)] = Primitive(Sign),
        [("Max", 2)] = Primitive(Max),
        [("Min", 2)] = Primitive(Min),
        [("Log", 2)] = (code, x) => code.Emit(Divide, code.Emit(Log, x[0]), code.Emit(Log, x[1])),
        [("Log2", 1)] = (code, x) => code.Emit(Multiply, code.Emit(Log, x[0]), Value.Of(1 / Ln2)),
        [("Log10", 1)] = (code, x) => code.Emit(Multiply, code.Emit(Log, x[0]), Value.Of(1 / Ln10)),
        [("Exp2", 1)] = (code, x) => code.Emit(Exp, code.Emit(Multiply, x[0], Value.Of(Ln2))),
        [("Tan", 1)] = (code, x) => code.Emit(Divide, code.Emit(Sin, x[0]), code.Emit(Cos, x[0])),
        [("Sinh", 1)] = (code, x) => Half(code, code.Emit(Subtract, code.Emit(Exp, x[0]), code.Emit(Exp, code.Emit(Negate, x[0])))),
        [("Cosh", 1)] = (code, x) => Half(code, code.Emit(Add, code.Emit(Exp, x[0]), code.Emit(Exp, code.Emit(Negate, x[0])))),
        [("Ceiling", 1)] = (code, x) => code.Emit(Negate, code.Emit(Floor, code.Emit(Negate, x[0]))),
        [("Clamp", 3)] = (code, x) => code.Emit(Min, code.Emit(Max, x[0], x[1]), x[2]),
        [("FusedMultiplyAdd", 3)] = (code, x) => code.Emit(Add, code.Emit(Multiply, x[0], x[1]), x[2]),
        [("MultiplyAddEstimate", 3)] = (code, x) => code.Emit(Add, code.Emit(Multiply, x[0], x[1]), x[2]),
        [("IsNaN", 1)] = (code, x) => code.Emit(Not, code.Emit(Equal, x[0], x[0])),
    };

    /// <summary>Writes a formula over its operands and gives the result.</summary>
    public delegate Value Formula(ScalarBodyReader code, IReadOnlyList<Value> operands);

    public static bool IsMathematics(INamedTypeSymbol type)
        => type.SpecialType is SpecialType.System_Single or SpecialType.System_Double
            || (type is { Name: "Math" or "MathF", ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true } });

    public static Formula? Find(string name, int arity) => Table.TryGetValue((name, arity), out Formula? formula) ? formula : null;

    private static Formula Primitive(ScalarOperation operation) => (code, operands) => code.Emit(operation, [.. operands]);

    private static Value Half(ScalarBodyReader code, Value value) => code.Emit(Multiply, value, Value.Of(0.5));
}
