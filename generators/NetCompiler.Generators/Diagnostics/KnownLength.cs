using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace NetCompiler.Generators.Diagnostics;

/// <summary>The length of an array, stackalloc or collection expression, where the source tells it.</summary>
internal static class KnownLength
{
    public static long? Of(IOperation value)
    {
        while (value is IConversionOperation conversion)
        {
            value = conversion.Operand;
        }

        return value switch
        {
            IArrayCreationOperation { DimensionSizes.Length: 1 } array => Constant(array.DimensionSizes[0].ConstantValue),
            ICollectionExpressionOperation collection when !collection.Elements.Any(element => element is ISpreadOperation) => collection.Elements.Length,
            { Syntax: StackAllocArrayCreationExpressionSyntax { Initializer: { } initializer } } => initializer.Expressions.Count,
            { Syntax: ImplicitStackAllocArrayCreationExpressionSyntax { Initializer: { } initializer } } => initializer.Expressions.Count,
            { Syntax: StackAllocArrayCreationExpressionSyntax { Type: ArrayTypeSyntax { RankSpecifiers: { Count: 1 } ranks } }, SemanticModel: { } model }
                when ranks[0].Sizes.Count == 1 => Constant(model.GetConstantValue(ranks[0].Sizes[0])),
            _ => null,
        };
    }

    private static long? Constant(Optional<object?> constant)
        => constant is { HasValue: true, Value: int or long or short or byte or uint }
            ? Convert.ToInt64(constant.Value, CultureInfo.InvariantCulture)
            : null;
}
