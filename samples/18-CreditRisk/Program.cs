using NetCompiler;
using Samples.Data;
using Spectre.Console;

namespace Samples;

/// <summary>What the sample is asked to do.</summary>
/// <param name="Data">The folder of the data, or null for the shared one.</param>
/// <param name="Output">The folder for pictures.</param>
/// <param name="Only">The one part that is wanted, or null for all.</param>
public sealed record CreditOptions(string? Data = null, string Output = "artifacts/18-CreditRisk", string? Only = null);

/// <summary>What the sample found.</summary>
/// <param name="Risks">How well risks are judged, by part: "german" and "default".</param>
/// <param name="Audits">The audits, by part: "fair-german" and "fair-adult".</param>
public sealed record CreditResult(IReadOnlyDictionary<string, RiskJudgement> Risks, IReadOnlyDictionary<string, FairnessResult> Audits);

/// <summary>The risk of credits, and what it costs that a score treats two groups alike.</summary>
public static class CreditRiskSample
{
    private const int Parts = 5;

    // What may be left of the gap among the people of the training: below the half that is wanted among those held out, where it is always larger.
    internal const double GapWanted = 0.25;

    private static readonly string[] Names = ["german", "default", "fair-german", "fair-adult"];
    private static readonly double[] Lambdas = [1, 3, 10, 30, 100];

    /// <summary>Options: --data FOLDER with the files, --only PART, --output FOLDER.</summary>
    public static int Main(string[] args) => SampleProgram.Run(() =>
    {
        var arguments = new SampleArguments(args, ["data", "only", "output"]);
        Run(new CreditOptions(arguments.Text("data"), arguments.Folder("output", new CreditOptions().Output), arguments.Text("only")));
    });

    /// <summary>Judges risks on rows held out, then audits and mends two scores.</summary>
    /// <exception cref="ArgumentException">There is no part of the name asked for.</exception>
    public static CreditResult Run(CreditOptions options)
    {
        if (options.Only is not null && !Names.Contains(options.Only))
        {
            throw new ArgumentException($"--only is \"{options.Only}\", but the parts are {string.Join(", ", Names)}.");
        }

        bool Wanted(string name) => options.Only is null || options.Only == name;
        var risks = new Dictionary<string, RiskJudgement>();
        var audits = new Dictionary<string, FairnessResult>();
        if (Wanted("german") && CreditSource.German(options.Data) is { } german)
        {
            Console.WriteLine(GermanRisk.Description);

            // A thousand rows are few: each fifth is held out in turn.
            risks["german"] = RiskJudgement.Measure("german", german.Shuffle(1), Parts, Parts, (train, held, progress) => Predict(TrainRisk(MakeGerman(train), train, batchSize: 32, progress), held));
        }

        if (Wanted("default") && CreditSource.Default(options.Data) is { } cards)
        {
            Console.WriteLine(DefaultRisk.Description);
            risks["default"] = RiskJudgement.Measure("default", cards.Shuffle(1), Parts, Parts, (train, held, progress) => Predict(TrainRisk(MakeDefault(train), train, batchSize: 128, progress), held));
        }

        if (Wanted("fair-german") && CreditSource.German(options.Data) is { } germans)
        {
            audits["fair-german"] = AuditInParts("fair-german", germans.Shuffle(1));
        }

        if (Wanted("fair-adult") && CreditSource.Adult(options.Data) is { } adults)
        {
            audits["fair-adult"] = Audit("fair-adult", adults.Train.Shuffle(1), adults.Test, MakeAdult, batchSize: 256);
        }

        CreditReport.Show(risks, audits, options.Output);
        return new CreditResult(risks, audits);
    }

    /// <summary>The best epoch is chosen by the last fifth of the training rows.</summary>
    private static INetwork TrainRisk(INetwork network, CreditTable train, int batchSize, IProgress<TrainingProgress> progress)
    {
        network.Fit(Dataset.Create(network.Description, train.Numbers, train.Categories, train.Labels), Options(batchSize, lambda: null, progress));
        return network;
    }

    private static FitOptions Options(int batchSize, double? lambda, IProgress<TrainingProgress> progress) => new()
    {
        Epochs = 60,
        BatchSize = batchSize,
        Optimizer = new Adam(0.001),
        ValidationSplit = 0.2,
        Metrics = [new BinaryAccuracy(), new Auc()],
        Callbacks = [new EarlyStopping(patience: 6, restoreBestWeights: true)],
        Settings = lambda is { } value ? new Dictionary<string, double> { ["lambda"] = value } : null,
        Progress = progress,
        Verbosity = Verbosity.Silent,
    };

