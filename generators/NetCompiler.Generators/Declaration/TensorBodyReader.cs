using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using NetCompiler.Generators.Graph;

namespace NetCompiler.Generators.Declaration;

/// <summary>Reads a method of tensors into operations, each with the text of its expression; numbers known while reading are folded.</summary>
internal sealed class TensorBodyReader(Reading reading, int outputCount, int parameterCount) : BodyReader(reading)
{
    private static readonly Regex Whitespace = new(@"\s+", RegexOptions.CultureInvariant);

    private readonly List<LayerSpec> _operations = [];
    private readonly List<bool> _dependsOnOutput = [];

    protected override string Allowed
        => "locals, +, -, *, /, the methods of Tensor (" + TensorOperations.Names + "), Losses.*, arithmetic with numbers, and calls to other static methods of tensors";

    protected override int InstructionCount => _operations.Count;

    /// <summary>The operations with <paramref name="result"/> as the last one.</summary>
    public EquatableArray<LayerSpec> Finish(Value result)
    {
        if (result.Number is not null || result.Index != parameterCount + _operations.Count - 1)
        {
            Value scale = Emit("Constant", [], Shape.Scalar, isOfBatch: true, "1", Real("Value", 1));
            Emit("Multiply", [Materialize(result), scale], result.Shape, result.IsOfBatch, "");
        }

        return new EquatableArray<LayerSpec>(_operations);
    }

    protected override Value? Select(Value condition, Value then, Value otherwise, IOperation at) => Unsupported(at);

    protected override Value? ReadExpression(IOperation expression, Frame frame)
    {
        if (expression.ConstantValue is { HasValue: true, Value: { } constant })
        {
            return constant is bool flag ? Value.Of(flag ? 1 : 0)
                : constant is float or double or int or long ? Value.Of(Convert.ToDouble(constant, CultureInfo.InvariantCulture))
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
            case IConversionOperation conversion when LossMethodReader.IsTensor(conversion.Type) || IsReal(conversion.Type) || conversion.IsImplicit:
                return Read(conversion.Operand, frame);
            case IUnaryOperation { OperatorKind: UnaryOperatorKind.Plus } unary:
                return Read(unary.Operand, frame);
            case IUnaryOperation { OperatorKind: UnaryOperatorKind.Minus } unary:
                return Read(unary.Operand, frame) is { } operand ? Negate(operand, unary) : null;
            case IBinaryOperation binary when Read(binary.LeftOperand, frame) is { } left:
                return Read(binary.RightOperand, frame) is { } right ? Combine(binary.OperatorKind, left, right, binary) : null;
            case IBinaryOperation:
                return null;
            case IConditionalOperation { WhenFalse: { } whenFalse } conditional:
                return Read(conditional.Condition, frame) is { } condition
                    ? condition.Number is { } known ? Read(known != 0 ? conditional.WhenTrue : whenFalse, frame) : Unsupported(conditional)
                    : null;
            case IInvocationOperation call:
                return Invoke(call, frame);
            case IPropertyReferenceOperation { Property: { IsIndexer: true, ContainingType.Name: "TensorShape" }, Arguments.Length: 1 } size:
                return SizeOf(size, size.Instance, size.Arguments[0].Value, frame);
            case IImplicitIndexerReferenceOperation { IndexerSymbol.ContainingType.Name: "TensorShape" } size:
                return SizeOf(size, size.Instance, size.Argument, frame);
            case IPropertyReferenceOperation { Property: { Name: "Length", ContainingType.Name: "TensorShape" }, Instance: IPropertyReferenceOperation { Instance: { } tensor } }:
                return Read(tensor, frame) is { } measured ? Value.Of(measured.Shape.Rank) : null;
            default:
                return Unsupported(expression);
        }
    }

    protected override Value? Combine(BinaryOperatorKind operation, Value left, Value right, IOperation at)
    {
        if (left.Number is { } a && right.Number is { } b)
        {
            bool isIntegral = at.Type?.SpecialType is SpecialType.System_Int32 or SpecialType.System_Int64;
            return ScalarFolding.Fold(operation, a, b, isIntegral) is { } folded ? Value.Of(folded) : Unsupported(at);
        }

        string? kind = operation switch
        {
            BinaryOperatorKind.Add => "Add",
            BinaryOperatorKind.Subtract => "Subtract",
            BinaryOperatorKind.Multiply => "Multiply",
            BinaryOperatorKind.Divide => "Divide",
            _ => null,
        };
        return kind is null ? Unsupported(at) : Elementwise(kind, [left, right], at);
    }

