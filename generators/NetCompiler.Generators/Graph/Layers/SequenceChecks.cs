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

        problems.ReportInput(new Problem("NC0230", default, "", [layer.Name, input.ToString(), Advice(input, "")]) { Before = Before(input), AdviceForLastStep = input.Rank == 1 ? Advice(input, "{0}") : "" });
        return false;
    }

    /// <summary>
    /// What to write before a layer that needs (steps, features) and gets something else: the values of a vector, or the rows of an image, are
    /// steps, unless they are what a recurrent layer keeps of its last step.
    /// </summary>
    /// <param name="input">What the layer gets.</param>
    /// <param name="recurrent">The name of the recurrent layer of whose last step it is made, or empty.</param>
    public static string Advice(Shape input, string recurrent) => recurrent.Length > 0
        ? $"write ReturnSequences = true on {recurrent}, or {Before(input)} before it"
        : $"write {Before(input)} before it{(input.Rank == 1 ? ", or ReturnSequences = true on a recurrent layer there" : "")}";

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
