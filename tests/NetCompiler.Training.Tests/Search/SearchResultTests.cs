using Xunit;

namespace NetCompiler.Tests.Training.Search;

public sealed class SearchResultTests
{
    private static readonly SearchOptions Options = new() { Threads = 2, Verbosity = Verbosity.Silent };

    private static readonly SearchResult Folds = new GridSearch(SearchCases.Grid.Choice("note", "a, \"b\""), 2, Options).Run(SearchCases.Data, run => run.Trial switch
    {
        0 => double.NaN,
        1 => throw new InvalidDataException("a long story about a file that was not where it should have been, and [red] brackets"),
        _ => run.Trial + (run.Fold / 8.0),
    });

    [Fact]
    public void Table_HasTheBestFirst()
    {
        string[] lines = Folds.ToTable().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("trial units optimizer note val_loss deviation failure", Words(lines[1]));
        Assert.Equal("2 4 adam a, \"b\" 2.0625 0.0625", Words(lines[3]));
        Assert.Equal("0 2 adam a, \"b\" failed The score is NaN.", Words(lines[7]));
        Assert.Equal("1 2 sgd a, \"b\" failed InvalidDataException: a long story about a file that was ...", Words(lines[8]));
        Assert.Single(lines.Select(line => line.TrimEnd('\r').Length).Distinct());
        Assert.Contains("and 4 more", Folds.ToTable(rows: 2), StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => Folds.ToTable(0));

        static string Words(string line) => string.Join(' ', line.Split([' ', '|'], StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public void Text_IsBrokenForAConsole_ButNoValueIs()
    {
        string[] lines = Folds.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.All(lines, line => Assert.InRange(line.Length, 1, 80));
        Assert.Contains(lines, line => line.Contains(" 2.0625 ", StringComparison.Ordinal));
        Assert.True(lines.Length > Folds.ToTable().Split('\n', StringSplitOptions.RemoveEmptyEntries).Length, Folds.ToString());

        // Long names are broken at their underscores.
        SearchSpace space = SearchCases.Space.Float("weight_decay_of_the_optimizer", 1, 2).Float("first_momentum", 0.5, 1);
        SearchResult wide = new Hyperband(space, 3, options: Options).Run(SearchCases.Data, run => run.Trial);
        Assert.True(wide.ToTable().IndexOf('\n', StringComparison.Ordinal) > 80);
        Assert.All(wide.ToString().Split('\n'), line => Assert.InRange(line.Length, 0, 80));
        Assert.Contains(" learning_ ", wide.ToString(), StringComparison.Ordinal);

        // What fits is as it is.
        SearchResult narrow = new GridSearch(SearchCases.Grid, 2, Options).Run(SearchCases.Data, run => run.Trial);
        Assert.Equal(narrow.ToTable(), narrow.ToString());
    }

    [Fact]
    public void Csv_HasEveryMeasurement_AndReadsBackToTheBit()
    {
        using TemporaryFolder folder = new();
        SearchResult result = new GridSearch(SearchCases.Grid, 3, Options).Fit(SearchCases.Data, SearchCases.OptionsOf);
        result.SaveCsv(folder["trials.csv"]);
        CsvTable table = CsvTable.Read(folder["trials.csv"]);
        string[] rows = File.ReadAllLines(folder["trials.csv"]);
        Assert.Equal("trial,units,optimizer,trial_seed,val_loss,deviation,fold_1,fold_2,fold_3,failure", rows[0]);
        for (int i = 0; i < 6; i++)
        {
            string[] cells = rows[i + 1].Split(',');
            Assert.Equal(result.Trials[i].Score, double.Parse(cells[4], System.Globalization.CultureInfo.InvariantCulture));
            Assert.Equal(result.Trials[i].Scores.Select(score => score.Score), cells[6..9].Select(cell => double.Parse(cell, System.Globalization.CultureInfo.InvariantCulture)));
        }

        Assert.Equal(6, table.RowCount);
        Assert.Contains("\"a, \"\"b\"\"\"", Folds.ToCsv(), StringComparison.Ordinal);
    }

    [Fact]
    public void CsvOfHyperband_HasAColumnPerRung()
    {
        SearchResult result = new Hyperband(SearchCases.Space, 9, options: Options).Run(SearchCases.Data, run => run.Trial);
        string[] rows = result.ToCsv().Split("\r\n");
        Assert.Equal("trial,units,learning_rate,trial_seed,trained,best_after,val_loss,deviation,after_1,after_3,after_9,failure", rows[0]);
        Assert.EndsWith(",9,1,0,0,0,0,0,", rows[1], StringComparison.Ordinal);
        Assert.EndsWith(",1,1,8,0,8,,,", rows[9], StringComparison.Ordinal);
        Assert.Contains(" trained | best after ", result.ToTable(), StringComparison.Ordinal);
    }

    [Fact]
    public void Picture_HasAnAxisPerHyperparameter()
    {
        string svg = Folds.ToParallelCoordinates().ToSvg();
        Assert.All(["units", "optimizer", "note", "val_loss", "adam", "sgd", "2", "4", "8"], word => Assert.Contains($">{word}<", svg, StringComparison.Ordinal));
        SearchResult hyperband = new Hyperband(SearchCases.Space, 3, options: Options).Run(SearchCases.Data, run => run.Trial);
        Assert.Contains(">trained<", hyperband.ToParallelCoordinates().ToSvg(), StringComparison.Ordinal);
        Assert.DoesNotContain(">2<", hyperband.ToParallelCoordinates().ToSvg().Split(">trained<")[1].Split(">val_loss<")[0], StringComparison.Ordinal);
        Assert.NotEmpty(hyperband.ToParallelCoordinates().ToPng());
        Assert.DoesNotContain(">epochs<", hyperband.ToParallelCoordinates().ToSvg(), StringComparison.Ordinal);
    }

    [Fact]
    public void SameTrialsInOtherCultures_AreWrittenAlike()
    {
        string expected = Folds.ToCsv() + Folds;
        System.Globalization.CultureInfo before = System.Globalization.CultureInfo.CurrentCulture;
        try
        {
            System.Globalization.CultureInfo.CurrentCulture = new System.Globalization.CultureInfo("") { NumberFormat = { NumberDecimalSeparator = "," } };
            Assert.Equal(expected, Folds.ToCsv() + Folds);
        }
        finally
        {
            System.Globalization.CultureInfo.CurrentCulture = before;
        }
    }
}