    private static bool IsReal(ITypeSymbol? type) => type?.SpecialType is SpecialType.System_Single or SpecialType.System_Double;

    private static OptionSpec Real(string name, double value) => new(name, OptionType.Real, value, "", default);

    private Value? Negate(Value operand, IOperation at) => operand.Number is { } number ? Value.Of(-number) : Elementwise("Negate", [operand], at);

    /// <summary>x.Shape[i] or x.Shape[^i], a number known while reading.</summary>
    private Value? SizeOf(IOperation size, IOperation? shape, IOperation place, Frame frame)
    {
        bool isFromEnd = place is IUnaryOperation { OperatorKind: UnaryOperatorKind.Hat };
        if (shape is not IPropertyReferenceOperation { Property.Name: "Shape", Instance: { } tensor }
            || Read(tensor, frame) is not { } value || Read(isFromEnd ? ((IUnaryOperation)place).Operand : place, frame) is not { Number: { } number })
        {
            return Unsupported(size);
        }

        int axis = (int)(isFromEnd ? -number : number);
        return axis >= -value.Shape.Rank && axis < value.Shape.Rank && !(isFromEnd && axis == 0) ? Value.Of(value.Shape[axis]) : FailAxis(axis, value.Shape, size);
    }

    private Value? FailAxis(int axis, Shape shape, IOperation at)
    {
        (string rule, string[] arguments) = AxisMistake.Of(axis, shape);
        return Fail(rule, at.Syntax.GetLocation(), arguments);
    }

    private Value? Invoke(IInvocationOperation call, Frame frame)
    {
        IMethodSymbol method = call.TargetMethod;
        bool isLoss = method.ContainingType is { Name: "Losses", ContainingNamespace: { Name: "NetCompiler", ContainingNamespace.IsGlobalNamespace: true } };
        if (!isLoss && !LossMethodReader.IsTensor(method.ContainingType))
        {
            return InvokeUser(call, frame);
        }

        List<Value> operands = [];
        List<OptionSpec> options = [];
        FunctionSpec? function = null;
        if (call.Instance is { } instance)
        {
            if (Read(instance, frame) is not { } self)
            {
                return null;
            }

            operands.Add(self);
        }

        foreach (IArgumentOperation argument in call.Arguments.OrderBy(argument => argument.Parameter?.Ordinal))
        {
            if (!ReadArgument(argument, frame, operands, options, ref function))
            {
                return null;
            }
        }

        string kind = isLoss ? "Losses." + method.Name : method.Name;
        return TensorOperations.Find(kind, operands, options, function) switch
        {
            TensorOperations.Form.Elementwise => Elementwise(kind, operands, call, options, function),
            TensorOperations.Form.Reduction => Reduce(kind, operands[0], options, call),
            TensorOperations.Form.Batch => Emit(kind, [Materialize(operands[0])], operands[0].Shape, isOfBatch: true, TextOf(call)),
            TensorOperations.Form.Loss => Judge(kind, operands, options, call),
            _ => Unsupported(call),
        };
    }

    private Value? InvokeUser(IInvocationOperation call, Frame frame)
    {
        IMethodSymbol method = call.TargetMethod;
        if (method is { IsStatic: true, Parameters.Length: 1 } && ScalarFormulas.IsMathematics(method.ContainingType)
            && TensorOperations.IsUnary(method.Name) && Arguments(call, frame) is { } single)
        {
            return Elementwise(method.Name, single, call);
        }

        bool isReadable = method is { IsStatic: true, MethodKind: MethodKind.Ordinary, Arity: 0, DeclaringSyntaxReferences.Length: > 0 }
            && (LossMethodReader.IsTensor(method.ReturnType) || IsReal(method.ReturnType) || method.ReturnType.SpecialType == SpecialType.System_Int32);
        return !isReadable ? Unsupported(call)
            : Arguments(call, frame) is { } arguments ? Call(method, arguments, call.Syntax.GetLocation())
            : null;
    }

