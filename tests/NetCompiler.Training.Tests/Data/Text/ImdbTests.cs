using System.Text;
using NetCompiler.TestKit;
using Xunit;

namespace NetCompiler.Tests.Training.Data.Text;

public sealed class ImdbTests
{
    private const string Header = "label\trating\tid\ttext\n";

    [Fact]
    public void OnlyLineFeedsAndTheFirstThreeTabs_Separate()
    {
        byte[] file = Encoding.UTF8.GetBytes(Header + "1\t9\t17\tGood\tfilm\u2028really\r\n0\t1\t3\t\n");
        foreach (byte[] bytes in new[] { file, DataBytes.Pack(file) })
        {
            using MemoryStream stream = new(bytes);
            Assert.Equal([new Review(1, 9, "17", "Good\tfilm\u2028really\r"), new Review(0, 1, "3", "")], Imdb.Read(stream));
        }
    }

    [Theory]
    [InlineData("label,rating,id,text\n", "the data, line 1: \"label,rating,id,text\" is not the header \"label rating id text\" with tabs")]
    [InlineData("", "the data, line 1: \"\" is not the header")]
    [InlineData(Header + "1\t9\t17 Good\n", "the data, line 2 has 3 columns; label, rating, id and text were expected")]
    [InlineData(Header + "1\t9\t17\tGood\n\n0\t1\t3\tBad", "the data, line 3 has 1 columns")]
    [InlineData(Header + "2\t9\t17\tGood\n", "the data, line 2: the label \"2\" is not a whole number from 0 to 1")]
    [InlineData(Header + "1\t0\t17\tGood\n", "the data, line 2: the rating \"0\" is not a whole number from 1 to 10")]
    [InlineData(Header + "1\tten\t17\tGood\n", "the data, line 2: the rating \"ten\" is not a whole number from 1 to 10")]
    public void DamagedLines_AreNamed(string text, string message) =>
        Assert.StartsWith(message, DataBytes.Refusal(Encoding.UTF8.GetBytes(text), (stream, name) => Imdb.Read(stream, name)), StringComparison.Ordinal);

    [Fact]
    public void MalformedUtf8_IsNamedByItsByte() =>
        Assert.StartsWith("the data: malformed UTF-8 at byte 21 (line 2)", DataBytes.Refusal([.. Encoding.UTF8.GetBytes(Header), 0xE9, 0x20], (stream, name) => Imdb.Read(stream, name)), StringComparison.Ordinal);

    [Fact]
    public void MissingFile_NamesTheFolder() => Assert.Contains("has neither imdb-train.tsv nor imdb-train.tsv.gz", Assert.Throws<FileNotFoundException>(() => Imdb.Load(Path.GetTempPath())).Message);

    [SharedFact("data/imdb")]
    public void Subset_HasItsKnownCounts()
    {
        (IReadOnlyList<Review> train, IReadOnlyList<Review> test) = Imdb.Load(Shared.PathOf("data/imdb"));
        Assert.Equal((10_000, 5_000, 10_000, 5_000), (train.Count, train.Sum(review => review.Label), test.Count, test.Sum(review => review.Label)));
        Assert.InRange(train.Average(review => review.Text.Length), 1250, 1400);
        Assert.All(train, review => Assert.Equal(review.Label == 1, review.Rating > 5));
    }
}
