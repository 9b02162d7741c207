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

        problems.Report("NC0223", "", name, Names[spatial], input.ToString(), Repair(spatial, input));
        return false;
    }

    private static string Repair(int spatial, Shape input)
    {
        if (input.Rank > spatial + 1)
        {
            return spatial switch
            {
                0 => "write Flatten before it",
                1 when input.Rank == 3 => "for images there is the layer of the same name with 2D at its end",
                _ => "write Reshape before it",
            };
        }

        return $"write Reshape({Wanted(spatial, input)}) before it";
    }

    // A sequence is an image with one channel, a vector perhaps a square one.
    private static string Wanted(int spatial, Shape input)
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

        return Names[spatial].Trim('(', ')');
    }
}
