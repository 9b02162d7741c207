using Spectre.Console;
using Spectre.Console.Rendering;

namespace Benchmarks.Reports;

/// <summary>Tables on a console that may be too narrow for them.</summary>
internal static class WholeTable
{
    /// <summary>Writes a table as wide as its longest cells: rows that a console breaks at its edge can be read, columns of one letter cannot.</summary>
    public static void WriteWhole(this Table table, IAnsiConsole console)
    {
        int width = console.Profile.Width;
        int needed = ((IRenderable)table).Measure(RenderOptions.Create(console), short.MaxValue).Max;
        console.Profile.Width = Math.Max(width, needed);
        try
        {
            console.Write(table);
        }
        finally
        {
            console.Profile.Width = width;
        }
    }
}