    /// <summary>Each fifth of a small set is held out in turn; everyone is judged by a network that had not seen them.</summary>
    private static FairnessResult AuditInParts(string name, CreditTable people)
    {
        PartLog log = LogOf(name, Parts);
        FairScores[] parts = [.. Enumerable.Range(0, Parts).Select(part =>
        {
            (CreditTable others, CreditTable held) = people.HoldOut(part, Parts);
            return Mend(log, others, held, MakeFairGerman, batchSize: 160);
        })];
        return new FairnessResult(
            FairnessAudit.Of([.. parts.SelectMany(part => part.Before)], people),
            FairnessAudit.Of([.. parts.SelectMany(part => part.After)], people),
            [.. parts.Select(part => part.Trials)]);
    }

    private static FairnessResult Audit(string name, CreditTable train, CreditTable test, Func<CreditTable, INetwork> create, int batchSize)
    {
        FairScores scores = Mend(LogOf(name, parts: 1), train, test, create, batchSize);
        return new FairnessResult(FairnessAudit.Of(scores.Before, test), FairnessAudit.Of(scores.After, test), [scores.Trials]);
    }

    /// <summary>
    /// Trains at lambda 0, then at growing lambdas until the gap among the people of the training is small enough; those held out are scored by the first network
    /// and the last, and choose nothing.
    /// </summary>
    private static FairScores Mend(PartLog log, CreditTable train, CreditTable held, Func<CreditTable, INetwork> create, int batchSize)
    {
        INetwork Train(double lambda)
        {
            INetwork network = create(train);
            network.Fit(Dataset.Create(network.Description, train.Numbers, train.Categories, train.Labels, train.Groups), Options(batchSize, lambda, log.Watch()));
            return network;
        }

        INetwork plain = Train(0), fair = plain;
        double before = FairnessAudit.Of(Predict(plain, train), train).Gap;
        log.End(FormattableString.Invariant($"a gap of {before:0.000} without the penalty"));
        var trials = new List<(double Lambda, double GapLeft)>();
        foreach (double lambda in Lambdas)
        {
            fair = Train(lambda);
            trials.Add((lambda, FairnessAudit.Of(Predict(fair, train), train).Gap / before));
            log.End(FormattableString.Invariant($"{trials[^1].GapLeft:0.00} of it at lambda {lambda}"));
            if (trials[^1].GapLeft <= GapWanted)
            {
                log.Skip(Lambdas.Length - trials.Count);
                break;
            }
        }

        return new FairScores(Predict(plain, held), Predict(fair, held), trials);
    }

    /// <summary>For each part a network without the penalty, and one for each lambda at most.</summary>
    private static PartLog LogOf(string name, int parts) => new($"networks of {name}", parts * (1 + Lambdas.Length));

    private static float[] Predict(INetwork network, CreditTable people)
    {
        float[] scores = new float[people.Count];
        network.Predict([people.Numbers, people.Categories], [scores]);
        return scores;
    }

    private static INetwork MakeGerman(CreditTable train)
    {
        var network = new GermanRisk(seed: 1);
        network.Adapt(train.Numbers);
        return network;
    }

    private static INetwork MakeDefault(CreditTable train)
    {
        var network = new DefaultRisk(seed: 1);
        network.Adapt(train.Numbers);
        return network;
    }

    private static INetwork MakeFairGerman(CreditTable train)
    {
        var network = new FairGerman(seed: 1);
        network.Adapt(train.Numbers);
        return network;
    }

    private static INetwork MakeAdult(CreditTable train)
    {
        var network = new FairAdult(seed: 1);
        network.Adapt(train.Numbers);
        return network;
    }

    private sealed record FairScores(float[] Before, float[] After, IReadOnlyList<(double Lambda, double GapLeft)> Trials);
}

/// <summary>How well probabilities fit what became of people held out.</summary>
/// <param name="Areas">The area under the receiver operating characteristic, by part held out.</param>
/// <param name="Confusion">Decisions at one half: row and column 1 are bad credits.</param>
/// <param name="Scores">The probability of each person held out.</param>
/// <param name="Labels">What became of each.</param>
public sealed record RiskJudgement(IReadOnlyList<double> Areas, ConfusionMatrix Confusion, float[] Scores, float[] Labels)
{
    /// <summary>The mean over the parts.</summary>
    public double MeanArea => Areas.Average();

