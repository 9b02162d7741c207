using System.Text.Json;

namespace NetCompiler;

/// <summary>A column of numbers: (x - shift) / scale, with a fill where x is missing.</summary>
/// <param name="column">The column's name.</param>
/// <param name="fill">What stands for a missing value; null refuses it.</param>
/// <param name="shift">Subtracted.</param>
/// <param name="scale">Divided by; not 0.</param>
/// <param name="hasIndicator">Whether one more value says that the value was missing.</param>
internal sealed class FittedNumber(string column, double? fill, double shift, double scale, bool hasIndicator) : FittedFeature(column, hasIndicator)
{
    /// <summary>The name of this kind in the saved form.</summary>
    public const string Kind = "number";

    protected override IEnumerable<string> ValueNames => [Column];

    /// <summary>Measures the values that are there; the fills count for the scale, as they do in training.</summary>
    /// <exception cref="InvalidDataException">A value is missing though that is refused, or all are.</exception>
    public static FittedNumber Fit(NumberFeature feature, IFeatureTable table)
    {
        float[] values = table.Numbers(feature.Column);
        int missing = Array.FindIndex(values, float.IsNaN);
        if (missing >= 0 && feature.Missing == Imputation.Refuse)
        {
            throw Missing(table, missing, feature.Column);
        }

        double[] present = [.. values.Where(value => !float.IsNaN(value)).Select(value => (double)value)];
        if (present.Length == 0)
        {
            throw new InvalidDataException($"The column \"{feature.Column}\" has no value to measure in {values.Length} rows.");
        }

        double? fill = feature.Missing switch
        {
            Imputation.Refuse => null,
            Imputation.Mean => present.Average(),
            Imputation.Median => Median(present),
            Imputation.MostFrequent => present.GroupBy(value => value).OrderByDescending(group => group.Count()).ThenBy(group => group.Key).First().Key,
            _ => throw new ArgumentOutOfRangeException(nameof(feature), feature.Missing, $"There is no such {nameof(Imputation)}."),
        };
        double[] all = [.. values.Select(value => float.IsNaN(value) ? fill!.Value : value)];
        (double shift, double scale) = feature.Scaling switch
        {
            Scaling.None => (0, 1),
            Scaling.ZScore => (all.Average(), Deviation(all)),
            Scaling.MinMax => (all.Min(), all.Max() - all.Min()),
            _ => throw new ArgumentOutOfRangeException(nameof(feature), feature.Scaling, $"There is no such {nameof(Scaling)}."),
        };
        return new FittedNumber(feature.Column, fill, shift, scale > 0 ? scale : 1, feature.MissingIndicator);
    }

    /// <summary>Reads what <see cref="Write"/> writes.</summary>
    public static FittedNumber Read(JsonElement json)
    {
        JsonElement fill = json.GetProperty("fill");
        double shift = json.GetProperty("shift").GetDouble(), scale = json.GetProperty("scale").GetDouble();
        return double.IsFinite(shift) && double.IsFinite(scale) && scale > 0
            ? new FittedNumber(json.GetProperty("column").GetString()!, fill.ValueKind == JsonValueKind.Null ? null : fill.GetDouble(), shift, scale, json.GetProperty("indicator").GetBoolean())
            : throw new InvalidDataException(FormattableString.Invariant($"the scale is {scale} and the shift {shift}; the scale is above 0, both are finite"));
    }

    public override void Encode(IFeatureTable table, float[] destination, int offset, int width)
    {
        float[] values = table.Numbers(Column);
        for (int row = 0; row < values.Length; row++)
        {
            bool isMissing = float.IsNaN(values[row]);
            double value = isMissing ? fill ?? throw Missing(table, row, Column) : values[row];
            destination[(row * width) + offset] = (float)((value - shift) / scale);
            if (HasIndicator)
            {
                destination[(row * width) + offset + 1] = isMissing ? 1 : 0;
            }
        }
    }

    public override void Write(Utf8JsonWriter json)
    {
        json.WriteString("kind", Kind);
        json.WriteString("column", Column);
        if (fill is double value)
        {
            json.WriteNumber("fill", value);
        }
        else
        {
            json.WriteNull("fill");
        }

        json.WriteNumber("shift", shift);
        json.WriteNumber("scale", scale);
        json.WriteBoolean("indicator", HasIndicator);
    }

    private static double Median(double[] values)
    {
        double[] sorted = [.. values.Order()];
        int middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    private static double Deviation(double[] values)
    {
        double mean = values.Average();
        return Math.Sqrt(values.Average(value => (value - mean) * (value - mean)));
    }
}
