using NetCompiler;
using Samples.Data;
using Spectre.Console;

namespace Samples;

/// <summary>The tables and pictures of what was found.</summary>
internal static class CreditReport
{
    /// <summary>Writes everything.</summary>
    public static void Show(IReadOnlyDictionary<string, RiskJudgement> risks, IReadOnlyDictionary<string, FairnessResult> audits, string output)
    {
        foreach ((string name, RiskJudgement risk) in risks)
        {
            new ConfusionPicture(risk.Confusion, ["good", "bad"], name).SaveTo(output, $"{name}-confusion-matrix");
        }

        if (risks.Count > 0)
        {
            RiskTable(risks).Show("people held out");
            Plot.Roc([.. risks.Select(pair => (pair.Key, RocCurve.FromScores(pair.Value.Scores, pair.Value.Labels)))], "people held out").SaveTo(output, "roc");
        }

        foreach ((string name, FairnessResult result) in audits)
        {
            DrawTrials(name, result).SaveTo(output, $"{name}-gap");
            AuditTable(result).Show($"{name}: people held out");
            Console.WriteLine(FormattableString.Invariant($"{name}: the gap between the mean scores shrinks from {result.Before.Gap:0.000} to {result.After.Gap:0.000} at lambda {string.Join(", ", result.Lambdas)}")
                + FormattableString.Invariant($"; accuracy lost: {result.Before.Accuracy - result.After.Accuracy:0.000} ({result.Before.Accuracy:0.000} to {result.After.Accuracy:0.000})"));
        }

        Console.WriteLine($"pictures are in {output}");
    }

    private static Table RiskTable(IReadOnlyDictionary<string, RiskJudgement> risks)
    {
        var table = new Table();
        table.AddColumns("set", "people", "AUC", "by part", "accuracy", "good, taken for good", "for bad", "bad, taken for good", "for bad");
        foreach ((string name, RiskJudgement risk) in risks)
        {
            ConfusionMatrix counts = risk.Confusion;
            table.AddRow(
                name,
                FormattableString.Invariant($"{counts.Total}"),
                FormattableString.Invariant($"{risk.MeanArea:0.000}"),
                string.Join(" ", risk.Areas.Select(area => FormattableString.Invariant($"{area:0.000}"))),
                FormattableString.Invariant($"{counts.Accuracy:0.000}"),
                FormattableString.Invariant($"{counts[0, 0]}"),
                FormattableString.Invariant($"{counts[0, 1]}"),
                FormattableString.Invariant($"{counts[1, 0]}"),
                FormattableString.Invariant($"{counts[1, 1]}"));
        }

        return table;
    }

    private static Table AuditTable(FairnessResult result)
    {
        var table = new Table();
        table.AddColumns("", "group", "people", "with the label", "mean score", "score above 0.5", "of those with the label");
        AddGroup(table, "before", "men", result.Before.Men);
        AddGroup(table, "", "women", result.Before.Women);
        AddGroup(table, "after", "men", result.After.Men);
        AddGroup(table, "", "women", result.After.Women);
        return table;
    }

    private static Plot DrawTrials(string name, FairnessResult result)
    {
        var plot = new Plot($"{name}: the gap among the people of the training", "lambda", "of that without the penalty") { HasLogX = true };
        double[] tried = [.. result.Trials.SelectMany(part => part).Select(trial => trial.Lambda)];
        for (int part = 0; part < result.Trials.Count; part++)
        {
            string line = result.Trials.Count == 1 ? "gap" : $"without part {part + 1}";
            plot.AddLine(line, [.. result.Trials[part].Select(trial => trial.Lambda)], [.. result.Trials[part].Select(trial => trial.GapLeft)]);
        }

        return plot.AddDashes("enough", [tried.Min(), tried.Max()], [CreditRiskSample.GapWanted, CreditRiskSample.GapWanted]);
    }

    private static void AddGroup(Table table, string when, string group, GroupAudit audit) => table.AddRow(
        when,
        group,
        FormattableString.Invariant($"{audit.Count}"),
        FormattableString.Invariant($"{audit.LabelRate:0.000}"),
        FormattableString.Invariant($"{audit.MeanScore:0.000}"),
        FormattableString.Invariant($"{audit.DecisionRate:0.000}"),
        FormattableString.Invariant($"{audit.TruePositiveRate:0.000}"));
}
