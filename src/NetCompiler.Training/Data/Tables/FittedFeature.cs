using System.Text.Json;

namespace NetCompiler;

/// <summary>A feature with all that was measured of the training data.</summary>
internal abstract class FittedFeature(string column, bool hasIndicator)
{
    /// <summary>The column's name.</summary>
    public string Column => column;

    /// <summary>The names of its values.</summary>
    public IEnumerable<string> Names => hasIndicator ? ValueNames.Append($"{column} is missing") : ValueNames;

    /// <summary>Whether one more value says that the value was missing.</summary>
    protected bool HasIndicator => hasIndicator;

    /// <summary>The names of the values but for the indicator.</summary>
    protected abstract IEnumerable<string> ValueNames { get; }

    /// <summary>Writes the values of all rows.</summary>
    /// <param name="table">The rows.</param>
    /// <param name="destination">The values of all features, row by row.</param>
    /// <param name="offset">The place of this feature in a row.</param>
    /// <param name="width">The number of values of a row.</param>
    /// <exception cref="InvalidDataException">A value is missing, no number, or of no known category, where that is refused; the message names the place.</exception>
    public abstract void Encode(IFeatureTable table, float[] destination, int offset, int width);

    /// <summary>Writes what was measured.</summary>
    public abstract void Write(Utf8JsonWriter json);

    /// <summary>The error of a missing value that nothing stands for.</summary>
    protected static InvalidDataException Missing(IFeatureTable table, int row, string column) =>
        new($"{table.Place(row, column)}: the value is missing; say what stands for it ({nameof(TableFeature.Missing)}).");
}
