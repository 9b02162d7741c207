using NetCompiler.Tests.Training.Fit;
using Xunit;

namespace NetCompiler.Tests.Training.Callbacks;

public sealed class CsvLoggerTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Log => _folder["log.csv"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void EveryEpoch_IsOneLine()
    {
        History history = Train(new CsvLogger(Log));
        CsvTable table = CsvTable.Read(Log);
        Assert.Equal([0, 1], table["epoch"].ToIntegers());
        Assert.Equal(history["loss"].Select(value => (float)value), table["loss"].ToFloats());
        Assert.Equal(history["val_mae"].Select(value => (float)value), table["val_mae"].ToFloats());
    }

    [Fact]
    public void Separator_StandsBetweenTheValues()
    {
        Train(new CsvLogger(Log, separator: ';'));
        string[] lines = File.ReadAllLines(Log);
        Assert.Equal("epoch;loss;mae;val_loss;val_mae", lines[0]);
        Assert.All(lines, line => Assert.Equal(5, line.Split(';').Length));
    }

    [Fact]
    public void WithoutAppend_TheFileIsReplaced()
    {
        File.WriteAllText(Log, "something else\n");
        Train(new CsvLogger(Log));
        Train(new CsvLogger(Log));
        Assert.Equal(3, File.ReadAllLines(Log).Length);
    }

    [Theory]
    [InlineData("2,0.5,0.25,0.5,0.25")]
    [InlineData("2,0.5")]
    public void Append_KeepsALastLineWithoutALineFeed(string last)
    {
        Train(new CsvLogger(Log));
        string[] before = File.ReadAllLines(Log);
        File.AppendAllText(Log, last);
        Train(new CsvLogger(Log, append: true));
        string[] lines = File.ReadAllLines(Log);
        Assert.Equal([.. before, last], lines[..4]);
        Assert.Equal(["0", "1"], lines[4..].Select(line => line.Split(',')[0]));
    }

    [Fact]
    public void Append_KeepsRowsOfAFileWithOtherLineEnds()
    {
        File.WriteAllText(Log, "epoch,loss,mae,val_loss,val_mae\r\n7,1,1,1,1\r\n");
        Train(new CsvLogger(Log, append: true));
        Assert.Equal(["epoch", "7", "0", "1"], File.ReadAllLines(Log).Select(line => line.Split(',')[0]));
    }

    [Fact]
    public void Append_RefusesOtherColumnsBeforeTheFirstBatch()
    {
        File.WriteAllText(Log, "epoch,loss\n0,1\n");
        Line network = new(1);
        float[] before = network.Values.ToArray();
        string message = Assert.Throws<ArgumentException>(() => network.Fit(FitTests.LineData(64), new FitOptions { Callbacks = [new CsvLogger(Log, append: true)] })).Message;
        Assert.Contains("with the columns epoch,loss, but the training writes epoch,loss,mae.", message, StringComparison.Ordinal);
        Assert.Equal(before, network.Values.ToArray());
        Assert.Equal("epoch,loss\n0,1\n", File.ReadAllText(Log));
    }

    [Theory]
    [InlineData("something else")]
    [InlineData("epoch,loss,mae,val_loss,val_mae2\n")]
    public void Append_RefusesASingleLineThatIsAnotherHeader(string text)
    {
        File.WriteAllText(Log, text);
        Assert.Contains("with the columns " + text.TrimEnd() + ", but", Assert.Throws<ArgumentException>(() => Train(new CsvLogger(Log, append: true))).Message, StringComparison.Ordinal);
        Assert.Equal(text, File.ReadAllText(Log));
    }

    [Fact]
    public void NamesThatAreNoFields_AreQuoted()
    {
        const string Odd = "a \"b\";\nc";
        void Train() => new Line(1).Fit(FitTests.LineData(64), new FitOptions { Metrics = [new ScriptedMetric(Odd, [3])], Callbacks = [new CsvLogger(Log, ';', append: true)] });
        Train();
        Train();
        Assert.Equal([3f, 3f], CsvTable.Read(Log, new CsvOptions { Separator = ';' })[Odd].ToFloats());
    }

    [Theory]
    [InlineData('.')]
    [InlineData('7')]
    [InlineData('\n')]
    public void Separator_ThatOccursInNumbersIsRefused(char separator)
        => Assert.Throws<ArgumentException>(() => new CsvLogger(Log, separator));

    private static History Train(Callback callback)
        => new Line(1).Fit(FitTests.LineData(64), new FitOptions { Epochs = 2, ValidationSplit = 0.5, Callbacks = [callback] });
}
