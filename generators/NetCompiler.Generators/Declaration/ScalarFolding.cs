using Microsoft.CodeAnalysis.Operations;

namespace NetCompiler.Generators.Declaration;

/// <summary>Arithmetic on numbers that are known while reading, as C# would compute it.</summary>
internal static class ScalarFolding
{
    /// <summary>The result, conditions as 0 and 1, or null where there is none.</summary>
    public static double? Fold(BinaryOperatorKind operation, double a, double b, bool isIntegral) => operation switch
    {
        BinaryOperatorKind.Add => a + b,
        BinaryOperatorKind.Subtract => a - b,
        BinaryOperatorKind.Multiply => a * b,
        BinaryOperatorKind.Divide when isIntegral => b == 0 ? null : Math.Truncate(a / b),
        BinaryOperatorKind.Divide => a / b,
        BinaryOperatorKind.Remainder when isIntegral => b == 0 ? null : a % b,
        BinaryOperatorKind.LessThan => Truth(a < b),
        BinaryOperatorKind.LessThanOrEqual => Truth(a <= b),
        BinaryOperatorKind.GreaterThan => Truth(a > b),
        BinaryOperatorKind.GreaterThanOrEqual => Truth(a >= b),
        BinaryOperatorKind.Equals => Truth(a == b),
        BinaryOperatorKind.NotEquals => Truth(a != b),
        BinaryOperatorKind.And or BinaryOperatorKind.ConditionalAnd => Truth(a != 0 && b != 0),
        BinaryOperatorKind.Or or BinaryOperatorKind.ConditionalOr => Truth(a != 0 || b != 0),
        _ => null,
    };

    private static double Truth(bool condition) => condition ? 1 : 0;
}
