using Spectre.Console;

namespace Samples.Data;

/// <summary>Writes tables of results.</summary>
public static class ResultTables
{
    private const int FileWidth = 160;

    /// <summary>Writes a table below its title; into a file without colours, and as wide as it needs.</summary>
    /// <param name="table">The table.</param>
    /// <param name="title">The line above it.</param>
    public static void Show(this Table table, string title)
    {
        var settings = new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Out) };
        if (Console.IsOutputRedirected)
        {
            settings.Ansi = AnsiSupport.No;
        }

        IAnsiConsole console = AnsiConsole.Create(settings);
        if (Console.IsOutputRedirected)
        {
            console.Profile.Width = FileWidth;
        }

        Console.WriteLine(title);
        console.Write(table);
    }
}
