using NetCompiler;
using Samples.Data;
using Spectre.Console;

namespace Samples;

/// <summary>What the sample is asked to do.</summary>
/// <param name="User">The user, counted from 0, who is told of films.</param>
/// <param name="Output">The folder for pictures.</param>
public sealed record RecommenderOptions(int User = 0, string Output = "artifacts/19-Recommender");

/// <summary>What the recommender reached.</summary>
/// <param name="TestError">The root of the mean squared error on ratings held out, in stars.</param>
/// <param name="MeanError">The same for the mean of all training ratings as every prediction.</param>
/// <param name="TopTitles">The five films, not yet rated by the user, with the largest predictions.</param>
public sealed record RecommenderResult(double TestError, double MeanError, IReadOnlyList<string> TopTitles);

/// <summary>Recommends films from the ratings of many users.</summary>
public static class RecommenderSample
{
    private const int MostEpochs = 40;
    private const int LeastRatings = 20;
    private const int Top = 5;

    /// <summary>Options: --data FOLDER with ratings.csv.gz and movies.csv.gz, --user N counted from 1, --output FOLDER.</summary>
    public static int Main(string[] args) => SampleProgram.Run(() =>
    {
        var arguments = new SampleArguments(args, ["data", "user", "output"]);
        var options = new RecommenderOptions();
        options = new RecommenderOptions(arguments.Count("user", options.User + 1) - 1, arguments.Folder("output", options.Output));
        Run(RatingTable.Load(arguments.Text("data")), options);
    });

    /// <summary>Trains on eight tenths of the ratings, stops by another tenth, and judges by the last.</summary>
    /// <exception cref="ArgumentException">There is no such user.</exception>
    public static RecommenderResult Run(RatingTable ratings, RecommenderOptions options)
    {
        if (!ratings.Users.Contains(options.User))
        {
            throw new ArgumentException($"--user is {options.User + 1}, but the users are 1 to {ratings.Users.Max() + 1}.");
        }

        Console.WriteLine(Recommender.Description);
        int[] order = [.. Enumerable.Range(0, ratings.Count)];
        new Random(1).Shuffle(order);
        int tenth = order.Length / 10;
        RatingTable test = ratings.Take(order.AsSpan(0, tenth)), validation = ratings.Take(order.AsSpan(tenth, tenth)), train = ratings.Take(order.AsSpan(2 * tenth));

        var network = new Recommender(seed: 1);
        var stopping = new EarlyStopping("val_rmse", patience: 2, restoreBestWeights: true);
        History history = network.Fit(DatasetOf(train), new FitOptions
        {
            Epochs = MostEpochs,
            BatchSize = 64,
            Optimizer = new Adam(0.001),
            ValidationData = DatasetOf(validation),
            Metrics = [new RootMeanSquaredError()],
            Callbacks = [stopping],
            Verbosity = Verbosity.Lines,
        });

        double error = network.Evaluate(DatasetOf(test), metrics: [new RootMeanSquaredError()])["rmse"];
        double mean = train.Ratings.Average(rating => (double)rating);
        double meanError = Math.Sqrt(test.Ratings.Average(rating => (rating - mean) * (rating - mean)));
        history.ToPlot("rmse").SaveTo(options.Output, "learning-curve");

        var table = new Table();
        table.AddColumns("", "ratings", "mean of all", "this network");
        table.AddRow("training", FormattableString.Invariant($"{train.Count}"), "", FormattableString.Invariant($"{history["rmse"][stopping.BestEpoch]:0.000}"));
        table.AddRow("validation, which stops", FormattableString.Invariant($"{validation.Count}"), "", FormattableString.Invariant($"{history["val_rmse"][stopping.BestEpoch]:0.000}"));
        table.AddRow("held out", FormattableString.Invariant($"{test.Count}"), FormattableString.Invariant($"{meanError:0.000}"), FormattableString.Invariant($"{error:0.000}"));
        table.Show("root mean squared error, stars");
        Console.WriteLine(FormattableString.Invariant($"held out, a rating is off by {error:0.000} stars (root mean square), the mean rating by {meanError:0.000}"));
        Console.WriteLine($"pictures are in {options.Output}");
        return new RecommenderResult(error, meanError, Recommend(network, ratings, options.User));
    }

    private static Dataset DatasetOf(RatingTable ratings) => Dataset.Create<Recommender>(ratings.Users, ratings.Films, ratings.Ratings);

    /// <summary>The best films that the user has not rated, among those that some others have: what few have rated is known too little.</summary>
    private static string[] Recommend(Recommender network, RatingTable ratings, int user)
    {
        (int Film, float Rating)[] own = [.. ratings.Films.Zip(ratings.Ratings).Where((_, row) => ratings.Users[row] == user)];
        HashSet<int> seen = [.. own.Select(rating => rating.Film)];
        int[] candidates = [.. ratings.Films.CountBy(film => film).Where(pair => pair.Value >= LeastRatings && !seen.Contains(pair.Key)).Select(pair => pair.Key)];
        float[] predicted = network.Predict([.. Enumerable.Repeat(user, candidates.Length)], candidates);
        (int Film, float Rating)[] best = [.. candidates.Zip(predicted).OrderByDescending(pair => pair.Second).ThenBy(pair => pair.First).Take(Top)];
        (int Film, float Rating)[] liked = [.. own.OrderByDescending(rating => rating.Rating).ThenBy(rating => rating.Film).Take(Top)];

        var table = new Table();
        table.AddColumns("rated best", "stars", "recommended", "predicted");
        for (int i = 0; i < Math.Max(liked.Length, best.Length); i++)
        {
            table.AddRow([.. Cells(liked, i, ratings), .. Cells(best, i, ratings)]);
        }

        table.Show($"user {user + 1}: {own.Length} films rated");
        return [.. best.Select(pair => ratings.Titles[pair.Film])];
    }

    private static string[] Cells((int Film, float Rating)[] films, int place, RatingTable ratings) => place < films.Length
        ? [Markup.Escape(ratings.Titles[films[place].Film]), FormattableString.Invariant($"{films[place].Rating:0.0}")]
        : ["", ""];
}
