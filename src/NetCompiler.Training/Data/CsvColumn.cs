using System.Globalization;

namespace NetCompiler;

/// <summary>One column of a <see cref="CsvTable"/>.</summary>
public sealed class CsvColumn
{
    private readonly List<string> _texts;
    private readonly List<int> _lines;
    private readonly IReadOnlyList<string> _missing;
    private readonly string _table;

    internal CsvColumn(string name, List<string> texts, List<int> lines, IReadOnlyList<string> missing, string table)
    {
        Name = name;
        _texts = texts;
        _lines = lines;
        _missing = missing;
        _table = table;
    }

    /// <summary>The name in the header.</summary>
    public string Name { get; }

    /// <summary>The number of rows.</summary>
    public int Count => _texts.Count;

    /// <summary>The text in a row, counted from 0.</summary>
    public string this[int row] => _texts[row];

    /// <summary>Whether the text in a row is one of the declared markers of a missing value.</summary>
    public bool IsMissing(int row) => _missing.Contains(_texts[row]);

    /// <summary>Where a row stands, in error messages.</summary>
    internal string Place(int row) => $"{_table}, line {_lines[row]} (row {row}), column \"{Name}\"";

    /// <summary>The column of some rows.</summary>
    internal CsvColumn Subset(int[] rows) => new(Name, [.. rows.Select(row => _texts[row])], [.. rows.Select(row => _lines[row])], _missing, _table);

    /// <summary>All texts.</summary>
    public string[] ToTexts() => [.. _texts];

    /// <summary>All numbers, written as in English whatever the culture; NaN where a value is declared missing.</summary>
    /// <exception cref="InvalidDataException">A field is no finite number; the message names row, column and text.</exception>
    public float[] ToFloats() => ReadAll(float.NaN, "a number", static (string text, out float value) =>
        float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && float.IsFinite(value));

    /// <summary>All integers.</summary>
    /// <exception cref="InvalidDataException">A field is no integer, or missing; the message names row, column and text.</exception>
    public int[] ToIntegers() => ReadAll(null, "an integer", static (string text, out int value) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out value));

    /// <summary>Every text as the index of its class.</summary>
    /// <param name="classes">The classes, as those of the training data; null takes the different texts of this column in ordinal order.</param>
    /// <returns>One index per row, and the classes.</returns>
    /// <exception cref="ArgumentException">A class is null, or comes twice.</exception>
    /// <exception cref="InvalidDataException">A text is none of the classes, or missing; the message names row, column and text.</exception>
    public (int[] Indices, IReadOnlyList<string> Classes) ToClasses(IReadOnlyList<string>? classes = null)
    {
        classes ??= [.. _texts.Where(text => !_missing.Contains(text)).Distinct().Order(StringComparer.Ordinal)];
        Elements.Require(classes, nameof(classes));
        Dictionary<string, int> index = [];
        for (int i = 0; i < classes.Count; i++)
        {
            if (!index.TryAdd(classes[i], i))
            {
                throw new ArgumentException($"The class \"{classes[i]}\" comes twice, as {index[classes[i]]} and {i}.", nameof(classes));
            }
        }

        return (ReadAll(null, $"one of {string.Join(", ", classes.Take(20))}", (string text, out int value) => index.TryGetValue(text, out value)), classes);
    }

    private delegate bool TryRead<T>(string text, out T value);

    private T[] ReadAll<T>(T? missing, string expected, TryRead<T> tryRead)
        where T : struct
    {
        T[] values = new T[_texts.Count];
        for (int row = 0; row < values.Length; row++)
        {
            if (missing is T marker && IsMissing(row))
            {
                values[row] = marker;
            }
            else if (IsMissing(row) || !tryRead(_texts[row], out values[row]))
            {
                throw new InvalidDataException($"{Place(row)}: \"{_texts[row]}\" is not {expected}.");
            }
        }

        return values;
    }
}
