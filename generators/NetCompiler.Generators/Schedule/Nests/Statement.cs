namespace NetCompiler.Generators.Schedule.Nests;

/// <summary>A statement of a kernel. Targets print these and decide nothing.</summary>
internal abstract record Statement;

/// <summary>Declares a vector.</summary>
internal sealed record Let(string Name, VectorExpression Value) : Statement;

/// <summary>Assigns to a declared vector.</summary>
internal sealed record Set(string Name, VectorExpression Value) : Statement;

/// <summary>Stores the first lanes of a vector.</summary>
internal sealed record Store(Address Address, VectorExpression Value, Extent Lanes) : Statement;

/// <summary>Stores the first lane of a vector.</summary>
internal sealed record StoreOne(Address Address, VectorExpression Value) : Statement;

/// <summary>Declares a reference at an address, to be moved by loops.</summary>
internal sealed record LetReference(string Name, Address Address, bool IsInteger = false) : Statement;

/// <summary>Declares a count with the integer at an address: the number of a table's row.</summary>
internal sealed record LetIndex(string Name, Address Address) : Statement;

/// <summary>Moves a reference by a number of elements, or by that number times a count.</summary>
internal sealed record Advance(string Reference, int Elements, string? Count = null) : Statement;

/// <summary>Writes a matrix with rows and columns exchanged; both are multiples of 16.</summary>
internal sealed record Transpose(Address Source, int SourceStride, Address Destination, int DestinationStride, int Rows, int Columns) : Statement;

/// <summary>Declares a count: a quotient or a remainder of a variable.</summary>
internal sealed record LetCount(string Name, string Variable, int Divisor, bool IsRemainder) : Statement;

/// <summary>Repeats the body; the counter counts down unless the body needs its value, in which case it counts up from 0.</summary>
internal sealed record Loop(string Counter, Extent Count, EquatableArray<Statement> Body, bool CountsUp = false) : Statement
{
    /// <summary>The flag that lets a counter that counts up come back from the last value to 0 instead, or null.</summary>
    public string? TurnedBy { get; init; }
}

/// <summary>Runs the body if a flag is set, or if it is not.</summary>
internal sealed record When(string Flag, EquatableArray<Statement> Body, bool IsNegated = false) : Statement;

/// <summary>Runs the body if a count is above 0.</summary>
internal sealed record WhenCount(string Count, EquatableArray<Statement> Body) : Statement;

/// <summary>Calls another kernel.</summary>
internal sealed record CallKernel(Kernel Kernel, EquatableArray<Argument> Arguments) : Statement;

/// <summary>An argument of a call inside a kernel: an address, a count or a flag of the caller.</summary>
internal sealed record Argument(Address? Address, Extent Value)
{
    /// <summary>The caller's own parameter, handed on.</summary>
    public static Argument Same(Parameter parameter) =>
        parameter.Type is ParameterType.Floats or ParameterType.Integers ? new Argument(new Address(parameter.Name), 0) : new Argument(null, parameter.Name);
}
