using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using NetCompiler.Generators.Graph;

namespace NetCompiler.Generators.Declaration.Functional;

/// <content>Expressions.</content>
internal sealed partial class TensorBody
{
    private Evaluated? Evaluate(IOperation expression, Scope scope)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        if (!Step(expression))
        {
            return null;
        }

        if (_nesting >= TensorBodyLimits.Nesting)
        {
            return Fail("NC0404", expression.Syntax.GetLocation(), "The expression", $"it nests deeper than {TensorBodyLimits.Nesting}");
        }

        _nesting++;
        Evaluated? value = expression.ConstantValue is { HasValue: true, Value: var constant } ? Constant(expression, constant) : EvaluateExpression(expression, scope);
        _nesting--;
        return value;
    }

    private Evaluated? Constant(IOperation expression, object? constant)
    {
        if (expression.Type is INamedTypeSymbol { TypeKind: TypeKind.Enum } enumeration)
        {
            string? member = enumeration.GetMembers().OfType<IFieldSymbol>().FirstOrDefault(field => field.HasConstantValue && Equals(field.ConstantValue, constant))?.Name;
            return member is not null ? new KnownValue(new EnumerationMember(enumeration.Name, member))
                : Fail("NC0206", expression.Syntax.GetLocation(), string.Format(CultureInfo.InvariantCulture, "{0}", constant), enumeration.Name);
        }

        return constant switch
        {
            null => KnownValue.Null,
            int or long or float or double or bool or string => new KnownValue(constant),
            byte or sbyte or short or ushort => new KnownValue(Convert.ToInt32(constant, CultureInfo.InvariantCulture)),
            uint number => new KnownValue((long)number),
            _ => Unsupported(expression),
        };
    }

    private Evaluated? EvaluateExpression(IOperation expression, Scope scope)
    {
        switch (expression)
        {
            case IParenthesizedOperation parenthesized:
                return Evaluate(parenthesized.Operand, scope);
            case ILocalReferenceOperation local:
                return scope.Find(local.Local) ?? Unsupported(local);
            case IParameterReferenceOperation parameter:
                return scope.Find(parameter.Parameter) ?? Unsupported(parameter);
            case IConversionOperation conversion:
                return Evaluate(conversion.Operand, scope) is { } converted ? ConvertTo(conversion, converted) : null;
            case IUnaryOperation { OperatorKind: UnaryOperatorKind.Hat } hat:
                return Evaluate(hat.Operand, scope) is not { } distance ? null : distance is KnownValue { Integer: { } places } ? new FromEndValue(places) : Unsupported(hat);
            case IUnaryOperation unary:
                return Evaluate(unary.Operand, scope) is { } operand ? Unary(unary, operand) : null;
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd or BinaryOperatorKind.ConditionalOr, OperatorMethod: null } condition:
                return Truth(condition.LeftOperand, scope) is not { } first ? null
                    : first == (condition.OperatorKind == BinaryOperatorKind.ConditionalOr) ? new KnownValue(first)
                    : Truth(condition.RightOperand, scope) is { } second ? new KnownValue(second)
                    : null;
            case IBinaryOperation binary:
                return Evaluate(binary.LeftOperand, scope) is { } left && Evaluate(binary.RightOperand, scope) is { } right
                    ? Combine(binary.OperatorKind, left, right, binary)
                    : null;
            case IConditionalOperation { WhenFalse: { } whenFalse } conditional:
                return Truth(conditional.Condition, scope) is { } truth ? Evaluate(truth ? conditional.WhenTrue : whenFalse, scope) : null;
            case ISwitchExpressionOperation choice:
                return Switch(choice, scope);
            case IIsPatternOperation pattern:
                return Evaluate(pattern.Value, scope) is { } tested && Matches(pattern.Pattern, tested, scope) is { } matches ? new KnownValue(matches) : null;
            case ISimpleAssignmentOperation { IsRef: false } assignment:
                return Evaluate(assignment.Value, scope) is { } assigned && Assign(assignment.Target, assigned, scope) ? assigned : null;
            case ICompoundAssignmentOperation compound:
                return Evaluate(compound.Target, scope) is { } old && Evaluate(compound.Value, scope) is { } change
                    && Combine(compound.OperatorKind, old, change, compound) is { } changed && Assign(compound.Target, changed, scope) ? changed : null;
            case IIncrementOrDecrementOperation step:
                return Increment(step, scope);
            case IDeconstructionAssignmentOperation deconstruction:
                return Evaluate(deconstruction.Value, scope) is { } parts && Assign(deconstruction.Target, parts, scope) ? parts : null;
            case ITupleOperation tuple:
                return EvaluateAll(tuple.Elements, scope) is { } elements ? new TupleValue(elements) : null;
            case IArrayCreationOperation array:
                return CreateArray(array, scope);
            case IArrayInitializerOperation initializer:
                return CreateArray(initializer, scope);
            case ICollectionExpressionOperation collection:
                return EvaluateAll(collection.Elements, scope) is { } items ? new ListValue([.. items]) : null;
            case IArrayElementReferenceOperation { Indices.Length: 1 } element:
                return Evaluate(element.ArrayReference, scope) is { } whole && Evaluate(element.Indices[0], scope) is { } place ? At(whole, place, element) : null;
            case IImplicitIndexerReferenceOperation element:
                return Evaluate(element.Instance, scope) is { } indexed && Evaluate(element.Argument, scope) is { } index ? At(indexed, index, element) : null;
            case IPropertyReferenceOperation { Instance: { } instance } property:
                return Evaluate(instance, scope) is { } owner ? Property(property, owner, scope) : null;
            case IFieldReferenceOperation { Instance: { } instance } field:
                return Evaluate(instance, scope) is { } tuple1 ? TupleElement(field, tuple1) : null;
            case IFieldReferenceOperation { Field: { IsStatic: true, IsReadOnly: true } } field:
                return StaticField(field);
            case IInterpolatedStringOperation interpolated:
                return Interpolate(interpolated, scope);
            case IDelegateCreationOperation creation:
                return Evaluate(creation.Target, scope);
            case IMethodReferenceOperation { Method: var method } formula when FunctionReader.IsFormula(method, 1):
                return new BlockValue(method, formula, null);
            case IMethodReferenceOperation { Instance: null or IInstanceReferenceOperation } reference:
                return BlockOf(reference.Method, reference, scope);
            case IAnonymousFunctionOperation lambda:
                return new BlockValue(lambda.Symbol, lambda.Body, scope);
            case IInvocationOperation call:
                return Invoke(call, scope);
            default:
                return Unsupported(expression);
        }
    }

    /// <summary>The values of all expressions, spreads included, or null.</summary>
    private EquatableArray<Evaluated>? EvaluateAll(IReadOnlyList<IOperation> expressions, Scope scope)
    {
        var values = new List<Evaluated>();
        foreach (IOperation expression in expressions)
        {
            if (Evaluate(expression is ISpreadOperation spread ? spread.Operand : expression, scope) is not { } value)
            {
                return null;
            }

            if (expression is not ISpreadOperation)
            {
                values.Add(value);
            }
            else if (value is ListValue list)
            {
                values.AddRange(list.Items);
            }
            else
            {
                Unsupported(expression);
                return null;
            }
        }

        return new EquatableArray<Evaluated>(values);
    }

    private Evaluated? ConvertTo(IConversionOperation conversion, Evaluated value)
        => value is KnownValue known && conversion.OperatorMethod is null && conversion.Type is { SpecialType: not SpecialType.None } type && (known.Content is not null || !type.IsReferenceType)
            ? KnownArithmetic.Convert(known, type.SpecialType) ?? Unsupported(conversion)
            : value; // a number that becomes a tensor, a list that becomes a span, a method that becomes a delegate

    private Evaluated? Unary(IUnaryOperation unary, Evaluated operand) => operand switch
    {
        KnownValue known => KnownArithmetic.Apply(unary.OperatorKind, known) ?? Unsupported(unary),
        TensorValue tensor when unary.OperatorKind == UnaryOperatorKind.Minus => AddOperation("Negate", [tensor], unary),
        _ => Unsupported(unary),
    };

    private Evaluated? Combine(BinaryOperatorKind operation, Evaluated left, Evaluated right, IOperation at)
    {
        if (left is KnownValue a && right is KnownValue b)
        {
            return KnownArithmetic.Combine(operation, a, b) ?? Unsupported(at);
        }

        string? kind = operation switch
        {
            BinaryOperatorKind.Add => "Add",
            BinaryOperatorKind.Subtract => "Subtract",
            BinaryOperatorKind.Multiply => "Multiply",
            BinaryOperatorKind.Divide => "Divide",
            _ => null,
        };
        return kind is null || left is not (TensorValue or KnownValue) || right is not (TensorValue or KnownValue) ? Unsupported(at) : AddOperation(kind, [left, right], at);
    }

    private Evaluated? Switch(ISwitchExpressionOperation choice, Scope scope)
    {
        if (Evaluate(choice.Value, scope) is not { } value)
        {
            return null;
        }

        foreach (ISwitchExpressionArmOperation arm in choice.Arms)
        {
            var inner = new Scope(scope);
            if (Matches(arm.Pattern, value, inner) is not { } matches || (matches && arm.Guard is not null && Truth(arm.Guard, inner) is null))
            {
                return null;
            }

            if (matches && (arm.Guard is null || Truth(arm.Guard, inner) == true))
            {
                return Evaluate(arm.Value, inner);
            }
        }

        return Unsupported(choice);
    }

    private bool? Matches(IPatternOperation pattern, Evaluated value, Scope scope)
    {
        switch (pattern)
        {
            case IDiscardPatternOperation:
                return true;
            case IConstantPatternOperation constant:
                return Evaluate(constant.Value, scope) is { } expected ? Equal(value, expected) : null;
            case IRelationalPatternOperation relational when value is KnownValue known:
                return Evaluate(relational.Value, scope) is KnownValue bound && KnownArithmetic.Combine(relational.OperatorKind, known, bound) is { Truth: { } truth } ? truth : null;
            case INegatedPatternOperation negated:
                return !Matches(negated.Pattern, value, scope);
            case IBinaryPatternOperation { OperatorKind: BinaryOperatorKind.And } both:
                return Matches(both.LeftPattern, value, scope) is { } first ? first ? Matches(both.RightPattern, value, scope) : false : null;
            case IBinaryPatternOperation either:
                return Matches(either.LeftPattern, value, scope) is { } left ? left ? true : Matches(either.RightPattern, value, scope) : null;
            case IDeclarationPatternOperation { MatchedType: null, DeclaredSymbol: { } variable }:
                scope.Declare(variable, value);
                return true;
            default:
                Unsupported(pattern);
                return null;
        }
    }

    private static bool Equal(Evaluated value, Evaluated expected)
        => value is KnownValue known && expected is KnownValue other && KnownArithmetic.Combine(BinaryOperatorKind.Equals, known, other)?.Truth == true;

    private bool Assign(IOperation target, Evaluated value, Scope scope)
    {
        switch (target)
        {
            case IDiscardOperation:
                return true;
            case ILocalReferenceOperation { IsDeclaration: true } local:
                scope.Declare(local.Local, value);
                return true;
            case ILocalReferenceOperation { Local.RefKind: RefKind.None } local:
                scope.Assign(local.Local, value);
                return true;
            case IParameterReferenceOperation { Parameter.RefKind: RefKind.None } parameter:
                scope.Assign(parameter.Parameter, value);
                return true;
            case IDeclarationExpressionOperation declaration:
                return Assign(declaration.Expression, value, scope);
            case ITupleOperation tuple when value is TupleValue parts && parts.Items.Count == tuple.Elements.Length:
                return tuple.Elements.Select((element, i) => Assign(element, parts.Items[i], scope)).ToArray().All(isDone => isDone);
            case IArrayElementReferenceOperation { Indices.Length: 1 } element:
                if (Evaluate(element.ArrayReference, scope) is not { } list || Evaluate(element.Indices[0], scope) is not { } place)
                {
                    return false;
                }

                if (list is ListValue { Items: var items } && PlaceOf(place, items.Length) is { } index)
                {
                    items[index] = value;
                    return true;
                }

                break;
        }

        Unsupported(target);
        return false;
    }

    private Evaluated? Increment(IIncrementOrDecrementOperation step, Scope scope)
    {
        BinaryOperatorKind kind = step.Kind == OperationKind.Increment ? BinaryOperatorKind.Add : BinaryOperatorKind.Subtract;
        if (Evaluate(step.Target, scope) is not { } old)
        {
            return null;
        }

        return old is KnownValue { Number: not null } number && KnownArithmetic.Combine(kind, number, new KnownValue(1)) is { } changed
            ? Assign(step.Target, changed, scope) ? step.IsPostfix ? old : changed : null
            : Unsupported(step);
    }

    private Evaluated? CreateArray(IArrayInitializerOperation initializer, Scope scope) => EvaluateAll(initializer.ElementValues, scope) is { } items ? new ListValue([.. items]) : null;

    private Evaluated? CreateArray(IArrayCreationOperation array, Scope scope)
    {
        if (array.Initializer is { } initializer)
        {
            return CreateArray(initializer, scope);
        }

        if (array.DimensionSizes.Length != 1 || Evaluate(array.DimensionSizes[0], scope) is not { } size)
        {
            return Unsupported(array);
        }

        if (size is not KnownValue { Integer: >= 0 and <= TensorBodyLimits.Nodes and var length })
        {
            return Unsupported(array);
        }

        Evaluated empty = ((IArrayTypeSymbol)array.Type!).ElementType.SpecialType switch
        {
            SpecialType.System_Int32 => new KnownValue(0),
            SpecialType.System_Int64 => new KnownValue(0L),
            SpecialType.System_Single => new KnownValue(0f),
            SpecialType.System_Double => new KnownValue(0.0),
            SpecialType.System_Boolean => new KnownValue(false),
            _ => KnownValue.Null,
        };
        return new ListValue([.. Enumerable.Repeat(empty, length)]);
    }

    private Evaluated? At(Evaluated whole, Evaluated place, IOperation at)
    {
        switch (whole)
        {
            case ListValue list when PlaceOf(place, list.Items.Length) is { } index:
                return list.Items[index];
            case ShapeValue { Shape: var shape, Origin: var origin }:
                return PlaceOf(place is KnownValue { Integer: < 0 and var behind } ? new FromEndValue(-behind) : place, shape.Rank) is { } axis ? new KnownValue(shape[axis])
                    : place is KnownValue { Integer: { } number } ? ReportAxis(number, shape, origin, at.Syntax.GetLocation())
                    : place is FromEndValue { Distance: var distance } ? Fail("NC0312", at.Syntax.GetLocation(), "^" + NumberText.Integer(distance), shape.ToString(), origin)
                    : Unsupported(at);
            default:
                return Unsupported(at);
        }
    }

    private static int? PlaceOf(Evaluated place, int length)
    {
        int? index = place switch
        {
            KnownValue { Integer: { } number } => number,
            FromEndValue { Distance: var distance } => length - distance,
            _ => null,
        };
        return index >= 0 && index < length ? index : null;
    }

    private Evaluated? Property(IPropertyReferenceOperation property, Evaluated owner, Scope scope)
    {
        switch (owner)
        {
            case TensorValue tensor when property.Property.Name == "Shape":
                return ShapeOf(tensor) is { } shape ? new ShapeValue(shape, layers.OriginOf(tensor.Index)) : Silent();
            case ShapeValue { Shape.Rank: var rank } when property.Property.Name == "Length":
                return new KnownValue(rank);
            case ListValue { Items.Length: var count } when property.Property.Name == "Length":
                return new KnownValue(count);
            case ShapeValue or ListValue when property is { Property.IsIndexer: true, Arguments.Length: 1 }:
                return Evaluate(property.Arguments[0].Value, scope) is { } place ? At(owner, place, property) : null;
            default:
                return Unsupported(property);
        }
    }

    /// <summary>The shape that the method sees: without the steps inside of TimeDistributed.</summary>
    private Shape? ShapeOf(TensorValue tensor)
        => layers.ShapeOf(tensor.Index) is { } shape ? tensor.IsPerStep ? new Shape([.. shape.Sizes.Skip(1)]) : shape : null;

    private Evaluated? TupleElement(IFieldReferenceOperation field, Evaluated whole)
    {
        IFieldSymbol element = field.Field.CorrespondingTupleField ?? field.Field;
        return whole is TupleValue tuple && element.Name.StartsWith("Item", StringComparison.Ordinal)
            && int.TryParse(element.Name.Substring(4), NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= 1 && number <= tuple.Items.Count
            ? tuple.Items[number - 1]
            : Unsupported(field);
    }

    /// <summary>The value that a static readonly field starts with, which is all it ever has.</summary>
    private Evaluated? StaticField(IFieldReferenceOperation field)
    {
        SyntaxNode? syntax = field.Field.DeclaringSyntaxReferences.FirstOrDefault(reference => !GeneratedTrees.Contains(reference.SyntaxTree))?.GetSyntax(reading.CancellationToken);
        return syntax is VariableDeclaratorSyntax { Initializer.Value: { } value }
            && reading.Compilation.GetSemanticModel(syntax.SyntaxTree).GetOperation(value, reading.CancellationToken) is { } initializer
            ? Evaluate(initializer, new Scope(null))
            : Unsupported(field);
    }

    private Evaluated? Interpolate(IInterpolatedStringOperation interpolated, Scope scope)
    {
        var text = new System.Text.StringBuilder();
        foreach (IInterpolatedStringContentOperation part in interpolated.Parts)
        {
            switch (part)
            {
                case IInterpolatedStringTextOperation { Text.ConstantValue.Value: string literal }:
                    text.Append(literal);
                    break;
                case IInterpolationOperation { FormatString: null, Alignment: null } hole:
                    if (Evaluate(hole.Expression, scope) is not { } value)
                    {
                        return null;
                    }

                    if (value is not KnownValue known)
                    {
                        return Unsupported(hole);
                    }

                    text.Append(KnownArithmetic.Text(known));
                    break;
                default:
                    return Unsupported(part);
            }
        }

        return new KnownValue(text.ToString());
    }
}
