using System.Globalization;
using Xunit;

namespace NetCompiler.Tests.Training.Data;

public sealed class TablePipelineTests
{
    private const string Text = "age,sex,fare,alive\n20,male,1,no\nNA,female,2,yes\n40,male,3,no\n60,NA,6,yes\n";

    private static readonly TableFeature[] Features =
    [
        new NumberFeature("age") { Missing = Imputation.Median, MissingIndicator = true },
        new CategoryFeature("sex") { Missing = Imputation.MostFrequent },
        new NumberFeature("fare") { Scaling = Scaling.MinMax },
    ];

    [Fact]
    public void Columns_AreFilledScaledAndEncoded()
    {
        CsvTable table = Read(Text);
        TablePipeline pipeline = TablePipeline.Fit(table, Features, TableTarget.Class("alive"));
        Assert.Equal(["age", "age is missing", "sex = female", "sex = male", "fare"], pipeline.Names);
        Assert.Equal(5, pipeline.Width);
        Assert.Equal(["no", "yes"], pipeline.Classes);
        Assert.Equal([0, 1, 0, 1], pipeline.EncodeClasses(table));

        // Ages 20, 40 (the median), 40, 60: mean 40, deviation the root of 200.
        float z = (float)(20 / Math.Sqrt(200));
        Assert.Equal([-z, 0, 0, 1, 0, 0, 1, 1, 0, 0.2f, 0, 0, 0, 1, 0.4f, z, 0, 0, 1, 1], pipeline.Encode(table));
    }

    [Theory]
    [InlineData(Imputation.Mean, 4f)]
    [InlineData(Imputation.Median, 2f)]
    [InlineData(Imputation.MostFrequent, 1f)]
    public void MissingNumbers_AreFilledByWhatTrainingShows(Imputation missing, float expected)
    {
        CsvTable table = Read("x\n1\n10\nNA\n3\n1\n5\nNA\n"), even = Read("x\n1\n1\n3\n11\nNA\n");
        TablePipeline pipeline = TablePipeline.Fit(missing == Imputation.Median ? even : table, [new NumberFeature("x") { Missing = missing, Scaling = Scaling.None }]);
        Assert.Equal(expected, pipeline.Encode(new Dictionary<string, string?> { ["x"] = null })[0]);
    }

    [Fact]
    public void ConstantColumns_BecomeZero()
    {
        CsvTable table = Read("x,y\n7,7\n7,7\n");
        TablePipeline pipeline = TablePipeline.Fit(table, [new NumberFeature("x"), new NumberFeature("y") { Scaling = Scaling.MinMax }]);
        Assert.Equal(new float[4], pipeline.Encode(table));
    }

