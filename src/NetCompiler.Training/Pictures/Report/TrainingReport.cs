using System.Globalization;
using System.Text;

namespace NetCompiler;

/// <summary>
/// A training on one page: curves, final values, the network as table and picture, settings and environment. One HTML file that asks for nothing else, for light and
/// dark, narrow and wide screens. It names neither machine nor user, and no file.
/// </summary>
public static class TrainingReport
{
    private const string NoEpoch = "No epoch was completed.";

    /// <summary>Writes the page; an existing file is replaced only once the new one is complete and on the disk.</summary>
    /// <param name="path">The file.</param>
    /// <param name="history">What was measured.</param>
    /// <param name="network">The network that was trained.</param>
    /// <param name="options">How it was trained; null means all defaults.</param>
    /// <param name="pictures">More pictures to show, such as a confusion matrix.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file or its folder may not be written.</exception>
    public static void Write(string path, History history, INetwork network, FitOptions? options = null, IReadOnlyList<Picture>? pictures = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        byte[] page = Encoding.UTF8.GetBytes(ToHtml(history, network, options, pictures));
        AtomicFile.Write(path, stream => stream.Write(page));
    }

    /// <summary>The page as text.</summary>
    /// <param name="history">What was measured.</param>
    /// <param name="network">The network that was trained.</param>
    /// <param name="options">How it was trained; null means all defaults.</param>
    /// <param name="pictures">More pictures to show, such as a confusion matrix.</param>
    /// <param name="written">The time that the page names; null means now.</param>
    public static string ToHtml(History history, INetwork network, FitOptions? options = null, IReadOnlyList<Picture>? pictures = null, DateTimeOffset? written = null)
    {
        ArgumentNullException.ThrowIfNull(history);
        options ??= new FitOptions();
        string state = history.Epochs >= options.Epochs ? "complete" : "ended early";
        return Compose(history, network, options, pictures ?? [], written ?? DateTimeOffset.UtcNow, state);
    }

    /// <summary>The page of a training in a state, as "complete".</summary>
    internal static string Compose(History history, INetwork network, FitOptions options, IReadOnlyList<Picture> pictures, DateTimeOffset written, string state)
    {
        ArgumentNullException.ThrowIfNull(network);
        NetworkDescription description = network.Description;
        HtmlPage page = new($"{description.Name}: training report");
        page.Lead(string.Create(CultureInfo.InvariantCulture,
            $"Training {state}: {history.Epochs} of {options.Epochs} {(options.Epochs == 1 ? "epoch" : "epochs")}, {ReportNumber.Duration(history.Duration)}. Written {written.UtcDateTime:yyyy-MM-dd HH:mm} UTC."));
        IReadOnlyList<MeasuredSeries> series = MeasuredSeries.Of(options.Metrics ?? AutomaticMetrics.Choose(description), hasValidation: true);
        page.Section("Result");
        if (history.Epochs == 0)
        {
            page.Text(NoEpoch);
        }
        else
        {
            page.Table(["", "last", "best", "at epoch"], [.. history.Names.Select(name => ReportResult.Row(history, name, DirectionOf(name)))]);
            page.Section("Curves");
            page.Pictures([.. history.Names.Where(name => !name.StartsWith("val_", StringComparison.Ordinal)).Select(name => LearningCurve.Draw(history, name, forReport: true))]);
        }

        if (pictures.Count > 0)
        {
            page.Section("Pictures");
            page.Pictures(pictures);
        }

        page.Section("Network");
        page.Table(["layer", "kind", "shape", "parameters"], ReportNetwork.Rows(description));
        page.Text(ReportNetwork.Totals(description));
        page.Fold("Picture of the network", description.ToSvg());
        page.Section("Settings");
        page.Table(["setting", "value"], ReportSettings.Rows(options, network));
        page.Section("Environment");
        page.Table(["", ""], ReportEnvironment.Rows());
        return page.Finish();

        MonitorMode DirectionOf(string name) => series.FirstOrDefault(one => one.Name == name)?.Direction ?? MonitorMode.Auto;
    }
}