    private bool ReadArgument(IArgumentOperation argument, Frame frame, List<Value> operands, List<OptionSpec> options, ref FunctionSpec? function)
    {
        string name = MemberNames.Member(argument.Parameter?.Name ?? "");
        IOperation value = argument.Value;
        if (value.ConstantValue is { HasValue: true, Value: null or string } || name == "Name")
        {
            return true; // not given, or a name
        }

        if (FunctionOf(value) is { } method)
        {
            if (!FunctionReader.IsFunction(method, 1))
            {
                Unsupported(value);
                return false;
            }

            function = FunctionReader.Read(Reading, method);
            return function is not null || Silent() is not null;
        }

        IReadOnlyList<IOperation>? elements = ElementsOf(value);
        List<Value> values = [];
        foreach (IOperation element in elements ?? [value])
        {
            if (Read(element, frame) is not { } read)
            {
                return false;
            }

            values.Add(read);
        }

        bool isAxis = name is "Axis" or "Axes";
        if (isAxis)
        {
            options.Add(new OptionSpec("Axis", OptionType.IntegerList, 0, "", values.Select(item => (int)(item.Number ?? 0)).ToArray()));
        }
        else if (elements is null && !LossMethodReader.IsTensor(argument.Parameter?.Type) && values[0].Number is { } number)
        {
            bool isFlag = argument.Parameter?.Type.SpecialType == SpecialType.System_Boolean;
            options.Add(new OptionSpec(name, isFlag ? OptionType.Boolean : OptionType.Real, number, "", default));
        }
        else
        {
            operands.AddRange(values);
        }

        return true;
    }

    private static IMethodSymbol? FunctionOf(IOperation value) => value switch
    {
        IDelegateCreationOperation { Target: IMethodReferenceOperation reference } => reference.Method,
        IConversionOperation conversion => FunctionOf(conversion.Operand),
        IMethodReferenceOperation reference => reference.Method,
        _ => null,
    };

    private static IReadOnlyList<IOperation>? ElementsOf(IOperation value) => value switch
    {
        IConversionOperation conversion => ElementsOf(conversion.Operand),
        IArrayCreationOperation { Initializer: { } initializer } => initializer.ElementValues,
        IArrayCreationOperation { DimensionSizes.Length: 1 } array when array.DimensionSizes[0].ConstantValue.Value is 0 => [],
        ICollectionExpressionOperation collection => collection.Elements,
        _ => null,
    };

    private Value? Elementwise(string kind, IReadOnlyList<Value> operands, IOperation at, IEnumerable<OptionSpec>? options = null, FunctionSpec? function = null)
    {
        Value result = Materialize(operands[0]);
        for (int i = 1; i < operands.Count; i++)
        {
            Value other = Materialize(operands[i]);
            if (Broadcasting.Of(result.Shape, other.Shape) is not { } shape)
            {
                return Misfit(result, other, at);
            }

            bool isOfBatch = result.IsOfBatch && other.IsOfBatch;
            if (!HasGradient(result, shape, isOfBatch) || !HasGradient(other, shape, isOfBatch))
            {
                return Fail(
                    "NC0403",
                    at.Syntax.GetLocation(),
                    $"{TextOf(at)}, of shapes {result.Shape} and {other.Shape},",
                    "operands that depend on the output and have all axes of the result, a last axis of 1, or one value");
            }

            result = Emit(kind, [result, other], shape, isOfBatch, TextOf(at), [.. options ?? []]);
        }

        return operands.Count > 1 ? result : Emit(kind, [result], result.Shape, result.IsOfBatch, TextOf(at), [.. options ?? []], function);
    }

    /// <summary>Whether the gradient of an operand that is stretched to a shape can be summed up again; only what depends on the output has one.</summary>
    private bool HasGradient(Value operand, Shape shape, bool isOfBatch)
    {
        Shape own = operand.Shape;
        bool isRow = operand.IsOfBatch && shape.Rank > 0 && own.Length == shape[-1] && own.Rank > 0 && own[-1] == shape[-1];
        bool isColumn = operand.IsOfBatch == isOfBatch && own.Rank == shape.Rank && own.Rank > 0 && own[-1] == 1
            && own.Sizes.Take(own.Rank - 1).SequenceEqual(shape.Sizes.Take(own.Rank - 1));
        return !DependsOnOutput(operand.Index) || own == shape || own.Length == 1 || isRow || isColumn || (operand.IsOfBatch && own.Length == shape.Length);
    }

