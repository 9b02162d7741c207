using Xunit;

namespace NetCompiler.Tests.Training.Data;

public sealed class RecordColumnsTests
{
    public enum Port
    {
        Cherbourg,
        Southampton,
    }

    public sealed record Passenger([property: Feature(Missing = Imputation.Mean)] float? Age, [Category] string? Sex, [Category] Port Port, string Name, [Target] int Survived);

    public sealed record Told([Feature(Scaling = Scaling.None)] double Size, [Target] Port From);

    public readonly record struct Wrong([Feature] string Name);

    public sealed record Twice([Feature, Category] int Size);

    public sealed record TwoTargets([Feature] int Size, [Target] int First, [Target] bool Second);

    public sealed record Nothing(int Size);

    public sealed record Rates([Category] double Rate);

    private static readonly Passenger[] Passengers = [new(20, "male", Port.Southampton, "A", 0), new(null, "female", Port.Cherbourg, "B", 1), new(40, "male", Port.Southampton, "C", 0)];

    [Fact]
    public void AttributesOfPropertiesAndParameters_MakeColumns()
    {
        TablePipeline pipeline = TablePipeline.Fit(Passengers);
        Assert.Equal(["Age", "Sex = female", "Sex = male", "Port = Cherbourg", "Port = Southampton"], pipeline.Names);
        float z = (float)(10 / Math.Sqrt(200 / 3.0));
        Assert.Equal([-z, 0, 1, 0, 1, 0, 1, 0, 1, 0, z, 0, 1, 0, 1], pipeline.EncodeRecords(Passengers));
        Assert.Equal([0, 0, 0, 1, 0], TablePipeline.Parse(pipeline.ToString()).EncodeRecord(new Passenger(float.NaN, "other", Port.Cherbourg, "D", 0)));
    }

    [Fact]
    public void Records_BecomeSamples()
    {
        TablePipeline pipeline = TablePipeline.Fit<Told>([new(1, Port.Southampton), new(2, Port.Cherbourg)]);
        Assert.Equal(["Cherbourg", "Southampton"], pipeline.Classes);
        Assert.Contains("makes one input of 1 values", Assert.Throws<ArgumentException>(() => pipeline.CreateDataset<Line, Told>([new(1, Port.Cherbourg)])).Message, StringComparison.Ordinal);

        TablePipeline two = TablePipeline.Fit<Pair>([new(1, 2, 3), new(3, 4, 5)]);
        using ITraining training = new Line().CreateTraining(2);
        two.CreateDataset<Line, Pair>([new(1, 2, 3), new(3, 4, 5)]).CopyBatch(training, [1, 0]);
        Assert.Equal([1f, 1f, -1f, -1f], training.FloatInput(0).ToArray());
        Assert.Equal([5f, 3f], training.FloatTarget(0).ToArray());
    }

    [Fact]
    public void Errors_NameTheProperty()
    {
        Assert.Equal("Wrong.Name is of type String, but [Feature] takes numbers and truth values; [Category] takes texts and enumerations.", Message<Wrong>());
        Assert.Equal("Rates.Rate is of type Double, but [Category] takes texts, enumerations, truth values and whole numbers; [Feature] takes other numbers.", Message<Rates>());
        Assert.Equal("Twice.Size has [Feature] and [Category]; a property is one of them.", Message<Twice>());
        Assert.Equal("TwoTargets.First and TwoTargets.Second both have [Target]; there is one.", Message<TwoTargets>());
        Assert.Equal("Nothing has no public property with [Feature] or [Category]; its properties are Size.", Message<Nothing>());

        TablePipeline pipeline = TablePipeline.Fit(Passengers);
        Assert.Equal("Passenger 0, property \"Sex\": the value is missing; say what stands for it (Missing).", Record.Exception(() => pipeline.EncodeRecord(Passengers[0] with { Sex = null }))!.Message);
        Assert.Contains("Passenger 0, property \"Age\"", Record.Exception(() => pipeline.EncodeRecord(Passengers[0] with { Age = float.PositiveInfinity }))!.Message, StringComparison.Ordinal);
        Assert.Contains("Told has no property \"Age\" with an attribute; it has Size, From.", Record.Exception(() => pipeline.EncodeRecord(new Told(1, Port.Cherbourg)))!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void RecordsThatAreNull_AreNamed()
    {
        Assert.Contains("train[1] is null.", Assert.Throws<ArgumentException>(() => TablePipeline.Fit([Passengers[0], null!])).Message, StringComparison.Ordinal);
        TablePipeline pipeline = TablePipeline.Fit(Passengers);
        Assert.Equal("record", Assert.Throws<ArgumentNullException>(() => pipeline.EncodeRecord<Passenger>(null!)).ParamName);
        Assert.Contains("records[0] is null.", Assert.Throws<ArgumentException>(() => pipeline.EncodeRecords<Passenger>([null!])).Message, StringComparison.Ordinal);
        Assert.Contains("records[0] is null.", Assert.Throws<ArgumentException>(() => pipeline.CreateDataset<Line, Passenger>([null!])).Message, StringComparison.Ordinal);
    }

    public sealed record Pair([Feature] int First, [Feature] decimal Second, [Target] float Third);

    private static string Message<TRecord>() => Assert.Throws<ArgumentException>(() => TablePipeline.Fit<TRecord>([])).Message;
}
