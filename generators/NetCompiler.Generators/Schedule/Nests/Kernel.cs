namespace NetCompiler.Generators.Schedule.Nests;

/// <summary>One method of vector code: loops over memory that its parameters point to. Kernels with equal code are equal, and written once.</summary>
/// <param name="Name">The name, from the layer.</param>
/// <param name="Formula">The formula it computes, for a comment.</param>
/// <param name="Code">What it does.</param>
internal sealed record Kernel(string Name, string Formula, KernelBody Code)
{
    public Kernel(string name, string formula, EquatableArray<Parameter> parameters, EquatableArray<Statement> body)
        : this(name, formula, new KernelBody(parameters, body))
    {
    }

    public EquatableArray<Parameter> Parameters => Code.Parameters;

    public EquatableArray<Statement> Body => Code.Body;

    public bool Equals(Kernel? other) => other is not null && Code.Equals(other.Code);

    public override int GetHashCode() => Code.GetHashCode();
}

/// <summary>A parameter of a kernel.</summary>
internal sealed record Parameter(string Name, ParameterType Type);

internal enum ParameterType
{
    /// <summary>A reference to floats.</summary>
    Floats,

    /// <summary>A reference to ints.</summary>
    Integers,

    /// <summary>A number of rows or elements.</summary>
    Count,

    /// <summary>A single float.</summary>
    Float,

    /// <summary>A truth value.</summary>
    Flag,
}

/// <summary>A number known to the generator, or a variable of the kernel.</summary>
internal readonly record struct Extent(int Constant, string? Variable)
{
    public bool IsConstant => Variable is null;

    public static implicit operator Extent(int constant) => new(constant, null);

    public static implicit operator Extent(string variable) => new(0, variable);

    public override string ToString() => Variable ?? NumberText.Integer(Constant);
}

/// <summary>A place: a reference of the kernel, a constant number of elements behind it, and loop variables times strides.</summary>
internal sealed record Address(string Reference, int Offset = 0, string? Index = null, int Stride = 0)
{
    public Address Plus(int offset) => this with { Offset = Offset + offset };
}
