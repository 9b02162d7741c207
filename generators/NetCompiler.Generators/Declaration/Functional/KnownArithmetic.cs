using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace NetCompiler.Generators.Declaration.Functional;

/// <summary>Operators and conversions on values that are known while compiling, as C# computes them unchecked.</summary>
internal static class KnownArithmetic
{
    /// <summary>The result, or null where there is none.</summary>
    public static KnownValue? Combine(BinaryOperatorKind operation, KnownValue left, KnownValue right)
    {
        object? result = (left.Content, right.Content) switch
        {
            (string or null, string or null) when operation is BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals
                => Equals(left.Content, right.Content) == (operation == BinaryOperatorKind.Equals),
            (string, _) or (_, string) when operation == BinaryOperatorKind.Add => Text(left) + Text(right),
            (bool a, bool b) => Combine(operation, a, b),
            (EnumerationMember a, EnumerationMember b) when operation is BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals
                => a == b == (operation == BinaryOperatorKind.Equals),
            (float or double, _) or (_, float or double) when left.Number is { } a && right.Number is { } b
                => Combine(operation, a, b, left.Content is not double && right.Content is not double),
            (int a, int b) => Shift(operation, a, b) ?? (Combine(operation, (long)a, b) is { } whole ? unchecked((int)whole) : Compare(operation, a, b)),
            (int or long, int or long) => Combine(operation, Whole(left), Whole(right)) ?? (object?)Compare(operation, Whole(left).CompareTo(Whole(right)), 0),
            _ => null,
        };
        return result is null ? null : new KnownValue(result);
    }

    /// <summary>-x, +x, !x, ~x, or null.</summary>
    public static KnownValue? Apply(UnaryOperatorKind operation, KnownValue operand) => (operation, operand.Content) switch
    {
        (UnaryOperatorKind.Plus, int or long or float or double) => operand,
        (UnaryOperatorKind.Minus, int number) => new KnownValue(unchecked(-number)),
        (UnaryOperatorKind.Minus, long number) => new KnownValue(unchecked(-number)),
        (UnaryOperatorKind.Minus, float number) => new KnownValue(-number),
        (UnaryOperatorKind.Minus, double number) => new KnownValue(-number),
        (UnaryOperatorKind.Not, bool truth) => new KnownValue(!truth),
        (UnaryOperatorKind.BitwiseNegation, int number) => new KnownValue(~number),
        (UnaryOperatorKind.BitwiseNegation, long number) => new KnownValue(~number),
        _ => null,
    };

    /// <summary>The value as a number of another type, or null where the type is no number that is known here.</summary>
    public static KnownValue? Convert(KnownValue value, SpecialType type) => (type, value.Number) switch
    {
        (SpecialType.System_Int32, { } number) => new KnownValue(value.Content is long large ? unchecked((int)large) : unchecked((int)number)),
        (SpecialType.System_Int64, { } number) => new KnownValue(value.Content is int or long ? System.Convert.ToInt64(value.Content, CultureInfo.InvariantCulture) : unchecked((long)number)),
        (SpecialType.System_Single, { } number) => new KnownValue((float)number),
        (SpecialType.System_Double, { } number) => new KnownValue(number),
        (SpecialType.System_Boolean, null) when value.Content is bool => value,
        (SpecialType.System_String, null) when value.Content is string or null => value,
        (SpecialType.System_Object, _) => value,
        _ => null,
    };

    /// <summary>As string interpolation writes it.</summary>
    public static string Text(KnownValue value) => value.Content switch
    {
        EnumerationMember member => member.Name,
        _ => System.Convert.ToString(value.Content, CultureInfo.InvariantCulture) ?? "",
    };

