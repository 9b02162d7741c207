namespace NetCompiler.Generators.Graph.Layers;

/// <summary>Whether a layer's input has the axes that the layer works on, and what to write where it has not.</summary>
internal static class AxisChecks
{
    private static readonly string[] Names = ["(features)", "(steps, channels)", "(height, width, channels)"];

    /// <param name="name">The layer's name.</param>
    /// <param name="spatial">The number of axes of time or space: 1 for a sequence, 2 for an image.</param>
    /// <param name="input">The shape the layer gets.</param>
    /// <param name="problems">Where a mistake goes.</param>
    public static bool CheckAxes(string name, int spatial, Shape input, ProblemSink problems)
    {
        if (input.Rank == spatial + 1)
        {
            return true;
        }

        string before = Before(spatial, input);
        string advice = before.Length > 0 ? $"write {before} before it"
            : input.Rank > spatial + 1 ? (spatial == 1 && input.Rank == 3 ? "for images there is the layer of the same name with 2D at its end" : "write Reshape before it")
            : $"write Reshape{Names[spatial]} before it";
        problems.ReportInput(new Problem("NC0223", default, "", [name, Names[spatial], input.ToString(), advice])
        {
            Before = before,
            AdviceForInput = input.Rank == spatial + 2 ? $"{advice}, or [Input{new Shape([.. input.Sizes.Skip(1)])}] where its first axis counts the samples of a batch, which is no axis here" : "",
        });
        return false;
    }

    private static string Before(int spatial, Shape input) =>
        input.Rank > spatial + 1 ? (spatial == 0 ? "Flatten" : "") : Wanted(spatial, input) is { } sizes ? $"Reshape({sizes})" : "";

    // A sequence is an image with one channel, a vector perhaps a square one.
    private static string? Wanted(int spatial, Shape input)
    {
        string sizes = string.Join(", ", input.Sizes.Select(size => NumberText.Integer(size)));
        if (input.Rank == spatial)
        {
            return sizes + ", 1";
        }

        foreach (int channels in new[] { 1, 3 })
        {
            int side = (int)Math.Sqrt(input.Length / channels);
            if ((long)side * side * channels == input.Length)
            {
                return new Shape(side, side, channels).ToString().Trim('(', ')');
            }
        }

        return null;
    }
}
