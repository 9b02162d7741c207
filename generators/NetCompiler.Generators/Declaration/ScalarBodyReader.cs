using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using NetCompiler.Generators.Ops;

namespace NetCompiler.Generators.Declaration;

/// <summary>Reads a function of floats into scalar instructions; equal instructions are one.</summary>
internal sealed partial class ScalarBodyReader(Reading reading, int parameterCount)
{
    private const string Allowed =
        "locals, +, -, *, /, comparisons, if and ?:, members of MathF and Math that have a formula, constants, and calls to other static methods of floats";

    private readonly List<ScalarInstruction> _instructions = [];
    private readonly List<FormulaSize> _sizes = [];
    private readonly Dictionary<ScalarInstruction, int> _indices = [];

    /// <summary>The size of the value written out as one formula, in which a local stands wherever it is used.</summary>
    public FormulaSize SizeOf(Value value) => value.Number is null ? SizeOf(value.Index) : FormulaSize.Leaf;

    /// <summary>The instructions with the value of <paramref name="result"/> as the last one.</summary>
    public EquatableArray<ScalarInstruction> Finish(Value result)
    {
        int index = Materialize(result);
        if (index != parameterCount + _instructions.Count - 1)
        {
            // A function that returns its argument, or a value used before others, ends with an instruction of its own: result + 0 would
            // lose the sign of zero, so it is result * 1.
            int one = Add(new ScalarInstruction(nameof(ScalarOperation.Constant), default, 1));
            _instructions.Add(new ScalarInstruction(nameof(ScalarOperation.Multiply), new[] { index, one }));
        }

        return new EquatableArray<ScalarInstruction>(_instructions);
    }

    public Value Emit(ScalarOperation operation, params Value[] operands)
        => new(null, Add(new ScalarInstruction(operation.ToString(), operands.Select(Materialize).ToArray())))
        {
            IsCondition = operation is ScalarOperation.Less or ScalarOperation.LessOrEqual or ScalarOperation.Equal
                or ScalarOperation.And or ScalarOperation.Or or ScalarOperation.Not,
        };

    private Value? ReadExpression(IOperation expression, Frame frame)
    {
        if (expression.ConstantValue is { HasValue: true, Value: { } constant })
        {
            return constant is bool flag ? Value.Of(flag)
                : NumberOf(constant) is { } number ? Value.Of(number)
                : Unsupported(expression);
        }

        switch (expression)
        {
            case IParenthesizedOperation parenthesized:
                return Read(parenthesized.Operand, frame);
            case ILocalReferenceOperation local:
                return frame[local.Local] ?? Unsupported(local);
            case IParameterReferenceOperation parameter:
                return frame[parameter.Parameter] ?? Unsupported(parameter);
            case IConversionOperation conversion when IsNumeric(conversion.Type) && !(IsIntegral(conversion.Type) && !IsIntegral(conversion.Operand.Type)):
                return Read(conversion.Operand, frame);
            case IUnaryOperation { OperatorMethod: null } unary:
                return Read(unary.Operand, frame) is { } operand ? Unary(unary, operand) : null;
            case IBinaryOperation binary when Read(binary.LeftOperand, frame) is { } left:
                return Read(binary.RightOperand, frame) is { } right ? Combine(binary.OperatorKind, left, right, binary) : null;
            case IBinaryOperation:
                return null;
            case IConditionalOperation { WhenFalse: { } whenFalse } conditional:
                return Choose(conditional, whenFalse, frame);
            case IInvocationOperation { TargetMethod.IsStatic: true } call:
                return Invoke(call, frame);
            default:
                return Unsupported(expression);
        }
    }

    /// <summary>condition ? then : otherwise, for a condition that is known at run time only.</summary>
    private Value? Select(Value condition, Value then, Value otherwise, IOperation at)
        => then == otherwise ? then
            : then.IsCondition ? SelectTruth(condition, then, otherwise)
            : Emit(ScalarOperation.Select, condition, then, otherwise);

    private Value? Combine(BinaryOperatorKind operation, Value left, Value right, IOperation at)
    {
        bool isIntegral = IsIntegral(at.Type);
        if (left.Number is { } a && right.Number is { } b && ScalarFolding.Fold(operation, a, b, isIntegral) is { } folded)
        {
            return IsCondition(at.Type) ? Value.Of(folded != 0) : Value.Of(at.Type?.SpecialType == SpecialType.System_Single ? (float)folded : folded);
        }

        switch (operation)
        {
            case BinaryOperatorKind.Equals when left.IsCondition:
                return SelectTruth(left, right, Not(right));
            case BinaryOperatorKind.NotEquals or BinaryOperatorKind.ExclusiveOr when left.IsCondition:
                return SelectTruth(left, Not(right), right);
            case BinaryOperatorKind.Add:
                return Emit(ScalarOperation.Add, left, right);
            case BinaryOperatorKind.Subtract:
                return Emit(ScalarOperation.Subtract, left, right);
            case BinaryOperatorKind.Multiply:
                return Emit(ScalarOperation.Multiply, left, right);
            case BinaryOperatorKind.Divide when !isIntegral:
                return Emit(ScalarOperation.Divide, left, right);
            case BinaryOperatorKind.LessThan:
                return Emit(ScalarOperation.Less, left, right);
            case BinaryOperatorKind.LessThanOrEqual:
                return Emit(ScalarOperation.LessOrEqual, left, right);
            case BinaryOperatorKind.GreaterThan:
                return Emit(ScalarOperation.Less, right, left);
            case BinaryOperatorKind.GreaterThanOrEqual:
                return Emit(ScalarOperation.LessOrEqual, right, left);
            case BinaryOperatorKind.Equals:
                return Emit(ScalarOperation.Equal, left, right);
            case BinaryOperatorKind.NotEquals:
                return Emit(ScalarOperation.Not, Emit(ScalarOperation.Equal, left, right));
            case BinaryOperatorKind.And or BinaryOperatorKind.ConditionalAnd when left.IsCondition:
                return SelectTruth(left, right, Value.Of(false));
            case BinaryOperatorKind.Or or BinaryOperatorKind.ConditionalOr when left.IsCondition:
                return SelectTruth(left, Value.Of(true), right);
            default:
                return Unsupported(at);
        }
    }

