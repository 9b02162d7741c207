using NetCompiler;
using Samples.Data;

namespace Samples;

/// <summary>A series to forecast.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Values">Its values in order of time.</param>
/// <param name="Time">What it counts time in.</param>
/// <param name="Unit">What its values are.</param>
/// <param name="Period">The season that the naive forecast repeats: 12 months of passengers, the day before otherwise.</param>
/// <param name="IsGrowing">Whether it grows by factors, so that its logarithm is forecast.</param>
public sealed record Series(string Name, float[] Values, string Time, string Unit, int Period, bool IsGrowing)
{
    /// <summary>Whether it is made up, its file being missing.</summary>
    public bool IsMadeUp { get; init; }

    /// <summary>What stands above its picture.</summary>
    public string Title => IsMadeUp ? Name + ", made up" : Name;
}

/// <summary>Where the series come from.</summary>
public static class SeriesSource
{
    /// <summary>Airline passengers by month, least temperatures by day, sunspots by month; where a file is missing, a made up series, which is said.</summary>
    public static IReadOnlyList<Series> Load(string? folder) =>
    [
        Read(folder, "airline-passengers.csv", new Series("airline passengers", [], "month", "thousands of passengers", 12, true), i => (float)((100 + (3 * i)) * (1 + (0.2 * Math.Sin(i * Math.PI / 6)))), 144),
        Read(folder, "daily-min-temperatures.csv", new Series("least temperatures", [], "day", "degrees Celsius", 1, false), i => (float)(11 + (4 * Math.Cos(i * 2 * Math.PI / 365))), 3650),
        Read(folder, "monthly-sunspots.csv", new Series("sunspots", [], "month", "mean sunspot number", 1, false), i => (float)(60 - (50 * Math.Cos(i * 2 * Math.PI / 132))), 2820),
    ];

    private static Series Read(string? folder, string name, Series series, Func<int, float> shape, int length)
    {
        if (SharedFolder.FindFile(folder, "data/time-series/" + name, out string reason) is { } path)
        {
            return series with { Values = CsvTable.Read(path).Columns[1].ToFloats() };
        }

        Console.WriteLine($"making up a series: {reason}");
        var random = new Random(1);
        return series with { Values = [.. Enumerable.Range(0, length).Select(i => shape(i) * (1 + (0.1f * (random.NextSingle() - 0.5f))))], IsMadeUp = true };
    }
}
