using System.Globalization;
using System.IO.Compression;
using System.Text;
using NetCompiler.TestKit;
using Xunit;

namespace NetCompiler.Tests.Training.Data;

public sealed class CsvTests
{
    [Fact]
    public void QuotedFields_HoldSeparatorsQuotesAndLineBreaks()
    {
        CsvTable table = Read("name,note\r\n\"Smith, J.\",\"said \"\"no\"\"\r\ntwice\"\r\nb,\"\"\r\n");
        Assert.Equal(["Smith, J.", "b"], table["name"].ToTexts());
        Assert.Equal(["said \"no\"\r\ntwice", ""], table["note"].ToTexts());
    }

    [Theory]
    [InlineData("a,b\n1,2\n3\n", "line 3: the row has 1 fields, but there are 2 columns")]
    [InlineData("a,b\n\"x\ny\",2\n3,4,5\n", "line 4: the row has 3 fields, but there are 2 columns")]
    [InlineData("a\n\"open\n", "line 2: the quote that opens field 1 is never closed")]
    [InlineData("a\n\"x\"y\n", "after the closing quote of field 1 comes 'y'")]
    [InlineData("a\nx\"y\n", "field 1 has a quote inside")]
    [InlineData("a,a\n1,2\n", "the header names the column \"a\" twice")]
    [InlineData("", "is empty")]
    public void MalformedText_NamesTheLine(string text, string message)
        => Assert.Contains(message, Assert.Throws<InvalidDataException>(() => Read(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void TextInANumericColumn_NamesRowColumnAndText()
    {
        CsvTable table = Read("age,fare\n1,2\n3,abc\n");
        Assert.Contains("line 3 (row 1), column \"fare\": \"abc\" is not a number", Assert.Throws<InvalidDataException>(() => table.ToFloats("age", "fare")).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("NaN")]
    [InlineData("")]
    [InlineData("1e999")]
    [InlineData("1,5")]
    public void Oddities_AreNoNumbers(string text) => Assert.Throws<InvalidDataException>(() => Read($"a\n1\n\"{text}\"\n")["a"].ToFloats());

    [Fact]
    public void MissingColumn_NamesThoseThereAre()
        => Assert.Contains("has no column \"cost\"; it has \"age\", \"fare\"", Assert.Throws<KeyNotFoundException>(() => Read("age,fare\n1,2\n")["cost"]).Message, StringComparison.Ordinal);

    [Fact]
    public void DeclaredMissingValues_AreNaN()
    {
        CsvTable table = Read("a;b\nNA;1\n2;\n", new CsvOptions { Separator = ';', MissingValues = ["NA", ""] });
        Assert.Equal([float.NaN, 1, 2, float.NaN], table.ToFloats("a", "b"));
        Assert.Throws<InvalidDataException>(() => table["a"].ToIntegers());
    }

    [Fact]
    public void WithoutHeader_ColumnsAreNumbered()
    {
        CsvTable table = Read("1,2\n3,4", new CsvOptions { HasHeader = false });
        Assert.Equal([2, 4], table["column2"].ToIntegers());
    }

    [Fact]
    public void SpacesAsSeparators_AreMerged()
        => Assert.Equal([1, 2, 3, 4], Read("  1   2  \n3 4\n", new CsvOptions { Separator = ' ', Trim = true, HasHeader = false }).ToFloats("column1", "column2"));

    [Fact]
    public void Numbers_ReadTheSameInEveryCulture()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        CultureInfo german = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        german.NumberFormat.NumberDecimalSeparator = ",";
        CultureInfo.CurrentCulture = german;
        try
        {
            Assert.Equal([1.5f], Read("a\n1.5\n")["a"].ToFloats());
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Classes_AreIndexedInOrdinalOrderOrAsGiven()
    {
        CsvColumn column = Read("c\nb\na\nb\n")["c"];
        Assert.Equal([1, 0, 1], column.ToClasses().Indices);
        Assert.Equal([0, 1, 0], column.ToClasses(["b", "a"]).Indices);
        Assert.Contains("\"a\" is not one of b", Assert.Throws<InvalidDataException>(() => column.ToClasses(["b"])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ClassesThatAreNone_AreNamed()
    {
        CsvColumn column = Read("c\nx\n")["c"];
        Assert.Contains("The class \"x\" comes twice, as 0 and 2.", Assert.Throws<ArgumentException>(() => column.ToClasses(["x", "y", "x"])).Message, StringComparison.Ordinal);
        Assert.Contains("classes[1] is null.", Assert.Throws<ArgumentException>(() => column.ToClasses(["x", null!])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void OptionsThatAreNone_AreNamed()
    {
        Assert.All("\"\r\n", separator => Assert.Equal("Separator", Assert.Throws<ArgumentException>(() => new CsvOptions { Separator = separator }).ParamName));
        Assert.Equal("MissingValues", Assert.Throws<ArgumentNullException>(() => new CsvOptions { MissingValues = null! }).ParamName);
        Assert.Equal("Encoding", Assert.Throws<ArgumentNullException>(() => new CsvOptions { Encoding = null! }).ParamName);
    }

    [Fact]
    public void ByteOrderMarkOfAText_BelongsToNoColumn() => Assert.Equal(["a", "b"], Read("\uFEFFa,b\n1,2\n").Columns.Select(column => column.Name));

    [SharedFact("data/penguins/penguins.csv")]
    public void Penguins_HaveTheirMissingValues()
    {
        CsvTable table = CsvTable.Read(Shared.PathOf("data/penguins/penguins.csv"), new CsvOptions { MissingValues = ["NA"] });
        Assert.Equal(344, table.RowCount);
        Assert.Equal(2, table["body_mass_g"].ToFloats().Count(float.IsNaN));
    }

    [Fact]
    public void DamagedOrTruncatedGzip_NamesTheFile()
    {
        byte[] whole = Pack("a\n" + string.Join('\n', Enumerable.Range(0, 20000).Select(i => i * i)) + "\n");
        byte[] flipped = [.. whole];
        flipped[^6] ^= 1;
        byte[][] damages = [flipped, whole[..(whole.Length / 2)], whole[..^3], whole[..12]];
        Assert.All(damages, damaged => InFile(damaged, path =>
            Assert.Contains($"{path}: the gzip data is damaged or truncated", Assert.Throws<InvalidDataException>(() => CsvTable.Read(path)).Message, StringComparison.Ordinal)));
        InFile(whole, path => Assert.Equal(20000, CsvTable.Read(path).RowCount));
        InFile([.. whole, .. Pack("1\n")], path => Assert.Equal(20001, CsvTable.Read(path).RowCount));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void BytesThatAreNoUtf8_NameFileAndLine(bool hasMark)
    {
        byte[] mark = hasMark ? [0xEF, 0xBB, 0xBF] : [];
        byte[] bytes = [.. mark, .. "name,note\nJos\u00E9,\"two\nlines\"\n"u8, .. Enumerable.Repeat("x,y\n"u8.ToArray(), 3000).SelectMany(row => row), .. "a,Jos"u8, 0xE9, (byte)'\n'];
        InFile(bytes, path =>
        {
            Assert.Contains($"{path}, line 3004: field 2 has bytes that are no utf-8 text", Assert.Throws<InvalidDataException>(() => CsvTable.Read(path)).Message, StringComparison.Ordinal);
            Assert.Contains("utf-8", Assert.Throws<InvalidDataException>(() => CsvTable.Read(path, new CsvOptions { Encoding = new UTF8Encoding(false, true) })).Message, StringComparison.Ordinal);
        });
        InFile(bytes[..^2], path => Assert.Equal("Jos\u00E9", CsvTable.Read(path)["name"][0]));
        InFile([(byte)'a', (byte)'\n', 0xE9], path => Assert.Equal("\u00E9", CsvTable.Read(path, new CsvOptions { Encoding = Encoding.Latin1 })["a"][0]));
    }

    private static byte[] Pack(string text)
    {
        using MemoryStream packed = new();
        using (GZipStream zip = new(packed, CompressionMode.Compress))
        {
            zip.Write(Encoding.UTF8.GetBytes(text));
        }

        return packed.ToArray();
    }

    private static void InFile(byte[] bytes, Action<string> act)
    {
        string path = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(path, bytes);
            act(path);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static CsvTable Read(string text, CsvOptions? options = null) => CsvTable.Read(new StringReader(text), options);
}
