using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace NetCompiler;

/// <summary>The loss and the metrics of a pass so far, to be read. Nothing is computed before it is asked for.</summary>
internal sealed class RunningMetrics(MetricSet metrics) : IReadOnlyDictionary<string, double>
{
    public int Count => metrics.Count + 1;

    public IEnumerable<string> Keys => metrics.Names.Prepend("loss");

    public IEnumerable<double> Values => Keys.Select(name => metrics[name]);

    public double this[string key] => metrics[key];

    public bool ContainsKey(string key) => Keys.Contains(key);

    public bool TryGetValue(string key, [MaybeNullWhen(false)] out double value)
    {
        bool isKnown = ContainsKey(key);
        value = isKnown ? metrics[key] : default;
        return isKnown;
    }

    public IEnumerator<KeyValuePair<string, double>> GetEnumerator() => Keys.Select(name => KeyValuePair.Create(name, metrics[name])).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
