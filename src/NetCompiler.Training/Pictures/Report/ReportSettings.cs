using System.Text.RegularExpressions;

namespace NetCompiler;

/// <summary>The settings of a report, as rows. Callbacks and checkpoints appear without their files, whose names may tell who trained.</summary>
internal static partial class ReportSettings
{
    /// <summary>Name and value of each setting.</summary>
    public static string[][] Rows(FitOptions options, INetwork network) => InvariantText.In<string[][]>(() =>
    [
        ["epochs", $"{options.Epochs}"],
        ["batch size", $"{options.BatchSize}"],
        ["optimizer", Record(options.Optimizer ?? new Adam())],
        .. options.Schedule is null ? (string[][])[] : [["schedule", Record(options.Schedule)]],
        ["validation", options.ValidationData is not null ? "data of its own" : options.ValidationSplit > 0 ? $"the last {100 * options.ValidationSplit:0.##} % of the data" : "none"],
        ["shuffle", options.Shuffle ? "every epoch" : "no"],
        ["seed of the training", $"{options.Seed ?? network.Seed}"],
        ["seed of the network", $"{network.Seed}"],
        ["threads", options.Threads == 0 ? "all cores" : $"{options.Threads}"],
        .. Optional("class weights", options.ClassWeights?.Select(weight => $"{weight.Key}: {weight.Value}")),
        .. Optional("settings of the losses", options.Settings?.Select(setting => $"{setting.Key} = {setting.Value}")),
        .. options.Transforms.Select(transform => (string[])["augmentation", Record(transform)]),
        .. Optional("metrics", options.Metrics?.Select(metric => metric.Name)),
        .. Optional("frozen", options.Frozen),
        .. Optional("callbacks", options.Callbacks.Select(callback => callback.GetType().Name)),
        .. Optional("resumed", options.ResumeFrom is null ? [] : ["from a checkpoint"]),
    ]);

    private static string[][] Optional(string name, IEnumerable<string>? values) => values?.ToArray() is { Length: > 0 } given ? [[name, string.Join(", ", given)]] : [];

    /// <summary>A record in its own words, without braces, members that are not set, and members that have no words.</summary>
    private static string Record(object record)
    {
        string text = record.ToString() ?? "";
        int open = text.IndexOf('{', StringComparison.Ordinal);
        if (open < 0)
        {
            return text;
        }

        string[] members = [.. text[(open + 1)..].TrimEnd('}', ' ').Split(", ").Select(member => member.Trim()).Where(member => !Wordless().IsMatch(member))];
        return members.Length == 0 ? text[..open].Trim() : $"{text[..open].Trim()}: {string.Join(", ", members)}";
    }

    [GeneratedRegex(@"=$|= System\.|^EqualityContract")]
    private static partial Regex Wordless();
}
