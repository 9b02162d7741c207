namespace NetCompiler.Generators.Graph;

/// <summary>One label of an axis, with the distance that a step of the label covers.</summary>
internal readonly record struct AxisTerm(char Label, int Stride);

/// <summary>The labels of a contraction's operand: for each axis an affine sum, as written in "b(2h+y)(w+x)c".</summary>
internal static class AxisLabels
{
    /// <summary>The label of the batch.</summary>
    public const char Batch = 'b';

    /// <summary>The terms of every axis, the batch's included.</summary>
    public static IReadOnlyList<IReadOnlyList<AxisTerm>> Parse(string labels)
    {
        var axes = new List<IReadOnlyList<AxisTerm>>();
        for (int i = 0; i < labels.Length; i++)
        {
            if (labels[i] != '(')
            {
                axes.Add([new AxisTerm(labels[i], 1)]);
                continue;
            }

            int end = labels.IndexOf(')', i);
            axes.Add([.. labels.Substring(i + 1, end - i - 1).Split('+').Select(Term)]);
            i = end;
        }

        return axes;
    }

    /// <summary>The text of every axis, the batch's included.</summary>
    public static IEnumerable<string> Tokens(string labels)
    {
        for (int i = 0; i < labels.Length; i++)
        {
            int end = labels[i] == '(' ? labels.IndexOf(')', i) : i;
            yield return labels.Substring(i, end - i + 1);
            i = end;
        }
    }

    /// <summary>The axis of a sum, as "(2h+y)"; a stride of 1 is not written.</summary>
    public static string Sum(char first, int firstStride, char second, int secondStride) => $"({Text(first, firstStride)}+{Text(second, secondStride)})";

    /// <summary>Whether any axis is more than one label.</summary>
    public static bool AreAffine(string labels) => labels.Contains('(');

    private static string Text(char label, int stride) => (stride == 1 ? "" : NumberText.Integer(stride)) + label;

    private static AxisTerm Term(string text) =>
        new(text[text.Length - 1], text.Length == 1 ? 1 : int.Parse(text.Substring(0, text.Length - 1), System.Globalization.CultureInfo.InvariantCulture));
}
