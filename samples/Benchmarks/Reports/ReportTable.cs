using Spectre.Console;

namespace Benchmarks.Reports;

/// <summary>One table of the report, as the console, the Markdown page and the HTML page show it.</summary>
/// <param name="title">The line above it.</param>
/// <param name="columns">The header.</param>
internal sealed class ReportTable(string title, params string[] columns)
{
    /// <summary>The column of what was measured, in a table of goals.</summary>
    public const string Reached = "reached";

    private readonly List<string[]> _rows = [];

    public string Title { get; } = title;

    public IReadOnlyList<string> Columns { get; } = columns;

    /// <summary>What stands below it; empty for nothing.</summary>
    public string Note { get; init; } = "";

    /// <summary>The columns from this one on hold numbers and stand at the right.</summary>
    public int FirstNumber { get; init; } = 1;

    public IReadOnlyList<string[]> Rows => _rows;

    /// <summary>Whether it says anything: a table of goals has at least one that something was measured for.</summary>
    public bool HasFigures => !Columns.Contains(Reached) || _rows.Any(row => row.Where((cell, i) => Columns[i] == Reached && cell.Length > 0).Any());

    /// <summary>Adds a row.</summary>
    /// <exception cref="ArgumentException">It has not a cell for each column.</exception>
    public void Add(params string[] cells)
    {
        if (cells.Length != Columns.Count)
        {
            throw new ArgumentException($"A row of \"{Title}\" has {cells.Length} cells for {Columns.Count} columns.", nameof(cells));
        }

        _rows.Add(cells);
    }

    /// <summary>The table for a console; where the first cell changes, a line is left out when <paramref name="isGrouped"/>.</summary>
    public Table ToConsole(bool isGrouped = false)
    {
        var table = new Table { Border = TableBorder.Rounded, Title = new TableTitle(Markup.Escape(Title)) };
        for (int i = 0; i < Columns.Count; i++)
        {
            var column = new TableColumn(Markup.Escape(Columns[i]));
            table.AddColumn(i >= FirstNumber ? column.RightAligned().NoWrap() : column.NoWrap());
        }

        for (int i = 0; i < _rows.Count; i++)
        {
            if (isGrouped && i > 0 && _rows[i][0] != _rows[i - 1][0])
            {
                table.AddEmptyRow();
            }

            table.AddRow([.. _rows[i].Select(Markup.Escape)]);
        }

        return table;
    }
}
