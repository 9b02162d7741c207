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
public sealed record Series(string Name, float[] Values, string Time, string Unit, int Period, bool IsGrowing);

/// <summary>Where the series come from.</summary>
public static class SeriesSource
{
    /// <summary>Airline passengers by month, least temperatures by day, sunspots by month; where a file is missing, a made up series, which is said.</summary>
    public static IReadOnlyList<Series> Load(string? folder) =>
    [
        new("airline passengers", Read(folder, "airline-passengers.csv", i => (float)((100 + (3 * i)) * (1 + (0.2 * Math.Sin(i * Math.PI / 6)))), 144), "month", "thousands of passengers", 12, true),
        new("least temperatures", Read(folder, "daily-min-temperatures.csv", i => (float)(11 + (4 * Math.Cos(i * 2 * Math.PI / 365))), 3650), "day", "degrees Celsius", 1, false),
        new("sunspots", Read(folder, "monthly-sunspots.csv", i => (float)(60 - (50 * Math.Cos(i * 2 * Math.PI / 132))), 2820), "month", "mean sunspot number", 1, false),
    ];

    private static float[] Read(string? folder, string name, Func<int, float> shape, int length)
    {
        if (SharedFolder.FindFile(folder, "data/time-series/" + name, out string reason) is { } path)
        {
            return CsvTable.Read(path).Columns[1].ToFloats();
        }

        Console.WriteLine($"making up a series: {reason}");
        var random = new Random(1);
        return [.. Enumerable.Range(0, length).Select(i => shape(i) * (1 + (0.1f * (random.NextSingle() - 0.5f))))];
    }
}