    /// <summary>Trains a network for each part held out, and judges it there.</summary>
    /// <param name="name">What they are called, in the lines that tell of every part.</param>
    /// <param name="people">Everyone, in a random order.</param>
    /// <param name="parts">The number of parts.</param>
    /// <param name="heldOut">How many of them are held out in turn.</param>
    /// <param name="train">Trains on some people, tells how far it is, and predicts others.</param>
    public static RiskJudgement Measure(string name, CreditTable people, int parts, int heldOut, Func<CreditTable, CreditTable, IProgress<TrainingProgress>, float[]> train)
    {
        var areas = new List<double>();
        var confusion = new ConfusionMatrix(2);
        var scores = new List<float>();
        var labels = new List<float>();
        var log = new PartLog($"parts of {name}", heldOut);
        for (int part = 0; part < heldOut; part++)
        {
            (CreditTable others, CreditTable held) = people.HoldOut(part, parts);
            float[] found = train(others, held, log.Watch());
            areas.Add(new Auc().Compute(new MetricBatch(found, held.Labels, 1)));
            scores.AddRange(found);
            labels.AddRange(held.Labels);
            for (int i = 0; i < found.Length; i++)
            {
                confusion.Add((int)held.Labels[i], found[i] > 0.5f ? 1 : 0);
            }

            log.End(FormattableString.Invariant($"AUC {areas[^1]:0.000}"));
        }

        return new RiskJudgement(areas, confusion, [.. scores], [.. labels]);
    }
}

/// <summary>How the scores of one group compare with the truth about it.</summary>
/// <param name="Count">The number of people.</param>
/// <param name="LabelRate">The share of them with the label.</param>
/// <param name="MeanScore">The mean probability that they are given.</param>
/// <param name="DecisionRate">The share with a probability above one half.</param>
/// <param name="TruePositiveRate">That share among those with the label.</param>
public sealed record GroupAudit(int Count, double LabelRate, double MeanScore, double DecisionRate, double TruePositiveRate);

/// <summary>What scores do to two groups of people who had no part in training.</summary>
/// <param name="Men">Group 0.</param>
/// <param name="Women">Group 1.</param>
/// <param name="Accuracy">The share of right decisions at one half, over both.</param>
public sealed record FairnessAudit(GroupAudit Men, GroupAudit Women, double Accuracy)
{
    /// <summary>The distance between the mean scores of the groups: what the loss penalises.</summary>
    public double Gap => Math.Abs(Men.MeanScore - Women.MeanScore);

    /// <summary>Compares scores with the truth.</summary>
    public static FairnessAudit Of(float[] scores, CreditTable people)
    {
        (float Score, bool Label, bool IsWoman)[] rows = [.. Enumerable.Range(0, people.Count).Select(i => (scores[i], people.Labels[i] > 0.5f, people.Groups[i] > 0.5f))];
        return new FairnessAudit(
            OfGroup([.. rows.Where(row => !row.IsWoman).Select(row => (row.Score, row.Label))]),
            OfGroup([.. rows.Where(row => row.IsWoman).Select(row => (row.Score, row.Label))]),
            rows.Average(row => row.Score > 0.5f == row.Label ? 1.0 : 0));
    }

    private static GroupAudit OfGroup((float Score, bool Label)[] rows) => new(
        rows.Length,
        rows.Average(row => row.Label ? 1.0 : 0),
        rows.Average(row => (double)row.Score),
        rows.Average(row => row.Score > 0.5f ? 1.0 : 0),
        rows.Where(row => row.Label).Average(row => row.Score > 0.5f ? 1.0 : 0));
}

/// <summary>An audit before and after the penalty.</summary>
/// <param name="Before">At lambda 0: the cross-entropy alone.</param>
/// <param name="After">At the lambdas chosen.</param>
/// <param name="Trials">For each part held out the lambdas that were tried, the chosen one last, with what was left of the gap among the people of the training.</param>
public sealed record FairnessResult(FairnessAudit Before, FairnessAudit After, IReadOnlyList<IReadOnlyList<(double Lambda, double GapLeft)>> Trials)
{
    /// <summary>The lambda chosen for each part held out.</summary>
    public IEnumerable<double> Lambdas => Trials.Select(part => part[^1].Lambda);

    /// <summary>What is left of the gap.</summary>
    public double GapRatio => After.Gap / Before.Gap;
}

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

        Console.WriteLine(risks.Count + audits.Count > 0 ? $"pictures are in {output}" : "nothing is judged and no pictures are drawn: the data of every part is missing");
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
        var plot = new Plot($"{name}: the gap among the people of the training", "lambda", "gap / gap without penalty") { HasLogX = true };
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
