using System.Globalization;

namespace NetCompiler;

/// <summary>A gradient of generated code that is not what the interpreter or a finite difference says.</summary>
public sealed class GradientCheckException : Exception
{
    internal GradientCheckException(string subject, int index, double actual, double expected, double tolerance, string reference)
        : base(string.Create(CultureInfo.InvariantCulture, $"{subject}{(index < 0 ? "" : $" at {index}")}: generated {actual:R}, {reference} {expected:R}, apart by {Math.Abs(actual - expected):G3} where {tolerance:G3} is allowed."))
    {
        Subject = subject;
        Index = index;
        Actual = actual;
        Expected = expected;
        Tolerance = tolerance;
    }

    /// <summary>What differs: a weight's name in files, an input as <c>input "x"</c>, or <c>loss</c>.</summary>
    public string Subject { get; }

    /// <summary>The logical, row-major index within the weight or input, or -1 for the loss and for a derivative along a direction.</summary>
    public int Index { get; }

    /// <summary>What generated code gives.</summary>
    public double Actual { get; }

    /// <summary>What it was compared with, computed in double.</summary>
    public double Expected { get; }

    /// <summary>The difference that was allowed.</summary>
    public double Tolerance { get; }
}
