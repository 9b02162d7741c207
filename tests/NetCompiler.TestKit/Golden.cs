using System.Globalization;
using System.Text.Json;
using Xunit.Sdk;

namespace NetCompiler.TestKit;

/// <summary>One case of the golden tensors: its settings, its tensors and its tolerance.</summary>
public sealed class Golden
{
    private static readonly Lazy<IReadOnlyList<Golden>> Index = new(ReadIndex);

    private readonly Lazy<SafetensorsFile> _tensors;

    private Golden(JsonElement entry)
    {
        Name = entry.GetProperty("name").GetString()!;
        Kind = entry.GetProperty("kind").GetString()!;
        Config = entry.GetProperty("config");
        Note = entry.TryGetProperty("note", out JsonElement note) ? note.GetString()! : "";
        JsonElement tolerance = entry.GetProperty("tolerance");
        RelativeTolerance = tolerance.GetProperty("rtol").GetDouble();
        AbsoluteTolerance = tolerance.GetProperty("atol").GetDouble();
        string file = entry.GetProperty("file").GetString()!;
        _tensors = new Lazy<SafetensorsFile>(() => new SafetensorsFile(Shared.PathOf(Path.Combine("reference", file))));
    }

    /// <summary>The case's name, as <c>optimizer/adam</c>.</summary>
    public string Name { get; }

    /// <summary>The kind, as <c>optimizer</c>.</summary>
    public string Kind { get; }

    /// <summary>The settings of the case.</summary>
    public JsonElement Config { get; }

    /// <summary>A remark on the definition, or nothing.</summary>
    public string Note { get; }

    /// <summary>The tolerance that grows with the expected value.</summary>
    public double RelativeTolerance { get; }

    /// <summary>The tolerance of every value.</summary>
    public double AbsoluteTolerance { get; }

    /// <summary>The tensors of the case.</summary>
    public SafetensorsFile Tensors => _tensors.Value;

    /// <summary>All cases, or those whose name starts with <paramref name="prefix"/>.</summary>
    public static IEnumerable<Golden> Cases(string prefix = "") => Index.Value.Where(golden => golden.Name.StartsWith(prefix, StringComparison.Ordinal));

    /// <summary>The names of the cases whose name starts with <paramref name="prefix"/>, as rows of a theory.</summary>
    public static IEnumerable<object[]> Rows(string prefix) => Cases(prefix).Select(golden => new object[] { golden.Name });

    /// <summary>The case with a name.</summary>
    /// <exception cref="KeyNotFoundException">There is no such case.</exception>
    public static Golden Load(string name) => Index.Value.FirstOrDefault(golden => golden.Name == name)
        ?? throw new KeyNotFoundException($"The index of the golden tensors has no case \"{name}\".");

    /// <summary>A number of the settings, or <paramref name="fallback"/> where the case does not have it.</summary>
    public double Number(string setting, double fallback = double.NaN) => Config.TryGetProperty(setting, out JsonElement value) ? value.GetDouble() : fallback;

    /// <summary>A text of the settings, or <paramref name="fallback"/> where the case does not have it.</summary>
    public string Text(string setting, string fallback = "") => Config.TryGetProperty(setting, out JsonElement value) ? value.GetString()! : fallback;

    /// <summary>Fails unless every value of <paramref name="actual"/> is within the tolerance of the tensor <paramref name="name"/>.</summary>
    public void Compare(string name, ReadOnlySpan<float> actual) => Compare(name, Tensors.Floats(name), actual);

    /// <summary>Fails unless |ours - theirs| is at most atol + rtol |theirs| everywhere; the message names the worst place.</summary>
    /// <param name="what">What is compared, for the message.</param>
    /// <param name="expected">The golden values.</param>
    /// <param name="actual">Ours.</param>
    /// <param name="looseness">A factor on the case's tolerance, with a reason beside the call.</param>
    public void Compare(string what, ReadOnlySpan<float> expected, ReadOnlySpan<float> actual, double looseness = 1)
    {
        if (expected.Length != actual.Length)
        {
            throw new XunitException($"{Name}: {what} has {actual.Length} values, the golden tensor {expected.Length}.");
        }

        double worst = 0;
        int place = -1, failures = 0;
        for (int i = 0; i < expected.Length; i++)
        {
            double allowed = looseness * (AbsoluteTolerance + (RelativeTolerance * Math.Abs((double)expected[i])));
            double excess = expected[i].Equals(actual[i]) ? 0 : Math.Abs((double)actual[i] - expected[i]) / allowed;
            if (!(excess <= 1))
            {
                failures++;
                if (place < 0 || double.IsNaN(excess) || excess > worst)
                {
                    worst = excess;
                    place = i;
                }
            }
        }

        if (failures > 0)
        {
            throw new XunitException(string.Create(CultureInfo.InvariantCulture,
                $"{Name}: {failures} of {expected.Length} values of {what} are off, worst at [{place}]: ours {actual[place]:G9}, theirs {expected[place]:G9}, {worst:G3} times the tolerance (rtol {RelativeTolerance}, atol {AbsoluteTolerance})."));
        }
    }

    /// <inheritdoc/>
    public override string ToString() => Name;

    private static List<Golden> ReadIndex()
    {
        JsonDocument index = JsonDocument.Parse(File.ReadAllBytes(Shared.PathOf(Path.Combine("reference", "index.json"))));
        return [.. index.RootElement.GetProperty("cases").EnumerateArray().Select(entry => new Golden(entry))];
    }
}
