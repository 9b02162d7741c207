using global::Samples;
using global::Samples.Data;
using NetCompiler.TestKit;
using Xunit;

namespace NetCompiler.Tests.Samples;

/// <summary>The samples on tables, in full.</summary>
public class TableSampleTests
{
    [SharedFact("data/boston-housing/housing.csv")]
    public void HousePrices_AreOffByLessThanThePublishedBound()
    {
        using var folder = new TemporaryFolder();
        HouseTable houses = HouseTable.Load(Shared.PathOf("data/boston-housing"));
        Assert.Equal(506, houses.Count);
        IReadOnlyList<HouseFolds> results = HousePricesSample.Run(houses, [1, 16], folder.Path);
        SampleFigures.Write("17-HousePrices", $"mean absolute error of {string.Join(", ", results.Select(result => FormattableString.Invariant($"{result.MeanError:0.00} with batches of {result.BatchSize}")))}, cross-validated");
        Assert.Equal([1, 16], results.Select(result => result.BatchSize));
        Assert.All(results, result => Assert.InRange(result.MeanError, 1.5, 2.7));
        folder.AssertPictures("predicted-against-true", "learning-curve-batch-1", "learning-curve-batch-16");
    }

    [Fact]
    public void MadeUpHouses_AreLearned()
    {
        using var folder = new TemporaryFolder();
        HouseTable houses = HouseTable.Load(folder.Path);
        HouseFolds result = Assert.Single(HousePricesSample.Run(houses, [16], folder.Path));

        folder.AssertText("learning-curve-batch-16", "mean absolute error, thousand dollars");

        // The mean price is off by 9.3, the formula without its noise by a quarter.
        Assert.InRange(result.MeanError, 0.2, 3);
    }

    [SharedFact("data/german-credit/german.csv")]
    public void CreditRisk_IsJudgedOnPeopleHeldOut()
    {
        using var folder = new TemporaryFolder();
        CreditResult result = CreditRiskSample.Run(new CreditOptions(Shared.PathOf("data/german-credit"), folder.Path, Only: "german"));
        RiskJudgement risk = result.Risks["german"];
        SampleFigures.Write("18-CreditRisk, german", $"AUC {risk.MeanArea:0.000}, accuracy {risk.Confusion.Accuracy:0.000}");
        Assert.InRange(risk.MeanArea, 0.76, 0.9);
        Assert.Equal(1000, risk.Confusion.Total);
        Assert.Equal(300, risk.Confusion[1, 0] + risk.Confusion[1, 1]);
        folder.AssertPictures("german-confusion-matrix", "roc");
    }

    [SharedFact("data/credit-default/credit-card-clients.csv.gz")]
    public void CreditDefault_IsJudgedOnPeopleHeldOut()
    {
        using var folder = new TemporaryFolder();
        CreditResult result = CreditRiskSample.Run(new CreditOptions(Shared.PathOf("data/credit-default"), folder.Path, Only: "default"));
        RiskJudgement risk = result.Risks["default"];
        SampleFigures.Write("18-CreditRisk, default", $"AUC {risk.MeanArea:0.000}, accuracy {risk.Confusion.Accuracy:0.000}");
        Assert.InRange(risk.MeanArea, 0.76, 0.9);
        Assert.Equal(30_000, risk.Confusion.Total);
        folder.AssertPictures("default-confusion-matrix", "roc");
    }

    [SharedFact("data/german-credit/german.csv")]
    public void GapBetweenGroups_ShrinksByHalf_OnCredits()
    {
        using var folder = new TemporaryFolder();
        AssertMended("fair-german", CreditRiskSample.Run(new CreditOptions(Shared.PathOf("data/german-credit"), folder.Path, Only: "fair-german")).Audits["fair-german"], people: 1000, leastGap: 0.04);
        folder.AssertPictures("fair-german-gap");
        Assert.Contains(">gap / gap without penalty</text>", File.ReadAllText(Path.Combine(folder.Path, "fair-german-gap.svg")), StringComparison.Ordinal);
    }

    [SharedFact("data/adult-income/adult-train.csv.gz")]
    public void GapBetweenGroups_ShrinksByHalf_OnIncomes()
    {
        using var folder = new TemporaryFolder();
        AssertMended("fair-adult", CreditRiskSample.Run(new CreditOptions(Shared.PathOf("data/adult-income"), folder.Path, Only: "fair-adult")).Audits["fair-adult"], people: 16_281, leastGap: 0.12);
        folder.AssertPictures("fair-adult-gap");
    }

    [Fact]
    public void MissingCredits_AreLeftOut()
    {
        using var folder = new TemporaryFolder();
        CreditResult result = CreditRiskSample.Run(new CreditOptions(folder.Path, folder.Path));
        Assert.Empty(result.Risks);
        Assert.Empty(result.Audits);
    }

    [SharedFact("data/movielens-small/ratings.csv.gz")]
    public void Ratings_AreForeseen_AndFilmsRecommended()
    {
        using var folder = new TemporaryFolder();
        RatingTable ratings = RatingTable.Load(Shared.PathOf("data/movielens-small"));
        Assert.Equal(100_836, ratings.Count);
        RecommenderResult result = RecommenderSample.Run(ratings, new RecommenderOptions(Output: folder.Path));
        SampleFigures.Write("19-Recommender", $"root mean squared error {result.TestError:0.000}, of the mean rating {result.MeanError:0.000}");
        Assert.InRange(result.TestError, 0.8, 0.92);
        Assert.InRange(result.MeanError, 1, 1.1);
        Assert.Equal(5, result.TopTitles.Distinct().Count());
        HashSet<string> seen = [.. ratings.Films.Where((_, row) => ratings.Users[row] == 0).Select(film => ratings.Titles[film])];
        Assert.DoesNotContain(result.TopTitles, seen.Contains);
        folder.AssertPictures("learning-curve");
    }

    [Fact]
    public void MadeUpRatings_AreForeseenBetterThanByTheirMean()
    {
        using var folder = new TemporaryFolder();
        RecommenderResult result = RecommenderSample.Run(RatingTable.Load(folder.Path), new RecommenderOptions(Output: folder.Path));
        Assert.InRange(result.TestError, 0.2, 0.8 * result.MeanError);
        var exception = Assert.Throws<ArgumentException>(() => RecommenderSample.Run(RatingTable.Load(folder.Path), new RecommenderOptions(User: 200, folder.Path)));
        Assert.Equal("--user is 201, but the users are 1 to 200.", exception.Message);
    }

    private static void AssertMended(string name, FairnessResult result, int people, double leastGap)
    {
        SampleFigures.Write($"18-CreditRisk, {name}", $"gap {result.Before.Gap:0.000} to {result.After.Gap:0.000}, accuracy {result.Before.Accuracy:0.000} to {result.After.Accuracy:0.000}");
        Assert.Equal(people, result.Before.Men.Count + result.Before.Women.Count);
        Assert.True(result.Before.Gap >= leastGap, $"There was no gap to close: {result.Before.Gap}.");
        Assert.True(result.GapRatio <= 0.5, $"The gap went from {result.Before.Gap} to {result.After.Gap}.");
        Assert.All(result.Lambdas, lambda => Assert.True(lambda > 0));

        // Scores that are all the same would have no gap either.
        Assert.InRange(result.After.Accuracy, result.Before.Accuracy - 0.05, 1);
        Assert.True(result.After.Men.TruePositiveRate > 0.15 && result.After.Women.TruePositiveRate > 0.15);
    }
}
