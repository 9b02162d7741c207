using System.Text;

namespace NetCompiler;

/// <summary>The table that <see cref="NetworkDescription.ToString"/> prints.</summary>
internal static class SummaryTable
{
    private static readonly string[] Header = ["Layer", "Kind", "Shape", "Parameters"];

    public static string Write(NetworkDescription network)
    {
        List<string[]> rows = [Header];
        rows.AddRange(network.Inputs.Select(input => (string[])[input.Name, input.IsTokens ? $"Tokens {LayerText.Grouped(input.Vocabulary)}" : "Input", SampleShape.Text(input.Shape), ""]));
        HashSet<string> counted = [];
        rows.AddRange(network.Layers.Select(layer => (string[])[layer.Name, LayerText.Kind(layer), SampleShape.Text(layer.Shape), Count(layer, counted)]));
        int[] widths = [.. Enumerable.Range(0, Header.Length).Select(column => rows.Max(row => row[column].Length))];
        string line = new('-', widths.Sum() + (2 * (widths.Length - 1)));

        StringBuilder text = new();
        text.Append(network.Name).Append('\n').Append(line).Append('\n');
        for (int row = 0; row < rows.Count; row++)
        {
            for (int column = 0; column < Header.Length; column++)
            {
                bool isLast = column == Header.Length - 1;
                text.Append(isLast ? rows[row][column].PadLeft(widths[column]) : rows[row][column].PadRight(widths[column] + 2));
            }

            while (text[^1] == ' ')
            {
                text.Length--;
            }

            text.Append('\n');
            if (row == 0)
            {
                text.Append(line).Append('\n');
            }
        }

        text.Append(line).Append('\n').Append("Parameters: ").Append(LayerText.Grouped(network.ParameterCount));
        if (network.StatisticsCount > 0)
        {
            text.Append(", statistics: ").Append(LayerText.Grouped(network.StatisticsCount));
        }

        if (network.Losses.Count > 0)
        {
            text.Append('\n').Append("Loss: ").AppendJoin(" + ", network.Losses.Select(loss =>
                loss.Weight == 1 ? loss.Name : $"{loss.Weight.ToString(System.Globalization.CultureInfo.InvariantCulture)} {loss.Name}"));
        }

        return text.ToString();
    }

    /// <summary>The number of parameters; those of a layer that is used again are counted with its first use, so that the column adds up.</summary>
    private static string Count(LayerDescription layer, HashSet<string> counted) =>
        counted.Add(layer.Name) || layer.Weights.Count == 0 ? LayerText.Grouped(LayerText.ParameterCount(layer)) : "shared";
}
