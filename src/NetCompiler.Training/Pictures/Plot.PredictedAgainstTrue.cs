namespace NetCompiler;

public sealed partial class Plot
{
    /// <summary>Predictions of a regression against the true values: a perfect one lies on the dashed diagonal.</summary>
    /// <param name="predicted">One value per sample.</param>
    /// <param name="actual">One value per sample.</param>
    /// <param name="title">The line above.</param>
    /// <param name="quantity">What is predicted, with its unit.</param>
    /// <exception cref="ArgumentException">There are none, more of one than of the other, or no pair is finite.</exception>
    public static Plot PredictedAgainstTrue(IReadOnlyList<float> predicted, IReadOnlyList<float> actual, string title = "", string quantity = "")
    {
        ArgumentNullException.ThrowIfNull(predicted);
        ArgumentNullException.ThrowIfNull(actual);
        if (predicted.Count != actual.Count)
        {
            throw new ArgumentException($"There are {predicted.Count} predictions, but {actual.Count} true values.", nameof(actual));
        }

        float[] finite = [.. predicted.Zip(actual).Where(pair => float.IsFinite(pair.First) && float.IsFinite(pair.Second)).SelectMany(pair => new[] { pair.First, pair.Second })];
        if (finite.Length == 0)
        {
            throw new ArgumentException($"Of {predicted.Count} predictions none is finite with a finite true value.", nameof(predicted));
        }

        double[] ends = [finite.Min(), finite.Max()];
        string suffix = quantity.Length == 0 ? "" : $" {quantity}";
        return new Plot(title, $"true{suffix}", $"predicted{suffix}") { Size = (480, 460) }
            .AddPoints("", [.. actual.Select(value => (double)value)], [.. predicted.Select(value => (double)value)])
            .AddDashes("", ends, ends);
    }
}
