using System.Globalization;
using NetCompiler;

namespace Samples.Data;

/// <summary>Ratings of films by users.</summary>
/// <param name="Users">The user of each rating, counted from 0.</param>
/// <param name="Films">The film of each rating, counted from 0.</param>
/// <param name="Ratings">From 0.5 to 5 stars.</param>
/// <param name="Titles">The title of each film.</param>
public sealed record RatingTable(int[] Users, int[] Films, float[] Ratings, IReadOnlyList<string> Titles)
{
    /// <summary>The number of ratings.</summary>
    public int Count => Ratings.Length;

    /// <summary>MovieLens, from the folder or beside the repository; where it is in neither, made up ratings, which is said.</summary>
    /// <exception cref="InvalidDataException">A file is damaged, or rates a film that the other does not name.</exception>
    public static RatingTable Load(string? folder)
    {
        string? ratings = SharedFolder.FindFile(folder, "data/movielens-small/ratings.csv.gz", out string reason);
        return ratings is null ? MakeUp(reason) : Read(ratings, Path.Combine(Path.GetDirectoryName(ratings)!, "movies.csv.gz"));
    }

    /// <summary>Some of the ratings.</summary>
    public RatingTable Take(ReadOnlySpan<int> rows)
    {
        int[] taken = rows.ToArray();
        return this with { Users = [.. taken.Select(row => Users[row])], Films = [.. taken.Select(row => Films[row])], Ratings = [.. taken.Select(row => Ratings[row])] };
    }

    private static RatingTable Read(string ratingsPath, string filmsPath)
    {
        CsvTable ratings = CsvTable.Read(ratingsPath), films = CsvTable.Read(filmsPath);
        Dictionary<int, string> titles = films["movieId"].ToIntegers().Zip(films["title"].ToTexts()).ToDictionary();
        int[] filmIds = ratings["movieid"].ToIntegers(), userIds = ratings["userid"].ToIntegers();
        Dictionary<int, int> filmIndex = Number(filmIds), userIndex = Number(userIds);
        return new RatingTable(
            [.. userIds.Select(id => userIndex[id])],
            [.. filmIds.Select(id => filmIndex[id])],
            ratings["rating"].ToFloats(),
            [.. filmIndex.Keys.Select(id => titles.TryGetValue(id, out string? title) ? title : throw new InvalidDataException($"{filmsPath} has no film {id}, which {ratingsPath} rates."))]);
    }

    // Identifiers have gaps; the tokens of a network have none.
    private static Dictionary<int, int> Number(int[] ids) => ids.Distinct().Order().Select((id, index) => (id, index)).ToDictionary();

    private static RatingTable MakeUp(string reason)
    {
        const int Users = 200, Films = 400, Count = 20_000;
        Console.WriteLine($"making up ratings: {reason}");
        var random = new Random(1);
        double[] taste = [.. Enumerable.Range(0, Users).Select(_ => random.NextDouble() - 0.5)], style = [.. Enumerable.Range(0, Films).Select(_ => random.NextDouble() - 0.5)];
        int[] pairs = [.. Enumerable.Range(0, Users * Films)];
        random.Shuffle(pairs);
        int[] users = [.. pairs.Take(Count).Select(pair => pair / Films)], films = [.. pairs.Take(Count).Select(pair => pair % Films)];

        // A film for a taste, in half stars.
        float[] ratings = [.. users.Zip(films, (user, film) => (float)Math.Clamp(Math.Round(2 * (3 + (8 * taste[user] * style[film]) + random.NextDouble() - 0.5)) / 2, 0.5, 5))];
        return new RatingTable(users, films, ratings, [.. Enumerable.Range(1, Films).Select(film => "film " + film.ToString(CultureInfo.InvariantCulture))]);
    }
}
