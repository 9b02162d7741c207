namespace NetCompiler.Generators.Ops;

/// <summary>The scalar primitives. Only these have text in a target. Comparisons give a condition, which only Select, And, Or and Not take.</summary>
internal enum ScalarOperation
{
    /// <summary>An operand of the expression; the index counts.</summary>
    Argument,

    /// <summary>A number.</summary>
    Constant,

    Add,
    Subtract,
    Multiply,
    Divide,
    Negate,
    Abs,

    /// <summary>NaN if either is NaN.</summary>
    Min,

    /// <summary>NaN if either is NaN.</summary>
    Max,

    Sqrt,
    Exp,
    Log,

    /// <summary>log(1 + x).</summary>
    Log1P,

    /// <summary>exp(x) - 1.</summary>
    ExpM1,

    Tanh,

    /// <summary>1 / (1 + exp(-x)).</summary>
    Sigmoid,

    /// <summary>log(1 + exp(x)).</summary>
    Softplus,

    Erf,
    Sin,
    Cos,
    Pow,
    Floor,

    /// <summary>-1, 0 or 1; NaN for NaN.</summary>
    Sign,

    Less,
    LessOrEqual,
    Equal,
    And,
    Or,
    Not,

    /// <summary>condition ? a : b.</summary>
    Select,
}
