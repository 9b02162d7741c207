using NetCompiler;

namespace Samples;

/// <summary>A table and what its network sees of it.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="File">The file below the shared folder.</param>
/// <param name="Options">The form of the file.</param>
/// <param name="Features">The columns of the input.</param>
/// <param name="Target">The column of the class.</param>
/// <param name="Epochs">The passes over the training rows.</param>
/// <param name="Create">Makes the network.</param>
public sealed record TableCase(string Name, string File, CsvOptions Options, IReadOnlyList<TableFeature> Features, string Target, int Epochs, Func<INetwork> Create)
{
    /// <summary>The five tables.</summary>
    public static IReadOnlyList<TableCase> All { get; } =
    [
        new("iris", "data/iris/iris.csv", new CsvOptions(), Numbers("sepal_length", "sepal_width", "petal_length", "petal_width"), "species", 100, () => new Iris(seed: 1)),
        new("wine", "data/wine-quality/winequality-red.csv", new CsvOptions { HasHeader = false }, Numbers([.. Enumerable.Range(1, 11).Select(i => $"column{i}")]), "column12", 40, () => new Wine(seed: 1)),
        new(
            "penguins",
            "data/penguins/penguins.csv",
            new CsvOptions { MissingValues = ["NA"] },
            [
                new CategoryFeature("island"),
                .. Numbers("bill_length_mm", "bill_depth_mm", "flipper_length_mm", "body_mass_g").Select(feature => feature with { Missing = Imputation.Mean }),
                new CategoryFeature("sex") { Missing = Imputation.MostFrequent },
            ],
            "species",
            40,
            () => new Penguin(seed: 1)),
        new(
            "titanic",
            "data/titanic/titanic.csv",
            new CsvOptions { MissingValues = [""] },
            [
                new CategoryFeature("pclass"),
                new CategoryFeature("sex"),
                new NumberFeature("age") { Missing = Imputation.Median, MissingIndicator = true },
                new NumberFeature("sibsp"),
                new NumberFeature("parch"),
                new NumberFeature("fare") { Scaling = Scaling.MinMax },
                new CategoryFeature("embarked") { Missing = Imputation.MostFrequent },
            ],
            "survived",
            40,
            () => new Titanic(seed: 1)),
        new("banknote", "data/banknote/banknote_authentication.csv", new CsvOptions { HasHeader = false }, Numbers("column1", "column2", "column3", "column4"), "column5", 30, () => new Banknote(seed: 1)),
    ];

    private static IReadOnlyList<NumberFeature> Numbers(params string[] columns) => [.. columns.Select(column => new NumberFeature(column))];
}
