using System.Globalization;
using System.Text;
using Spectre.Console;

namespace NetCompiler;

/// <summary>Trials as text for people and as CSV.</summary>
internal static class TrialTable
{
    private const int MostFailure = 60;
    private const int LeastFailure = 12;
    private const int UnlimitedWidth = 1000;

    /// <summary>A table without colours; where it is wider than asked for, titles are broken at their underscores and spaces, and then failures between words. Values never are.</summary>
    public static string Text(SearchSpace space, string monitor, IReadOnlyList<Trial> trials, int rows, int width)
    {
        string text = Draw(space, monitor, trials, rows, breaksTitles: false, UnlimitedWidth);
        if (WidthOf(text) > width)
        {
            text = Draw(space, monitor, trials, rows, breaksTitles: true, UnlimitedWidth);
            int failures = trials.Take(rows).Max(trial => Short(trial.Failure).Length), needed = WidthOf(text) - Math.Max(0, failures - LeastFailure);
            text = WidthOf(text) > width ? Draw(space, monitor, trials, rows, breaksTitles: true, Math.Max(width, needed)) : text;
        }

        return text + (trials.Count > rows ? FormattableString.Invariant($"and {trials.Count - rows} more\n") : "");
    }

    /// <summary>All trials with all digits.</summary>
    public static string Csv(SearchSpace space, string monitor, IReadOnlyList<Trial> trials)
    {
        // Fold by fold, or rung by rung: the same places in every row.
        (int Fold, int? Epochs)[] places = [.. trials.SelectMany(trial => trial.Scores).Select(score => (score.Fold, score.Epochs)).Distinct().OrderBy(place => (place.Fold, place.Epochs))];
        bool hasParts = places.Length > 1, hasEpochs = trials[0].Epochs is not null;
        StringBuilder csv = new();
        Append(csv,
        [
            "trial",
            .. space.Parameters.Select(parameter => parameter.Name),
            "trial_seed",
            .. hasEpochs ? ["trained", "best_after"] : Array.Empty<string>(),
            monitor,
            "deviation",
            .. hasParts ? places.Select(place => place.Epochs is int epochs ? $"after_{Text(epochs)}" : $"fold_{Text(place.Fold + 1)}") : [],
            "failure",
        ]);
        foreach (Trial trial in trials)
        {
            Append(csv,
            [
                Text(trial.Number),
                .. space.Parameters.Select(parameter => trial.Values[parameter.Name].ToString()),
                Text(trial.Seed),
                .. hasEpochs ? [Text(trial.TrainedEpochs), Text(trial.Epochs)] : Array.Empty<string>(),
                Number(trial.Score),
                Number(trial.Failure is null ? trial.StandardDeviation : double.NaN),
                .. hasParts ? places.Select(place => Number(trial.Scores.FirstOrDefault(score => (score.Fold, score.Epochs) == place)?.Score ?? double.NaN)) : [],
                trial.Failure ?? "",
            ]);
        }

        return csv.ToString();
    }

    private static string Draw(SearchSpace space, string monitor, IReadOnlyList<Trial> trials, int rows, bool breaksTitles, int width)
    {
        bool hasEpochs = trials[0].Epochs is not null, hasFolds = trials[0].Epochs is null && trials.Any(trial => trial.Scores.Count > 1), hasFailures = trials.Any(trial => trial.Failure is not null);
        Table table = new() { Border = TableBorder.Ascii2 };
        foreach (string title in (string[])["trial", .. space.Parameters.Select(parameter => parameter.Name), .. hasEpochs ? ["trained", "best after"] : Array.Empty<string>(), monitor, .. hasFolds ? ["deviation"] : Array.Empty<string>()])
        {
            table.AddColumn(new TableColumn(Markup.Escape(breaksTitles ? title.Replace("_", "_\n", StringComparison.Ordinal).Replace(' ', '\n') : title)).NoWrap().RightAligned());
        }

        if (hasFailures)
        {
            table.AddColumn("failure");
        }

        foreach (Trial trial in trials.Take(rows))
        {
            string[] cells =
            [
                trial.Number.ToString(CultureInfo.InvariantCulture),
                .. space.Parameters.Select(parameter => Short(trial.Values[parameter.Name])),
                .. hasEpochs ? [Text(trial.TrainedEpochs), trial.Failure is null ? Text(trial.Epochs) : ""] : Array.Empty<string>(),
                trial.Failure is null ? LineDisplay.Format(trial.Score) : "failed",
                .. hasFolds ? [trial.Failure is null ? LineDisplay.Format(trial.StandardDeviation) : ""] : Array.Empty<string>(),
                .. hasFailures ? [Short(trial.Failure)] : Array.Empty<string>(),
            ];
            table.AddRow([.. cells.Select(Markup.Escape)]);
        }

        using StringWriter text = new(CultureInfo.InvariantCulture);
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, Interactive = InteractionSupport.No, Out = new AnsiConsoleOutput(text) });
        console.Profile.Width = width;
        console.Write(table);
        return text.ToString().ReplaceLineEndings("\n");
    }

    private static int WidthOf(string text) => text.Split('\n').Max(line => line.Length);

    private static void Append(StringBuilder csv, IEnumerable<string> cells)
        => csv.AppendJoin(',', cells.Select(cell => CsvField.Quote(cell))).Append("\r\n");

    private static string Short(SearchValue value)
        => value.IsText || value.Number == Math.Floor(value.Number) ? value.ToString() : value.Number.ToString("G4", CultureInfo.InvariantCulture);

    private static string Short(string? failure)
    {
        string line = (failure ?? "").ReplaceLineEndings(" ");
        return line.Length <= MostFailure ? line : line[..(MostFailure - 3)] + "...";
    }

    private static string Text(int? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "";

    private static string Number(double value) => double.IsNaN(value) ? "" : value.ToString("R", CultureInfo.InvariantCulture);
}
