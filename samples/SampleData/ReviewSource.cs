using NetCompiler;

namespace Samples.Data;

/// <summary>Where the reviews come from.</summary>
public static class ReviewSource
{
    private static readonly string[] Good = ["wonderful", "moving", "brilliant", "funny", "beautiful", "clever"];
    private static readonly string[] Bad = ["boring", "awful", "dull", "clumsy", "pointless", "tired"];
    private static readonly string[] Subjects = ["story", "acting", "music", "ending", "camera", "script", "cast", "first half"];

    /// <summary>The data set's reviews, from the folder or beside the repository; where they are in neither, made up ones, which is said.</summary>
    public static (IReadOnlyList<Review> Train, IReadOnlyList<Review> Test) Load(string? folder)
    {
        string? train = SharedFolder.FindFile(folder, "data/imdb/imdb-train.tsv.gz", out string reason);
        if (train is not null)
        {
            return Imdb.Load(Path.GetDirectoryName(train)!);
        }

        Console.WriteLine($"making up reviews: {reason}");
        var random = new Random(1);
        return ([.. Enumerable.Range(0, 2000).Select(i => MakeUp(random, i))], [.. Enumerable.Range(0, 500).Select(i => MakeUp(random, i))]);
    }

    // Praise with a few complaints, or the other way round: what there is more of decides.
    private static Review MakeUp(Random random, int number)
    {
        int label = random.Next(2);
        IEnumerable<string> sentences = Enumerable.Range(0, random.Next(5, 12)).Select(_ =>
        {
            string[] words = random.NextDouble() < 0.85 == (label == 1) ? Good : Bad;
            return $"The {Subjects[random.Next(Subjects.Length)]} was {words[random.Next(words.Length)]}.";
        });
        return new Review(label, label == 1 ? 9 : 2, number.ToString(System.Globalization.CultureInfo.InvariantCulture), string.Join(' ', sentences));
    }
}