    private bool DependsOnOutput(int value) => value < parameterCount ? value < outputCount : _dependsOnOutput[value - parameterCount];

    private Value? Reduce(string kind, Value operand, List<OptionSpec> options, IOperation at)
    {
        OptionSpec axis = options.FirstOrDefault() ?? new OptionSpec("Axis", OptionType.IntegerList, 0, "", default);
        foreach (int index in axis.Integers)
        {
            if (index >= operand.Shape.Rank || index < -operand.Shape.Rank)
            {
                return FailAxis(index, operand.Shape, at);
            }
        }

        if (axis.Integers.Any(index => index != -1 && index != operand.Shape.Rank - 1))
        {
            return Fail("NC0403", at.Syntax.GetLocation(), TextOf(at), "reductions over the last axis, -1, or over all axes");
        }

        int[] removed = [.. axis.Integers.Select(index => index < 0 ? index + operand.Shape.Rank : index)];
        Shape shape = axis.Integers.Count == 0 ? Shape.Scalar : new Shape([.. operand.Shape.Sizes.Where((_, i) => !removed.Contains(i))]);
        return Emit(kind, [Materialize(operand)], shape, operand.IsOfBatch, TextOf(at), axis);
    }

    private Value? Judge(string kind, List<Value> operands, List<OptionSpec> options, IOperation at)
    {
        Value output = Materialize(operands[0]), target = Materialize(operands[1]);
        bool isSparse = kind is "Losses.SparseCategoricalCrossentropy" or "Losses.NegativeLogLikelihood";
        bool fits = isSparse
            ? output.Shape.Rank > 0 && target.Shape.Length * output.Shape[-1] == output.Shape.Length
            : target.Shape == output.Shape;
        return fits ? Emit(kind, [output, target], Shape.Scalar, isOfBatch: false, TextOf(at), [.. options]) : Misfit(output, target, at);
    }

    private Value? Misfit(Value left, Value right, IOperation at)
    {
        // Where the output itself meets a target of another length, the last layer's units are the likely mistake.
        Value? other = left.Index == 0 ? right : right.Index == 0 ? left : null;
        bool isTarget = outputCount == 1 && other is { Index: > 0 } && other.Index < parameterCount && other.Shape.Rank == 1;
        Silent();
        Reading.Report(new Finding("NC0311", at.Syntax.GetLocation(), new[] { TextOf(at), left.Shape.ToString(), right.Shape.ToString() })
        {
            Repair = isTarget ? other!.Shape[0].ToString(CultureInfo.InvariantCulture) : "",
        });
        return null;
    }

    private Value Materialize(Value value)
        => value.Number is { } number
            ? Emit("Constant", [], Shape.Scalar, isOfBatch: true, number.ToString("R", CultureInfo.InvariantCulture), Real("Value", number))
            : value;

    private Value Emit(string kind, IReadOnlyList<Value> operands, Shape shape, bool isOfBatch, string source, params OptionSpec[] options)
        => Emit(kind, operands, shape, isOfBatch, source, options, null);

    private Value Emit(string kind, IReadOnlyList<Value> operands, Shape shape, bool isOfBatch, string source, OptionSpec[] options, FunctionSpec? function)
    {
        _operations.Add(new LayerSpec(kind, "", operands.Select(operand => operand.Index).ToArray(), options, source) { Function = function });
        _dependsOnOutput.Add(operands.Any(operand => DependsOnOutput(operand.Index)));
        return new Value(null, parameterCount + _operations.Count - 1) { Shape = shape, IsOfBatch = isOfBatch };
    }

    /// <summary>The expression on one line; the middle of a long one is left out, since each operation quotes all that it is made of.</summary>
    private static string TextOf(IOperation at)
    {
        const int Most = 200, Kept = 97;
        string text = at.Syntax.ToString();
        text = Whitespace.Replace(text.Length > 20 * Most ? text.Substring(0, Most) + text.Substring(text.Length - Most) : text, " ");
        return text.Length > Most ? text.Substring(0, Kept) + " ... " + text.Substring(text.Length - Kept) : text;
    }
}
