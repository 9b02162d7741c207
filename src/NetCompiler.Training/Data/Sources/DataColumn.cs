namespace NetCompiler;

/// <summary>One checked column of a data set in memory.</summary>
/// <param name="Shape">What it holds per sample.</param>
/// <param name="Values">The values of all samples.</param>
internal sealed record DataColumn(SampleColumn Shape, Column Values)
{
    /// <summary>The number of samples.</summary>
    public int Count => Values.Length / Shape.Length;

    /// <summary>Refuses values of another kind or number than the description asks for, NaN that is not declared, and integers outside their range.</summary>
    public void Check()
    {
        if (Values.IsInteger != Shape.IsInteger)
        {
            string found = Values.IsInteger ? "integers" : "floats";
            string expected = !Shape.IsInteger ? "floats" : Shape.Role == "input" ? $"tokens (int[], 0 to {Shape.Limit - 1})" : $"class indices (int[], 0 to {Shape.Limit - 1})";
            throw new ArgumentException($"The {Shape.Title} holds {expected}, but {found} were given.");
        }

        if (Values.Length % Shape.Length != 0)
        {
            throw new ArgumentException($"The {Shape.Title} has {Shape.Length} values per sample, but {Values.Length} values were given: that is no whole number of samples.");
        }

        if (Shape.IsInteger)
        {
            Shape.Check(Values.Integers.Span);
        }
        else
        {
            Shape.Check(Values.Floats.Span);
        }
    }
}
