using Microsoft.CodeAnalysis;
using NetCompiler.Generators.Graph;

namespace NetCompiler.Generators.Declaration.Functional;

/// <summary>What an expression in a Forward method stands for while it is read.</summary>
internal abstract record Evaluated;

/// <summary>A value known while compiling: an int, long, float, double, bool, string, <see cref="EnumerationMember"/> or null.</summary>
internal sealed record KnownValue(object? Content) : Evaluated
{
    public static KnownValue Null { get; } = new((object?)null);

    /// <summary>The value as a whole number that an int can hold, or null.</summary>
    public int? Integer => Content is int number ? number : Content is long large && large == (int)large ? (int)large : null;

    /// <summary>The value as a number, or null.</summary>
    public double? Number => Content switch
    {
        int number => number,
        long number => number,
        float number => number,
        double number => number,
        _ => null,
    };

    public bool? Truth => Content as bool?;
}

/// <summary>A member of an enumeration.</summary>
/// <param name="Type">The enumeration's name.</param>
/// <param name="Name">The member's name.</param>
internal sealed record EnumerationMember(string Type, string Name);

/// <summary>A tensor: an input or the result of a layer.</summary>
/// <param name="Index">The number of the value among inputs and layers.</param>
internal sealed record TensorValue(int Index) : Evaluated
{
    /// <summary>The first axis is that of the steps of TimeDistributed, which the block does not see.</summary>
    public bool IsPerStep { get; init; }
}

/// <summary>The shape of a tensor.</summary>
internal sealed record ShapeValue(Shape Shape, string Origin) : Evaluated;

/// <summary>An array or a span; C# arrays are changed in place, so it compares by reference.</summary>
internal sealed record ListValue(Evaluated[] Items) : Evaluated
{
    public bool Equals(ListValue? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => Items.Length;
}

/// <summary>A tuple.</summary>
internal sealed record TupleValue(EquatableArray<Evaluated> Items) : Evaluated;

/// <summary>A place counted from the end: ^1.</summary>
internal sealed record FromEndValue(int Distance) : Evaluated;

/// <summary>A method, a local function or a lambda that can be called.</summary>
/// <param name="Method">Its signature.</param>
/// <param name="Body">Its statements.</param>
/// <param name="Closure">The variables around a local function or lambda, or null.</param>
internal sealed record BlockValue(IMethodSymbol Method, IOperation Body, Scope? Closure) : Evaluated
{
    /// <summary>The layers that all calls share, where it is the result of Tensor.Share.</summary>
    public SharedLayers? Shared { get; init; }
}
