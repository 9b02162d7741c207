using System.Collections;
using System.ComponentModel;

namespace NetCompiler;

/// <summary>The texts of a network, in ordinal order. Most networks have none, and make no dictionary for them.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class NetworkMetadata : IDictionary<string, string>
{
    private SortedDictionary<string, string>? _texts;

    /// <inheritdoc/>
    public int Count => _texts is null ? 0 : _texts.Count;

    /// <inheritdoc/>
    public bool IsReadOnly => false;

    /// <inheritdoc/>
    public ICollection<string> Keys => Texts.Keys;

    /// <inheritdoc/>
    public ICollection<string> Values => Texts.Values;

    private SortedDictionary<string, string> Texts => _texts ??= new SortedDictionary<string, string>(StringComparer.Ordinal);

    /// <inheritdoc/>
    public string this[string key]
    {
        get => Texts[key];
        set => Texts[key] = value;
    }

    /// <inheritdoc/>
    public void Add(string key, string value) => Texts.Add(key, value);

    /// <inheritdoc/>
    public void Add(KeyValuePair<string, string> item) => Texts.Add(item.Key, item.Value);

    /// <inheritdoc/>
    public void Clear() => _texts?.Clear();

    /// <inheritdoc/>
    public bool Contains(KeyValuePair<string, string> item) => ((ICollection<KeyValuePair<string, string>>)Texts).Contains(item);

    /// <inheritdoc/>
    public bool ContainsKey(string key) => Texts.ContainsKey(key);

    /// <inheritdoc/>
    public void CopyTo(KeyValuePair<string, string>[] array, int arrayIndex) => Texts.CopyTo(array, arrayIndex);

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, string>> GetEnumerator() => Texts.GetEnumerator();

    /// <inheritdoc/>
    public bool Remove(string key) => Texts.Remove(key);

    /// <inheritdoc/>
    public bool Remove(KeyValuePair<string, string> item) => ((ICollection<KeyValuePair<string, string>>)Texts).Remove(item);

    /// <inheritdoc/>
    public bool TryGetValue(string key, [System.Diagnostics.CodeAnalysis.MaybeNullWhen(false)] out string value) => Texts.TryGetValue(key, out value);

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
