using System.Globalization;

namespace NetCompiler;

/// <summary>One row of texts by their column, as a request brings it.</summary>
internal sealed class SingleRow(IReadOnlyDictionary<string, string?> fields) : IFeatureTable
{
    public int RowCount => 1;

    public float[] Numbers(string column) => Texts(column)[0] is not string text ? [float.NaN]
        : float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out float value) && float.IsFinite(value) ? [value]
        : throw new InvalidDataException($"{Place(0, column)}: \"{text}\" is not a number.");

    public string?[] Texts(string column) => fields.TryGetValue(column, out string? text)
        ? [text]
        : throw new KeyNotFoundException($"The row has no field \"{column}\"; it has {string.Join(", ", fields.Keys.Select(key => $"\"{key}\""))}. A missing value is null.");

    public string Place(int row, string column) => $"The row, field \"{column}\"";
}
