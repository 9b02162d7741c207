using System.Globalization;
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

    [SharedFact("data/penguins/penguins.csv")]
    public void Penguins_HaveTheirMissingValues()
    {
        CsvTable table = CsvTable.Read(Shared.PathOf("data/penguins/penguins.csv"), new CsvOptions { MissingValues = ["NA"] });
        Assert.Equal(344, table.RowCount);
        Assert.Equal(2, table["body_mass_g"].ToFloats().Count(float.IsNaN));
    }

    private static CsvTable Read(string text, CsvOptions? options = null) => CsvTable.Read(new StringReader(text), options);
}
