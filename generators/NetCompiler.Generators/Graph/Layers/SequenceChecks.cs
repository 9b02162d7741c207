using System.Globalization;
using NetCompiler.Generators.Declaration;

namespace NetCompiler.Generators.Graph.Layers;

/// <summary>What several layers of sequences ask of their options and inputs.</summary>
internal static class SequenceChecks
{
    /// <summary>Whether the fraction that an option drops is at least 0 and below 1; reported otherwise.</summary>
    public static bool IsRate(LayerSpec layer, string option, ProblemSink problems)
    {
        double rate = layer.Real(option);
        if (rate is >= 0 and < 1)
        {
            return true;
        }

        problems.Report("NC0201", option, layer.Name, option, rate.ToString(CultureInfo.InvariantCulture), "at least 0 and below 1");
        return false;
    }

    /// <summary>Whether the shape is (steps, features); reported otherwise.</summary>
    public static bool IsSequence(LayerSpec layer, Shape input, ProblemSink problems)
    {
        if (input.Rank == 2)
        {
            return true;
        }

        problems.ReportInput("NC0230", Before(input), layer.Name, input.ToString(), Advice(input));
        return false;
    }

    /// <summary>What to write before a layer that needs (steps, features) and gets something else: the values of a vector, or the rows of an image, are steps.</summary>
    public static string Advice(Shape input) =>
        $"write {Before(input)} before it{(input.Rank == 1 ? ", or ReturnSequences = true on a recurrent layer there" : "")}";

    private static string Before(Shape input)
    {
        int steps = input.Rank == 0 ? 1 : input[0];
        return $"Reshape({NumberText.Integer(steps)}, {NumberText.Integer(input.Length / steps)})";
    }

    /// <summary>An axis of a shape counted from 0, or null with the mistake reported.</summary>
    public static int? Axis(LayerSpec layer, Shape shape, ProblemSink problems)
    {
        int axis = layer.Integer("Axis");
        if (axis >= -shape.Rank && axis < shape.Rank)
        {
            return axis < 0 ? axis + shape.Rank : axis;
        }

        problems.Report("NC0312", "Axis", NumberText.Integer(axis), shape.ToString());
        return null;
    }
}