    /// <summary>The members of Math that dimensions are computed with, or null.</summary>
    public static KnownValue? Call(string name, IReadOnlyList<KnownValue> arguments)
    {
        object? result = (name, arguments.Count) switch
        {
            ("Max", 2) when arguments[0].Content is int a && arguments[1].Content is int b => Math.Max(a, b),
            ("Min", 2) when arguments[0].Content is int a && arguments[1].Content is int b => Math.Min(a, b),
            ("Clamp", 3) when arguments[0].Content is int a && arguments[1].Content is int low && arguments[2].Content is int high && low <= high => Math.Min(Math.Max(a, low), high),
            ("Abs", 1) when arguments[0].Content is int a && a != int.MinValue => Math.Abs(a),
            ("Max", 2) when Numbers(arguments) is { } x => Math.Max(x[0], x[1]),
            ("Min", 2) when Numbers(arguments) is { } x => Math.Min(x[0], x[1]),
            ("Abs", 1) when Numbers(arguments) is { } x => Math.Abs(x[0]),
            ("Sqrt", 1) when Numbers(arguments) is { } x => Math.Sqrt(x[0]),
            ("Log", 1) when Numbers(arguments) is { } x => Math.Log(x[0]),
            ("Log", 2) when Numbers(arguments) is { } x => Math.Log(x[0], x[1]),
            ("Exp", 1) when Numbers(arguments) is { } x => Math.Exp(x[0]),
            ("Pow", 2) when Numbers(arguments) is { } x => Math.Pow(x[0], x[1]),
            ("Floor", 1) when Numbers(arguments) is { } x => Math.Floor(x[0]),
            ("Ceiling", 1) when Numbers(arguments) is { } x => Math.Ceiling(x[0]),
            ("Round", 1) when Numbers(arguments) is { } x => Math.Round(x[0]),
            _ => null,
        };
        return result is null ? null : new KnownValue(result);
    }

    private static double[]? Numbers(IReadOnlyList<KnownValue> arguments)
        => arguments.All(argument => argument.Number is not null) ? [.. arguments.Select(argument => argument.Number!.Value)] : null;

    private static object? Combine(BinaryOperatorKind operation, bool a, bool b) => operation switch
    {
        BinaryOperatorKind.Equals => a == b,
        BinaryOperatorKind.NotEquals or BinaryOperatorKind.ExclusiveOr => a != b,
        BinaryOperatorKind.And or BinaryOperatorKind.ConditionalAnd => a && b,
        BinaryOperatorKind.Or or BinaryOperatorKind.ConditionalOr => a || b,
        _ => null,
    };

    private static object? Combine(BinaryOperatorKind operation, double a, double b, bool isSingle)
    {
        double? result = operation switch
        {
            BinaryOperatorKind.Add => a + b,
            BinaryOperatorKind.Subtract => a - b,
            BinaryOperatorKind.Multiply => a * b,
            BinaryOperatorKind.Divide => a / b,
            BinaryOperatorKind.Remainder => a % b,
            _ => null,
        };
        return result is not { } number ? Compare(operation, a, b) : isSingle ? (float)number : number;
    }

    private static long? Combine(BinaryOperatorKind operation, long a, long b) => unchecked(operation switch
    {
        BinaryOperatorKind.Add => a + b,
        BinaryOperatorKind.Subtract => a - b,
        BinaryOperatorKind.Multiply => a * b,
        BinaryOperatorKind.Divide when b != 0 && b != -1 => a / b,
        BinaryOperatorKind.Divide when b == -1 => -a,
        BinaryOperatorKind.Remainder when b != 0 && b != -1 => a % b,
        BinaryOperatorKind.Remainder when b == -1 => 0,
        BinaryOperatorKind.LeftShift => a << (int)b,
        BinaryOperatorKind.RightShift => a >> (int)b,
        BinaryOperatorKind.UnsignedRightShift => a >>> (int)b,
        BinaryOperatorKind.And => a & b,
        BinaryOperatorKind.Or => a | b,
        BinaryOperatorKind.ExclusiveOr => a ^ b,
        _ => (long?)null,
    });

    /// <summary>Shifts of int, which look at the last five bits of the count where those of long look at six.</summary>
    private static object? Shift(BinaryOperatorKind operation, int a, int b) => operation switch
    {
        BinaryOperatorKind.LeftShift => a << b,
        BinaryOperatorKind.RightShift => a >> b,
        BinaryOperatorKind.UnsignedRightShift => a >>> b,
        _ => null,
    };

    // Not by way of a double, which holds only 53 bits.
    private static long Whole(KnownValue value) => System.Convert.ToInt64(value.Content, CultureInfo.InvariantCulture);

    private static object? Compare(BinaryOperatorKind operation, double a, double b) => operation switch
    {
        BinaryOperatorKind.LessThan => a < b,
        BinaryOperatorKind.LessThanOrEqual => a <= b,
        BinaryOperatorKind.GreaterThan => a > b,
        BinaryOperatorKind.GreaterThanOrEqual => a >= b,
        BinaryOperatorKind.Equals => a == b,
        BinaryOperatorKind.NotEquals => a != b,
        _ => null,
    };
}