    /// <summary>Targets select numbers only, so a choice between conditions is And, Or and Not.</summary>
    private Value SelectTruth(Value condition, Value then, Value otherwise) => (condition.Number, then.Number, otherwise.Number) switch
    {
        ({ } known, _, _) => known != 0 ? then : otherwise,
        (_, { } a, { } b) => a == b ? then : a != 0 ? condition : Not(condition),
        (_, { } a, null) => a != 0 ? Emit(ScalarOperation.Or, condition, otherwise) : Emit(ScalarOperation.And, Not(condition), otherwise),
        (_, null, { } b) => b != 0 ? Emit(ScalarOperation.Or, Not(condition), then) : Emit(ScalarOperation.And, condition, then),
        _ => Emit(ScalarOperation.Or, Emit(ScalarOperation.And, condition, then), Emit(ScalarOperation.And, Not(condition), otherwise)),
    };

    private Value Not(Value condition) => condition.Number is { } known ? Value.Of(known == 0) : Emit(ScalarOperation.Not, condition);

    private Value? Unary(IUnaryOperation unary, Value operand) => unary.OperatorKind switch
    {
        UnaryOperatorKind.Plus => operand,
        UnaryOperatorKind.Minus when operand.Number is { } number => Value.Of(-number),
        UnaryOperatorKind.Minus => Emit(ScalarOperation.Negate, operand),
        UnaryOperatorKind.Not when operand.IsCondition => Not(operand),
        _ => Unsupported(unary),
    };

    private Value? Choose(IConditionalOperation conditional, IOperation whenFalse, Frame frame)
    {
        if (Read(conditional.Condition, frame) is not { } condition)
        {
            return null;
        }

        if (condition.Number is { } known)
        {
            return Read(known != 0 ? conditional.WhenTrue : whenFalse, frame);
        }

        return Read(conditional.WhenTrue, frame) is { } then && Read(whenFalse, frame) is { } otherwise
            ? Select(condition, then, otherwise, conditional)
            : null;
    }

    private Value? Invoke(IInvocationOperation call, Frame frame)
    {
        IMethodSymbol method = call.TargetMethod;
        if (ScalarFormulas.IsMathematics(method.ContainingType))
        {
            return ScalarFormulas.Find(method.Name, method.Parameters.Length) is { } formula && Arguments(call, frame) is { } operands
                ? formula(this, operands)
                : Unsupported(call);
        }

        bool isFunction = method.DeclaringSyntaxReferences.Length > 0 && method.MethodKind == MethodKind.Ordinary && method.Arity == 0 && IsNumeric(method.ReturnType)
            && method.Parameters.All(parameter => IsNumeric(parameter.Type));
        if (!isFunction)
        {
            return Unsupported(call);
        }

        return Arguments(call, frame) is { } arguments ? Call(method, arguments, call.Syntax.GetLocation()) : null;
    }

    private int Materialize(Value value)
        => value.Number is { } number ? Add(new ScalarInstruction(nameof(ScalarOperation.Constant), default, number)) : value.Index;

    private int Add(ScalarInstruction instruction)
    {
        // Records compare NaN and the two zeros as equal numbers do not: bits tell them apart.
        if (_indices.TryGetValue(instruction, out int index)
            && BitConverter.DoubleToInt64Bits(_instructions[index - parameterCount].Number) == BitConverter.DoubleToInt64Bits(instruction.Number))
        {
            return index;
        }

        index = parameterCount + _instructions.Count;
        _instructions.Add(instruction);
        _sizes.Add(FormulaSize.Over(instruction.Operands.Select(SizeOf)));
        _indices[instruction] = index;
        return index;
    }

    private FormulaSize SizeOf(int index) => index < parameterCount ? FormulaSize.Leaf : _sizes[index - parameterCount];

    private static double? NumberOf(object constant) => constant switch
    {
        float or double or int or long or uint or short or ushort or byte or sbyte => Convert.ToDouble(constant, CultureInfo.InvariantCulture),
        _ => null,
    };

    private static bool IsCondition(ITypeSymbol? type) => type?.SpecialType == SpecialType.System_Boolean;

    private static bool IsIntegral(ITypeSymbol? type)
        => type?.SpecialType is >= SpecialType.System_SByte and <= SpecialType.System_UInt64;

    private static bool IsNumeric(ITypeSymbol? type)
        => type?.SpecialType is SpecialType.System_Single or SpecialType.System_Double or SpecialType.System_Boolean || IsIntegral(type);
}
