using NetCompiler;
using Samples.Data;

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
        Run(new CreditOptions(arguments.Text("data"), arguments.Text("output") ?? new CreditOptions().Output, arguments.Text("only")));
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
            risks["german"] = RiskJudgement.Measure(german.Shuffle(1), Parts, Parts, (train, held) => Predict(TrainRisk(MakeGerman(train), train, batchSize: 32), held));
        }

        if (Wanted("default") && CreditSource.Default(options.Data) is { } cards)
        {
            Console.WriteLine(DefaultRisk.Description);
            risks["default"] = RiskJudgement.Measure(cards.Shuffle(1), Parts, Parts, (train, held) => Predict(TrainRisk(MakeDefault(train), train, batchSize: 128), held));
        }

        if (Wanted("fair-german") && CreditSource.German(options.Data) is { } germans)
        {
            audits["fair-german"] = AuditInParts(germans.Shuffle(1));
        }

        if (Wanted("fair-adult") && CreditSource.Adult(options.Data) is { } adults)
        {
            audits["fair-adult"] = Audit(adults.Train.Shuffle(1), adults.Test, MakeAdult, batchSize: 256);
        }

        CreditReport.Show(risks, audits, options.Output);
        return new CreditResult(risks, audits);
    }

    /// <summary>The best epoch is chosen by the last fifth of the training rows.</summary>
    private static INetwork TrainRisk(INetwork network, CreditTable train, int batchSize)
    {
        network.Fit(Dataset.Create(network.Description, train.Numbers, train.Categories, train.Labels), Options(batchSize, lambda: null));
        return network;
    }

    private static FitOptions Options(int batchSize, double? lambda) => new()
    {
        Epochs = 60,
        BatchSize = batchSize,
        Optimizer = new Adam(0.001),
        ValidationSplit = 0.2,
        Metrics = [new BinaryAccuracy(), new Auc()],
        Callbacks = [new EarlyStopping(patience: 6, restoreBestWeights: true)],
        Settings = lambda is { } value ? new Dictionary<string, double> { ["lambda"] = value } : null,
        Verbosity = Verbosity.Silent,
    };

    /// <summary>Each fifth of a small set is held out in turn; everyone is judged by a network that had not seen them.</summary>
    private static FairnessResult AuditInParts(CreditTable people)
    {
        FairScores[] parts = [.. Enumerable.Range(0, Parts).Select(part =>
        {
            (CreditTable others, CreditTable held) = people.HoldOut(part, Parts);
            return Mend(others, held, MakeFairGerman, batchSize: 160);
        })];
        return new FairnessResult(
            FairnessAudit.Of([.. parts.SelectMany(part => part.Before)], people),
            FairnessAudit.Of([.. parts.SelectMany(part => part.After)], people),
            [.. parts.Select(part => part.Trials)]);
    }

    private static FairnessResult Audit(CreditTable train, CreditTable test, Func<CreditTable, INetwork> create, int batchSize)
    {
        FairScores scores = Mend(train, test, create, batchSize);
        return new FairnessResult(FairnessAudit.Of(scores.Before, test), FairnessAudit.Of(scores.After, test), [scores.Trials]);
    }

    /// <summary>
    /// Trains at lambda 0, then at growing lambdas until the gap among the people of the training is small enough; those held out are scored by the first network
    /// and the last, and choose nothing.
    /// </summary>
    private static FairScores Mend(CreditTable train, CreditTable held, Func<CreditTable, INetwork> create, int batchSize)
    {
        INetwork Train(double lambda)
        {
            INetwork network = create(train);
            network.Fit(Dataset.Create(network.Description, train.Numbers, train.Categories, train.Labels, train.Groups), Options(batchSize, lambda));
            return network;
        }

        INetwork plain = Train(0), fair = plain;
        double before = FairnessAudit.Of(Predict(plain, train), train).Gap;
        var trials = new List<(double Lambda, double GapLeft)>();
        foreach (double lambda in Lambdas)
        {
            fair = Train(lambda);
            trials.Add((lambda, FairnessAudit.Of(Predict(fair, train), train).Gap / before));
            if (trials[^1].GapLeft <= GapWanted)
            {
                break;
            }
        }

        return new FairScores(Predict(plain, held), Predict(fair, held), trials);
    }

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
