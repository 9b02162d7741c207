using System.Text.Json;

namespace NetCompiler;

/// <summary>The target's column, with the classes of the training data where it holds names of classes.</summary>
internal sealed class FittedTarget(string column, string[]? classes)
{
    /// <summary>The column's name.</summary>
    public string Column => column;

    /// <summary>The classes, or null for numbers.</summary>
    public string[]? Classes => classes;

    /// <summary>Finds the classes.</summary>
    public static FittedTarget Fit(TableTarget target, IFeatureTable table) => new(
        target.Column, target.IsClass ? [.. table.Texts(target.Column).OfType<string>().Distinct().Order(StringComparer.Ordinal)] : null);

    /// <summary>Reads what <see cref="Write"/> writes.</summary>
    public static FittedTarget Read(JsonElement json)
    {
        JsonElement names = json.GetProperty("classes");
        return new FittedTarget(json.GetProperty("column").GetString()!, names.ValueKind == JsonValueKind.Null ? null : [.. names.EnumerateArray().Select(name => name.GetString()!)]);
    }

    /// <summary>The column in the form that a network's target asks for.</summary>
    /// <exception cref="InvalidDataException">A value is missing, no known class, or no class index; the message names the place.</exception>
    /// <exception cref="ArgumentException">The classes do not fit the target.</exception>
    public Column Encode(IFeatureTable table, TargetDescription target)
    {
        if (classes is null && !target.IsClasses)
        {
            return Numbers(table);
        }

        int[] indices = Indices(table);
        if (target.IsClasses)
        {
            return indices;
        }

        return classes!.Length == 2 && target.Length == 1 ? indices.Select(index => (float)index).ToArray()
            : classes.Length == target.Length ? OneHot.Encode(indices, classes.Length)
            : throw new ArgumentException($"The column \"{column}\" has {classes.Length} classes, but the target \"{target.Name}\" takes {target.Length} values per sample.");
    }

    /// <summary>The index of each row's class.</summary>
    /// <exception cref="InvalidDataException">A value is missing, no known class, or no class index; the message names the place.</exception>
    public int[] Indices(IFeatureTable table)
    {
        if (classes is null)
        {
            float[] numbers = Numbers(table);
            int wrong = Array.FindIndex(numbers, value => value < 0 || value != MathF.Floor(value) || value > int.MaxValue / 2);
            return wrong < 0
                ? [.. numbers.Select(value => (int)value)]
                : throw new InvalidDataException(FormattableString.Invariant($"{table.Place(wrong, column)}: {numbers[wrong]} is no class index."));
        }

        string?[] texts = table.Texts(column);
        int[] indices = new int[texts.Length];
        for (int row = 0; row < indices.Length; row++)
        {
            indices[row] = Array.IndexOf(classes, texts[row]);
            if (indices[row] < 0)
            {
                throw new InvalidDataException($"{table.Place(row, column)}: {(texts[row] is null ? "the class is missing" : $"\"{texts[row]}\" is no known class")}; classes are {string.Join(", ", classes.Take(20).Select(name => $"\"{name}\""))}.");
            }
        }

        return indices;
    }

    /// <summary>Writes what was found.</summary>
    public void Write(Utf8JsonWriter json)
    {
        json.WriteString("column", column);
        if (classes is null)
        {
            json.WriteNull("classes");
            return;
        }

        json.WriteStartArray("classes");
        foreach (string name in classes)
        {
            json.WriteStringValue(name);
        }

        json.WriteEndArray();
    }

    private float[] Numbers(IFeatureTable table)
    {
        float[] numbers = table.Numbers(column);
        int missing = Array.FindIndex(numbers, float.IsNaN);
        return missing < 0 ? numbers : throw new InvalidDataException($"{table.Place(missing, column)}: the target is missing.");
    }
}
