using Xunit;

namespace NetCompiler.Tests.Training.Search;

public class SearchSpaceTests
{
    private static readonly SearchSpace Empty = SearchSpace.Of<Line>();

    [Fact]
    public void ChoicesOfVariants_AreHyperparameters()
    {
        SearchSpace space = SearchSpace.Of(Curve.Variants).Boolean("shuffle").Int("epochs", 5, 12, step: 3);
        Assert.Equal(["units", "shuffle", "epochs"], space.Parameters.Select(parameter => parameter.Name));
        Assert.Equal(3 * 2 * 3, space.Count);
        Assert.Equal("units: 2, 4, 8\nshuffle: false, true\nepochs: 5 to 11 by 3", space.ToString());
        Assert.Null(space.Float("rate", 0, 1).Count);
        Assert.Equal([2.0, 8.0], Values(SearchSpace.Of(Curve.Variants).Restrict("Units", 2, 8), "units"));
    }

    [Fact]
    public void SpaceIsAValue_EveryMethodGivesAnother()
    {
        SearchSpace space = Empty.Choice("a", 1, 2);
        space.Choice("b", 0.5, 1);
        Assert.Single(space.Parameters);
        Assert.Equal(1, Empty.Count);
    }

    [Fact]
    public void BadSpaces_AreRefused()
    {
        Refuse("The choice \"a\" has no value", () => Empty.Choice("a", Array.Empty<string>()));
        Refuse("The choice \"a\" has the value 3 twice", () => Empty.Choice("a", 3, 3));
        Refuse("must be finite", () => Empty.Choice("a", 3, double.NaN));
        Refuse("from 5 to 4; the least value must not be above", () => Empty.Int("a", 5, 4));
        Refuse("The step of \"a\" must be at least 1", () => Empty.Int("a", 1, 4, step: 0));
        Refuse("has 4294967296 values", () => Empty.Int("a", int.MinValue, int.MaxValue));
        Refuse("from 0.2 to 0.1; the least value must not be above", () => Empty.Float("a", 0.2, 0.1));
        Refuse("its bounds must be positive", () => Empty.Float("a", 0, 1, Sampling.Log));
        Refuse("its bounds must be finite", () => Empty.Float("a", 0, double.PositiveInfinity));
        Refuse("no such Sampling", () => Empty.Float("a", 0, 1, (Sampling)7));
        Refuse("a hyperparameter \"A\" already", () => Empty.Choice("a", 1).Float("A", 0, 1));
        Refuse("already as a compile-time choice; Restrict leaves some of its values out", () => SearchSpace.Of(Curve.Variants).Choice("units", 4));
        Refuse("Curve has no compile-time choice \"width\"; it has units", () => SearchSpace.Of(Curve.Variants).Restrict("width", 4));
        Refuse("no value 5; it has 2, 4, 8", () => SearchSpace.Of(Curve.Variants).Restrict("units", 5));
        Refuse("has no value", () => SearchSpace.Of(Curve.Variants).Restrict("units"));
        Refuse("There are no variants", () => SearchSpace.Of([]));
        Refuse("3 variants, 2 of them different", () => SearchSpace.Of([Curve.Variants[0], Curve.Variants[1], Curve.Variants[0]]));
        Assert.ThrowsAny<ArgumentException>(() => Empty.Choice(" ", 1));
        Refuse("values[1] is null.", () => Empty.Choice("optimizer", "adam", null!));

        static void Refuse(string message, Action make) => Assert.Contains(message, Assert.ThrowsAny<ArgumentException>(make).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void SpacesThatSearchesCannotTake_AreRefused()
    {
        SearchSpace rates = Empty.Float("rate", 0, 1);
        Assert.Contains("range of floats, rate: 0 to 1; name the values with Choice", Assert.Throws<ArgumentException>(() => new GridSearch(rates)).Message, StringComparison.Ordinal);
        SearchSpace huge = Empty.Int("a", 1, int.MaxValue).Int("b", 1, 100);
        Assert.Throws<ArgumentOutOfRangeException>(() => new GridSearch(huge));
        Assert.Equal(7, new RandomSearch(huge, 7).MaxTrials);
        Assert.Throws<ArgumentOutOfRangeException>(() => new RandomSearch(rates, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Hyperband(rates, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Hyperband(rates, 9, factor: 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RandomSearch(rates, 3, options: new SearchOptions { ValidationSplit = 1 }));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(64)]
    [InlineData(1000)]
    public void FiniteSpace_GivesEveryCombinationOnceBeforeAnyAgain(int size)
    {
        SearchSpace space = Empty.Int("a", 0, size - 1);
        int[] drawn = [.. Enumerable.Range(0, 2 * size).Select(trial => space.Draw(seed: 3, trial).GetInt32("a"))];
        Assert.Equal(Enumerable.Range(0, size), drawn[..size].Order());
        Assert.Equal(drawn[..size], drawn[size..]);
        if (size >= 64)
        {
            Assert.NotEqual(drawn[..size], drawn[..size].Order());
            Assert.NotEqual(drawn[0..size], Enumerable.Range(0, size).Select(trial => space.Draw(seed: 4, trial).GetInt32("a")));

            // A permutation by chance leaves one number in its place on average.
            Assert.InRange(drawn[..size].Where((value, i) => value == i).Count(), 0, 8);
        }
    }

    [Fact]
    public void IndexPermutation_ReachesLargeSizes()
    {
        const long Size = (1L << 60) - 1;
        long[] places = [.. Enumerable.Range(0, 1000).Select(i => IndexPermutation.Apply(Size - 1 - i, Size, seed: 1))];
        Assert.All(places, place => Assert.InRange(place, 0, Size - 1));
        Assert.Equal(1000, places.Distinct().Count());
        Assert.InRange(places.Average(place => (double)place / Size), 0.45, 0.55);
    }

    [Fact]
    public void Floats_AreDrawnEvenly_LinearlyOrByRatios()
    {
        SearchSpace space = Empty.Float("linear", -1, 3).Float("log", 1e-4, 1e-2, Sampling.Log).Choice("name", "a", "b", "c", "d");
        TrialValues[] drawn = [.. Enumerable.Range(0, 4000).Select(trial => space.Draw(seed: 9, trial))];

        // 4000 draws: a share p deviates by sqrt(p (1 - p) / 4000) < 0.008; five of those.
        Assert.Equal(0.25, drawn.Count(values => values.GetDouble("linear") < 0) / 4000.0, 0.04);
        Assert.Equal(0.5, drawn.Count(values => values.GetDouble("log") < 1e-3) / 4000.0, 0.04);
        Assert.Equal(0.25, drawn.Count(values => values.GetString("name") == "c") / 4000.0, 0.04);
        Assert.All(drawn, values => Assert.InRange(values.GetDouble("linear"), -1, 3));
        Assert.All(drawn, values => Assert.InRange(values.GetDouble("log"), 1e-4, 1e-2));
        Assert.Equal(4000, drawn.Select(values => values.GetDouble("log")).Distinct().Count());
    }

    [Fact]
    public void Values_TellWhatTheyAre()
    {
        TrialValues values = Empty.Choice("name", "a").Choice("rate", 0.5).Boolean("on").Int("n", 3, 3).ValuesAt(1);
        Assert.Equal("name = a, rate = 0.5, on = true, n = 3", values.ToString());
        Assert.Equal(("a", 0.5, true, 3), (values.GetString("NAME"), values.GetDouble("rate"), values.GetBoolean("on"), values.GetInt32("n")));
        Assert.Contains("\"rate\" is 0.5, but a whole number", Assert.Throws<InvalidOperationException>(() => values.GetInt32("rate")).Message, StringComparison.Ordinal);
        Assert.Contains("\"name\" is a, but a number", Assert.Throws<InvalidOperationException>(() => values.GetDouble("name")).Message, StringComparison.Ordinal);
        Assert.Contains("there are name, rate, on, n", Assert.Throws<KeyNotFoundException>(() => values["units"]).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void WholeNumberCalledSeed_IsTheSeed()
    {
        TrialValues values = Empty.Int("seed", 7, 7).ValuesAt(0);
        Assert.Equal(7, SearchSpace.SeedOf(values, seed: 1, trial: 5));
        TrialValues none = Empty.ValuesAt(0);
        Assert.Equal(100, Enumerable.Range(0, 100).Select(trial => SearchSpace.SeedOf(none, seed: 1, trial)).Distinct().Count());
        Assert.NotEqual(SearchSpace.SeedOf(none, seed: 1, trial: 0), SearchSpace.SeedOf(none, seed: 2, trial: 0));
    }

    private static IEnumerable<double> Values(SearchSpace space, string name) => Enumerable.Range(0, (int)space.Count!.Value).Select(i => space.ValuesAt(i).GetDouble(name));
}
