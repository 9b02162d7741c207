namespace NetCompiler;

/// <summary>One checked column of a data set in memory.</summary>
/// <param name="Shape">What it holds per sample.</param>
/// <param name="Values">The values of all samples.</param>
internal sealed record DataColumn(SampleColumn Shape, Column Values)
{
    /// <summary>The number of samples.</summary>
    public int Count => Values.Length / Shape.Length;

    /// <summary>Refuses values of another kind or number than the description asks for, NaN that is not declared, infinities, integers outside their range, and targets that the losses do not take.</summary>
    public void Check()
    {
        if (Values.IsInteger != Shape.IsInteger)
        {
            throw new ArgumentException($"The {Shape.Title} holds {Shape.Content}, but {(Values.IsInteger ? "integers" : "floats")} were given.");
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
