using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace NetCompiler;

/// <summary>The values of a trial by the names of the hyperparameters, compared without case, in the order of the space.</summary>
public sealed class TrialValues : IReadOnlyDictionary<string, SearchValue>
{
    private readonly KeyValuePair<string, SearchValue>[] _entries;

    internal TrialValues(IEnumerable<KeyValuePair<string, SearchValue>> entries) => _entries = [.. entries];

    /// <inheritdoc/>
    public int Count => _entries.Length;

    /// <inheritdoc/>
    public IEnumerable<string> Keys => _entries.Select(entry => entry.Key);

    /// <inheritdoc/>
    public IEnumerable<SearchValue> Values => _entries.Select(entry => entry.Value);

    /// <summary>The value of a hyperparameter.</summary>
    /// <exception cref="KeyNotFoundException">There is none of this name; the message names those there are.</exception>
    public SearchValue this[string key] => TryGetValue(key, out SearchValue value)
        ? value
        : throw new KeyNotFoundException($"There is no hyperparameter \"{key}\"; there {(Count == 0 ? "is none" : $"are {string.Join(", ", Keys)}")}.");

    /// <summary>A whole number.</summary>
    /// <exception cref="KeyNotFoundException">There is no such hyperparameter.</exception>
    /// <exception cref="InvalidOperationException">It is a text, or no whole number of 32 bits.</exception>
    public int GetInt32(string name) => this[name] is { IsText: false } value && value.Number == (int)value.Number ? (int)value.Number : throw Other(name, "a whole number");

    /// <summary>A number.</summary>
    /// <exception cref="KeyNotFoundException">There is no such hyperparameter.</exception>
    /// <exception cref="InvalidOperationException">It is a text.</exception>
    public double GetDouble(string name) => this[name] is { IsText: false } value ? value.Number : throw Other(name, "a number");

    /// <summary>A text.</summary>
    /// <exception cref="KeyNotFoundException">There is no such hyperparameter.</exception>
    /// <exception cref="InvalidOperationException">It is a number.</exception>
    public string GetString(string name) => this[name] is { IsText: true } value ? value.ToString() : throw Other(name, "a text");

    /// <summary>Whether something is so, of <see cref="SearchSpace.Boolean"/>.</summary>
    /// <exception cref="KeyNotFoundException">There is no such hyperparameter.</exception>
    /// <exception cref="InvalidOperationException">It is neither true nor false.</exception>
    public bool GetBoolean(string name) => this[name].ToString() switch
    {
        SearchSpace.True => true,
        SearchSpace.False => false,
        _ => throw Other(name, "true or false"),
    };

    /// <inheritdoc/>
    public bool ContainsKey(string key) => TryGetValue(key, out _);

    /// <inheritdoc/>
    public bool TryGetValue(string key, [MaybeNullWhen(false)] out SearchValue value)
    {
        int place = Array.FindIndex(_entries, entry => string.Equals(entry.Key, key, StringComparison.OrdinalIgnoreCase));
        value = place < 0 ? default : _entries[place].Value;
        return place >= 0;
    }

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, SearchValue>> GetEnumerator() => ((IEnumerable<KeyValuePair<string, SearchValue>>)_entries).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>As <c>units = 64, learning_rate = 0.001</c>.</summary>
    public override string ToString() => string.Join(", ", _entries.Select(entry => $"{entry.Key} = {entry.Value}"));

    private InvalidOperationException Other(string name, string expected) => new($"The hyperparameter \"{name}\" is {this[name]}, but {expected} was asked for.");
}
