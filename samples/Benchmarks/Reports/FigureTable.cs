using Benchmarks.Contenders;
using Benchmarks.Machine;
using Benchmarks.Measuring;
using Benchmarks.Networks;
using Spectre.Console;

namespace Benchmarks.Reports;

/// <summary>The table: a row per network, mode and batch, a column per contender, and how far the generated code is from the machine's limit.</summary>
internal static class FigureTable
{
    /// <summary>Builds the table. Other contenders' times stand with their ratio to the generated code's.</summary>
    public static Table Build(IReadOnlyList<NetworkCase> networks, IReadOnlyList<Figure> figures, MachineLimits limits)
    {
        var table = new Table { Border = TableBorder.Rounded, Title = new TableTitle("microseconds per call, one thread, medians of five runs") };
        table.AddColumns("network", "call", "batch", "generated", "of the limit");
        string[] others = [.. ContenderNames.All.Where(name => name != ContenderNames.Generated && figures.Any(figure => figure.Contender == name))];
        table.AddColumns(others);
        foreach (TableColumn column in table.Columns.Skip(2))
        {
            column.RightAligned();
        }

        foreach (TableColumn column in table.Columns)
        {
            column.NoWrap();
        }

        foreach (NetworkCase network in networks)
        {
            foreach (IGrouping<RowKey, Figure> row in figures.Where(figure => figure.Row.Network == network.Name).GroupBy(figure => figure.Row))
            {
                table.AddRow(Cells(network, row.Key, [.. row], others, limits));
            }

            table.AddEmptyRow();
        }

        return table;
    }

    private static string[] Cells(NetworkCase network, RowKey row, Figure[] figures, string[] others, MachineLimits limits)
    {
        Figure generated = figures.Single(figure => figure.Contender == ContenderNames.Generated);
        string call = row.Mode switch { Mode.Predict => "predict", Mode.PredictDependent => "dependent", _ => "train" };
        var cells = new List<string>
        {
            network.Name, call, row.Batch.ToString(System.Globalization.CultureInfo.InvariantCulture),
            Numbers.Microseconds(generated.Seconds), Limit(network, row, generated, limits),
        };
        foreach (string name in others)
        {
            Figure? other = figures.SingleOrDefault(figure => figure.Contender == name);
            cells.Add(other is null ? "" : $"{Numbers.Microseconds(other.Seconds)} ({Numbers.Ratio(other.Seconds / generated.Seconds)})");
        }

        return [.. cells];
    }

    /// <summary>One sample reads every weight once, so it is bound by the memory that holds them; batches are bound by arithmetic.</summary>
    private static string Limit(NetworkCase network, RowKey row, Figure generated, MachineLimits limits)
    {
        if (row.Batch > 1)
        {
            return Numbers.Percent(generated.FractionOfPeak) + " FMA";
        }

        (string name, double bytesPerSecond) = limits.LevelFor(network.WeightBytes);
        return $"{Numbers.Percent(network.WeightBytesRead / generated.Seconds / bytesPerSecond)} {name}";
    }
}
