using System.Text.Json;

namespace NetCompiler;

/// <summary>A column of texts, one-hot.</summary>
internal sealed class FittedCategory : FittedFeature
{
    /// <summary>The name of this kind in the saved form.</summary>
    public const string Kind = "category";

    private readonly string[] _categories;
    private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);
    private readonly string? _fill;
    private readonly bool _refusesUnknown;

    private FittedCategory(string column, string[] categories, string? fill, bool refusesUnknown, bool hasIndicator)
        : base(column, hasIndicator)
    {
        _categories = categories;
        _fill = fill;
        _refusesUnknown = refusesUnknown;
        for (int i = 0; i < categories.Length; i++)
        {
            if (!_places.TryAdd(categories[i], i))
            {
                throw new InvalidDataException($"The column \"{column}\" has the category \"{categories[i]}\" twice.");
            }
        }
    }

    protected override IEnumerable<string> ValueNames => _categories.Select(category => $"{Column} = {category}");

    /// <summary>Finds the categories.</summary>
    /// <exception cref="ArgumentException">Something stands for missing values that no text is.</exception>
    /// <exception cref="InvalidDataException">A value is missing though that is refused, or all are.</exception>
    public static FittedCategory Fit(CategoryFeature feature, IFeatureTable table)
    {
        if (feature.Missing is not (Imputation.Refuse or Imputation.MostFrequent))
        {
            throw new ArgumentException($"{feature.Missing} of the texts in column \"{feature.Column}\" does not exist; {nameof(Imputation.MostFrequent)} does.");
        }

        string?[] texts = table.Texts(feature.Column);
        int missing = Array.IndexOf(texts, null);
        if (missing >= 0 && feature.Missing == Imputation.Refuse)
        {
            throw Missing(table, missing, feature.Column);
        }

        string[] present = [.. texts.OfType<string>()];
        if (present.Length == 0)
        {
            throw new InvalidDataException($"The column \"{feature.Column}\" has no value to measure in {texts.Length} rows.");
        }

        string? fill = feature.Missing == Imputation.Refuse
            ? null
            : present.GroupBy(text => text).OrderByDescending(group => group.Count()).ThenBy(group => group.Key, StringComparer.Ordinal).First().Key;
        string[] categories = [.. Elements.Require(feature.Categories ?? [.. present.Distinct().Order(StringComparer.Ordinal)], nameof(feature.Categories))];
        return new FittedCategory(feature.Column, categories, fill, feature.Unknown == UnknownCategory.Refuse, feature.MissingIndicator);
    }

    /// <summary>Reads what <see cref="Write"/> writes.</summary>
    public static FittedCategory Read(JsonElement json) => new(
        json.GetProperty("column").GetString()!,
        [.. json.GetProperty("categories").EnumerateArray().Select(category => category.GetString()!)],
        json.GetProperty("fill").GetString(),
        json.GetProperty("refusesUnknown").GetBoolean(),
        json.GetProperty("indicator").GetBoolean());

    public override void Encode(IFeatureTable table, float[] destination, int offset, int width)
    {
        string?[] texts = table.Texts(Column);
        for (int row = 0; row < texts.Length; row++)
        {
            Span<float> values = destination.AsSpan((row * width) + offset, _categories.Length + (HasIndicator ? 1 : 0));
            values.Clear();
            string text = texts[row] ?? _fill ?? throw Missing(table, row, Column);
            if (_places.TryGetValue(text, out int place))
            {
                values[place] = 1;
            }
            else if (_refusesUnknown)
            {
                throw new InvalidDataException($"{table.Place(row, Column)}: \"{text}\" is no known category; they are {string.Join(", ", _categories.Take(20).Select(category => $"\"{category}\""))}.");
            }

            if (HasIndicator)
            {
                values[^1] = texts[row] is null ? 1 : 0;
            }
        }
    }

    public override void Write(Utf8JsonWriter json)
    {
        json.WriteString("kind", Kind);
        json.WriteString("column", Column);
        json.WriteStartArray("categories");
        foreach (string category in _categories)
        {
            json.WriteStringValue(category);
        }

        json.WriteEndArray();
        json.WriteString("fill", _fill);
        json.WriteBoolean("refusesUnknown", _refusesUnknown);
        json.WriteBoolean("indicator", HasIndicator);
    }
}
