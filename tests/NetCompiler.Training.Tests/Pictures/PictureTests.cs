using System.Globalization;
using System.Xml.Linq;
using NetCompiler.Tests.Training.Fit;
using Xunit;

namespace NetCompiler.Tests.Training.Pictures;

public sealed class PictureTests
{
    [Fact]
    public void LearningCurve_IsWellFormedAndNamesItsSeries()
    {
        History history = new Line(1).Fit(FitTests.LineData(64), new FitOptions { Epochs = 5, ValidationSplit = 0.25 });
        string[] texts = Texts(history.ToSvg());
        Assert.Contains("loss by epoch", texts);
        Assert.Contains("val_loss", texts);
        Assert.Contains("epoch", texts);
        Assert.Equal(["1", "2", "3", "4", "5"], texts.Where(text => int.TryParse(text, out int tick) && tick > 0).Distinct().Take(5));
        Assert.Throws<KeyNotFoundException>(() => history.ToSvg("accuracy"));
    }

    [Fact]
    public void Ticks_AreRound()
    {
        string[] texts = Texts(new Plot().AddLine("a", [0, 1], [0.0123, 0.0871]).ToSvg());
        Assert.Contains("0.08", texts);
        Assert.Contains("0.2", texts);
        Assert.DoesNotContain(texts, text => text.Length > 6);
    }

    [Theory]
    [InlineData(1.0, 1.0)]
    [InlineData(0.0, 0.0)]
    [InlineData(double.NaN, 2.0)]
    [InlineData(1e-9, 2e-9)]
    [InlineData(-1e12, 3e12)]
    public void OddRanges_AreDrawnWithinThePicture(double first, double second)
    {
        XElement svg = XElement.Parse(new Plot("t").AddLine("a", [1, 2, 3], [first, second, first]).ToSvg());
        foreach (XElement line in svg.Descendants().Where(element => element.Name.LocalName == "polyline"))
        {
            foreach (string point in line.Attribute("points")!.Value.Split(' '))
            {
                double[] place = [.. point.Split(',').Select(number => double.Parse(number, CultureInfo.InvariantCulture))];
                Assert.InRange(place[0], 0, 640);
                Assert.InRange(place[1], 0, 400);
            }
        }
    }

    [Fact]
    public void ConfusionMatrix_ShowsCountsAndEscapesNames()
    {
        ConfusionMatrix matrix = new(2);
        matrix.Add(0, 1);
        matrix.Add(1, 1);
        matrix.Add(1, 1);
        string[] texts = Texts(matrix.ToSvg(["<cat>", "dog & co"], "pets"));
        Assert.Contains("<cat>", texts);
        Assert.Contains("dog & co", texts);
        Assert.Contains("2", texts);
        Assert.Throws<ArgumentException>(() => matrix.ToSvg(["a"]));
        Assert.Contains("names[1] is null.", Assert.Throws<ArgumentException>(() => matrix.ToSvg(["a", null!])).Message, StringComparison.Ordinal);
        Assert.Equal("Title", Assert.Throws<ArgumentNullException>(() => matrix.ToSvg(title: null!)).ParamName);
        Assert.Contains("columnNames[0] is null.", Assert.Throws<ArgumentException>(() => new HeatMap([1], 1, columnNames: [null!])).Message, StringComparison.Ordinal);
        Assert.Contains("captions[0] is null.", Assert.Throws<ArgumentException>(() => new ImageGrid([1], 1, 1, captions: [null!])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Images_AreEmbeddedAsPng()
    {
        string svg = new ImageGrid(new float[2 * 4], 2, 2, captions: ["3", "8"]).ToSvg();
        Assert.Equal(2, svg.Split("data:image/png;base64,iVBORw0KGgo").Length - 1);
        Assert.Contains("3", Texts(svg));
        Assert.Throws<ArgumentException>(() => new ImageGrid(new float[5], 2, 2));
        Assert.Contains("data:image/png", new Plot().AddHeatMap(new float[6], 3, (0, 1), (0, 1)).ToSvg(), StringComparison.Ordinal);
    }

    [Fact]
    public void NamesOfClasses_AreAllThereHoweverWide()
    {
        // Letters of 2.7 to 10 pixels: some width is just too much for a column.
        Assert.All(from letters in Enumerable.Range(1, 12) from letter in "ilaw" select new string(letter, letters), name =>
        {
            string[] names = [.. Enumerable.Range(0, 10).Select(_ => name)];
            string svg = new HeatMap(new float[100], 10, columnNames: names).ToSvg();
            Assert.Equal(10, Texts(svg).Count(text => text == name));
        });
    }

    [Fact]
    public void Svg_IsTheSameInEveryCulture()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        CultureInfo comma = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        comma.NumberFormat.NumberDecimalSeparator = ",";
        comma.NumberFormat.NumberGroupSeparator = " ";
        string svg = Draw();
        CultureInfo.CurrentCulture = comma;
        try
        {
            Assert.Equal(svg, Draw());
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }

        static string Draw() => new Plot("t", "x", "y").AddLine("a", [0.5, 1.5], [0.1, 0.25]).AddPoints("b", [0.7], [0.2]).ToSvg()
            + new HeatMap(new float[1600], 40, columnNames: [.. Enumerable.Range(0, 40).Select(i => FormattableString.Invariant($"{i}.125"))]).ToSvg();
    }

    [Fact]
    public void Save_WritesTheFileOrLeavesNothing()
    {
        Plot plot = new Plot("t").AddLine("a", [0, 1], [2, 3]);
        DirectoryInfo folder = Directory.CreateTempSubdirectory("picture");
        try
        {
            string path = Path.Combine(folder.FullName, "a.svg");
            plot.Save(path);
            Assert.StartsWith("<svg", File.ReadAllText(path), StringComparison.Ordinal);
            Assert.Throws<ArgumentException>(() => plot.Save(Path.Combine(folder.FullName, "a.gif")));
            Assert.ThrowsAny<IOException>(() => plot.Save(Path.Combine(folder.FullName, "missing", "a.svg")));
            Assert.Single(folder.GetFiles());

            // Whatever it writes first has a name of its own: nobody's file is taken for it, and none is left.
            File.WriteAllText(path + ".tmp", "mine");
            string taken = Path.Combine(folder.FullName, "taken.svg");
            Directory.CreateDirectory(taken);
            plot.Save(path);
            Assert.True(Record.Exception(() => plot.Save(taken)) is IOException or UnauthorizedAccessException);
            Assert.Equal("mine", File.ReadAllText(path + ".tmp"));
            Assert.Equal(["a.svg", "a.svg.tmp"], folder.GetFiles().Select(file => file.Name).Order());
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string[] Texts(string svg) => [.. XElement.Parse(svg).Descendants().Where(element => element.Name.LocalName == "text").Select(element => element.Value)];
}
