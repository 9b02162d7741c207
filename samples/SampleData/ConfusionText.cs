using System.Globalization;
using System.Text;
using NetCompiler;

namespace Samples.Data;

/// <summary>A confusion matrix as text: a row per true class, a column per predicted one.</summary>
public static class ConfusionText
{
    /// <summary>Counts predictions against the truth.</summary>
    public static ConfusionMatrix Count(ReadOnlySpan<int> truth, ReadOnlySpan<int> predicted, int classes)
    {
        var matrix = new ConfusionMatrix(classes);
        for (int i = 0; i < truth.Length; i++)
        {
            matrix.Add(truth[i], predicted[i]);
        }

        return matrix;
    }

    /// <summary>Writes the counts below and beside the classes' numbers.</summary>
    public static string Format(ConfusionMatrix matrix)
    {
        const int Width = 6;
        var text = new StringBuilder("confusion matrix (rows: truth, columns: prediction)\n").Append(' ', Width);
        for (int column = 0; column < matrix.Classes; column++)
        {
            text.Append(column.ToString(CultureInfo.InvariantCulture).PadLeft(Width));
        }

        for (int row = 0; row < matrix.Classes; row++)
        {
            text.Append('\n').Append(row.ToString(CultureInfo.InvariantCulture).PadLeft(Width));
            for (int column = 0; column < matrix.Classes; column++)
            {
                text.Append(matrix[row, column].ToString(CultureInfo.InvariantCulture).PadLeft(Width));
            }
        }

        return text.ToString();
    }
}