    [Fact]
    public void Serving_EqualsTraining_AfterSaveAndLoad()
    {
        CsvTable table = Read(string.Concat("age,sex,fare,alive\n", string.Concat(Enumerable.Range(0, 50).Select(i => FormattableString.Invariant($"{(i % 7 == 0 ? "NA" : (i * 1.37f).ToString(CultureInfo.InvariantCulture))},{(i % 3 == 0 ? "Łódź \"ü\"\\" : "b")},{i / 3f},{i % 2}\n"))).Replace("\"", "", StringComparison.Ordinal)));
        TablePipeline pipeline = TablePipeline.Fit(table, Features, TableTarget.Class("alive"));
        Net network = new(1);
        pipeline.Store(network);
        using MemoryStream file = new();
        network.Save(file);
        Net loaded = Net.Load(file.ToArray());
        TablePipeline restored = TablePipeline.Restore(loaded);
        Assert.Equal(pipeline.ToString(), restored.ToString());
        Assert.Equal(pipeline.Classes, restored.Classes);
        Assert.Equal(Bits(pipeline.Encode(table)), Bits(restored.Encode(table)));

        // Row by row, as requests come.
        float[] rows = [.. Enumerable.Range(0, table.RowCount).SelectMany(row => restored.Encode(table.Columns.ToDictionary(column => column.Name, column => column.IsMissing(row) ? null : (string?)column[row])))];
        Assert.Equal(Bits(pipeline.Encode(table)), Bits(rows));
        Assert.Contains("has no \"other\"; it has table_pipeline", Assert.Throws<KeyNotFoundException>(() => TablePipeline.Restore(network, "other")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void HeldOutRows_LeaveNoTraceInAFold()
    {
        // Held-out rows get values that no training row has: neither fills, nor scales, nor categories may change.
        CsvTable table = Read(Rows(_ => false));
        foreach ((int[] train, int[] validation) in KFold.Create(table.RowCount, 5, seed: 2))
        {
            CsvTable changed = Read(Rows(validation.Contains));
            string pipeline = TablePipeline.Fit(table.Subset(train), Features).ToString();
            Assert.Equal(pipeline, TablePipeline.Fit(changed.Subset(train), Features).ToString());
            Assert.NotEqual(pipeline, TablePipeline.Fit(changed, Features).ToString());
        }

        static string Rows(Func<int, bool> isChanged) => "age,sex,fare,alive\n" + string.Concat(Enumerable.Range(0, 30).Select(i => isChanged(i) ? "1000,other,1000,no\n" : $"{(i % 5 == 0 ? "NA" : i)},{(i % 2 == 0 ? "male" : "female")},{i},yes\n"));
    }

    [Fact]
    public void UnknownCategories_AreZerosOrAnError()
    {
        CsvTable train = Read("sex\nmale\nfemale\n"), later = Read("sex\nother\n");
        Assert.Equal([0f, 0f], TablePipeline.Fit(train, [new CategoryFeature("sex")]).Encode(later));
        TablePipeline strict = TablePipeline.Fit(train, [new CategoryFeature("sex") { Unknown = UnknownCategory.Refuse }]);
        string expected = "table, line 2 (row 0), column \"sex\": \"other\" is no known category; they are \"female\", \"male\".";
        Assert.Equal(expected, Assert.Throws<InvalidDataException>(() => strict.Encode(later)).Message);
        Assert.Equal(expected, Assert.Throws<InvalidDataException>(() => TablePipeline.Parse(strict.ToString()).Encode(later)).Message);
        Assert.Equal([0f, 0f, 1f], TablePipeline.Fit(train, [new CategoryFeature("sex") { Categories = ["a", "male", "other"] }]).Encode(later));
    }

    [Fact]
    public void BadFields_AreNamed()
    {
        CsvTable table = Read(Text);
        string Fit(TableFeature feature) => Record.Exception(() => TablePipeline.Fit(table, [feature]))!.Message;
        Assert.Equal("table, line 3 (row 1), column \"age\": the value is missing; say what stands for it (Missing).", Fit(new NumberFeature("age")));
        Assert.Equal("table, line 5 (row 3), column \"sex\": the value is missing; say what stands for it (Missing).", Fit(new CategoryFeature("sex")));
        Assert.Contains("column \"alive\": \"no\" is not a number", Fit(new NumberFeature("alive")), StringComparison.Ordinal);
        Assert.Contains("has no column \"shoes\"", Fit(new NumberFeature("shoes")), StringComparison.Ordinal);
        Assert.Contains("Mean of the texts in column \"sex\" does not exist", Fit(new CategoryFeature("sex") { Missing = Imputation.Mean }), StringComparison.Ordinal);
        Assert.Contains("comes twice", Record.Exception(() => TablePipeline.Fit(table, [new NumberFeature("fare")], TableTarget.Number("fare")))!.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => TablePipeline.Fit(table, []));
        Assert.Contains("Categories[0] is null.", Fit(new CategoryFeature("alive") { Categories = [null!] }), StringComparison.Ordinal);
        Assert.Contains("features[1] is null.", Assert.Throws<ArgumentException>(() => TablePipeline.Fit(table, [new NumberFeature("fare"), null!])).Message, StringComparison.Ordinal);
        Assert.Contains("has no value to measure in 2 rows", Record.Exception(() => TablePipeline.Fit(Read("x,y\nNA,1\nNA,1\n"), [new NumberFeature("x") { Missing = Imputation.Mean }]))!.Message, StringComparison.Ordinal);

        TablePipeline pipeline = TablePipeline.Fit(table, Features, TableTarget.Class("alive"));
        Assert.Contains("line 2 (row 0), column \"alive\": \"perhaps\" is no known class; classes are \"no\", \"yes\"", Record.Exception(() => pipeline.EncodeClasses(Read("alive\nperhaps\n")))!.Message, StringComparison.Ordinal);
        Dictionary<string, string?> row = new() { ["age"] = "old", ["sex"] = "male", ["fare"] = "1" };
        Assert.Equal("The row, field \"age\": \"old\" is not a number.", Record.Exception(() => pipeline.Encode(row))!.Message);
        row.Remove("age");
        Assert.Contains("has no field \"age\"; it has \"sex\", \"fare\". A missing value is null.", Record.Exception(() => pipeline.Encode(row))!.Message, StringComparison.Ordinal);
        row["age"] = "1";
        row["fare"] = null;
        Assert.Contains("field \"fare\": the value is missing", Record.Exception(() => pipeline.Encode(row))!.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => table.Subset(4));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"format\":\"table pipeline 9\",\"features\":[]}")]
    [InlineData("{\"format\":\"table pipeline 1\",\"features\":[{\"kind\":\"colour\"}]}")]
    [InlineData("{\"format\":\"table pipeline 1\",\"features\":[{\"kind\":\"number\",\"column\":\"x\",\"fill\":null,\"shift\":0,\"scale\":0,\"indicator\":false}]}")]
    [InlineData("{\"format\":\"table pipeline 1\",\"features\":[{\"kind\":\"category\",\"column\":\"x\",\"categories\":[\"a\",\"a\"],\"fill\":null,\"refusesUnknown\":false,\"indicator\":false}]}")]
    public void DamagedText_IsRefused(string text) =>
        Assert.StartsWith("The text is no table pipeline: ", Assert.Throws<InvalidDataException>(() => TablePipeline.Parse(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void Targets_TakeTheFormThatTheNetworkAsksFor()
    {
        CsvTable table = Read("a,b,kind,score\n1,2,x,0\n3,4,y,1\n");
        TableFeature[] two = [new NumberFeature("a"), new NumberFeature("b")];
        using ITraining training = new Line().CreateTraining(2);
        foreach (TableTarget target in new[] { TableTarget.Class("kind"), TableTarget.Number("score") })
        {
            TablePipeline.Fit(table, two, target).CreateDataset<Line>(table).CopyBatch(training, [0, 1]);
            Assert.Equal([0f, 1f], training.FloatTarget(0).ToArray());
            Assert.Equal([-1f, -1f, 1f, 1f], training.FloatInput(0).ToArray());
        }

        TableFeature[] four = [new NumberFeature("a") { MissingIndicator = true }, new NumberFeature("b") { MissingIndicator = true }];
        foreach (TableTarget target in new[] { TableTarget.Class("kind"), TableTarget.Number("score") })
        {
            using ITraining classifier = new Flowers().CreateTraining(2);
            TablePipeline.Fit(table, four, target).CreateDataset<Flowers>(table).CopyBatch(classifier, [1, 0]);
            Assert.Equal([1, 0], classifier.ClassTarget(0).ToArray());
        }

        Assert.Contains("makes one input of 4 values and one target, but Line has the inputs \"input\" of 2", Assert.Throws<ArgumentException>(() => TablePipeline.Fit(table, four, TableTarget.Class("kind")).CreateDataset<Line>(table)).Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => TablePipeline.Fit(table, two).CreateDataset<Line>(table));
        Assert.Contains("0.5 is no class index", Record.Exception(() => TablePipeline.Fit(table, four, TableTarget.Number("score")).CreateDataset<Flowers>(Read("a,b,score\n1,2,0.5\n")))!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void OneHot_GoesThereAndBack()
    {
        Assert.Equal([0f, 1f, 0f, 1f, 0f, 0f], OneHot.Encode([1, 0], 3));
        Assert.Equal([1, 0], OneHot.Decode([0f, 1f, 0f, 1f, 0f, 0f], 3));
        Assert.Contains("Row 1: 3 is outside 0 to 2.", Assert.Throws<ArgumentOutOfRangeException>(() => OneHot.Encode([1, 3], 3)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => OneHot.Encode([], 0));
        Assert.Throws<ArgumentException>(() => OneHot.Decode(new float[5], 3));
        Assert.Contains("Row 1, value 2: the value is NaN", Assert.Throws<ArgumentException>(() => OneHot.Decode([0, 1, 0, 5, 4, float.NaN], 3)).Message, StringComparison.Ordinal);
        Assert.Equal([1], OneHot.Decode([float.NegativeInfinity, float.PositiveInfinity], 2));
    }

    private static int[] Bits(float[] values) => [.. values.Select(BitConverter.SingleToInt32Bits)];

    private static CsvTable Read(string text) => CsvTable.Read(new StringReader(text), new CsvOptions { MissingValues = ["NA"] }, "table");
}
