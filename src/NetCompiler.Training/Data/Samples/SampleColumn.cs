using System.Globalization;

namespace NetCompiler;

/// <summary>What one input or target of a network holds per sample.</summary>
/// <param name="Role">"input" or "target".</param>
/// <param name="Name">The name in the network's description.</param>
/// <param name="Length">The number of values of one sample.</param>
/// <param name="Limit">The number of different tokens or classes, or 0 for floats.</param>
internal record SampleColumn(string Role, string Name, int Length, int Limit)
{
    /// <summary>Whether the column holds tokens or classes.</summary>
    public bool IsInteger => Limit > 0;

    /// <summary>Whether NaN is declared to stand for a missing value.</summary>
    public bool AllowsMissing { get; init; }

    /// <summary>What the losses of a float target take; null where they take any number.</summary>
    public TargetRange? Range { get; init; }

    /// <summary>The names of the losses that judge a target.</summary>
    public string Losses { get; init; } = "";

    /// <summary>The column's name in error messages.</summary>
    public string Title => $"{Role} \"{Name}\"";

    /// <summary>What it holds, for error messages: <c>floats (float[], 1 per sample, for BinaryCrossentropy)</c>.</summary>
    public string Content => IsInteger
        ? $"{(Role == "input" ? "tokens" : "class indices")} (int[], 0 to {Limit - 1})"
        : $"floats (float[], {Length} per sample{(Losses.Length > 0 ? $", for {Losses}" : "")})";

    /// <summary>The column of an input.</summary>
    public static SampleColumn Of(InputDescription input, bool allowMissing) => new("input", input.Name, input.Length, input.Vocabulary) { AllowsMissing = allowMissing };

    /// <summary>The column of a target.</summary>
    public static SampleColumn OfTarget(NetworkDescription description, int target)
    {
        LossDescription[] losses = [.. description.Losses.Where(loss => loss.Targets.Contains(target))];
        TargetDescription declared = description.Targets[target];
        return new SampleColumn("target", declared.Name, declared.Length, declared.Classes)
        {
            Losses = string.Join(" and ", losses.Select(loss => loss.Name)),
            Range = declared.IsClasses ? null : TargetRange.Of(losses),
        };
    }

    /// <summary>Refuses integers outside their range.</summary>
    /// <param name="values">Whole samples.</param>
    /// <param name="first">The number of the first one.</param>
    public void Check(ReadOnlySpan<int> values, int first = 0)
    {
        for (int i = 0; i < values.Length; i++)
        {
            if ((uint)values[i] >= (uint)Limit)
            {
                throw new ArgumentOutOfRangeException(null, values[i], $"The {Title}, row {first + (i / Length)}{Position(i)}: {values[i]} is outside 0 to {Limit - 1}.");
            }
        }
    }

    /// <summary>Refuses NaN where it is not declared, infinities, and targets that the losses do not take.</summary>
    /// <param name="values">Whole samples.</param>
    /// <param name="first">The number of the first one.</param>
    public void Check(ReadOnlySpan<float> values, int first = 0)
    {
        TargetRange? range = Range;
        for (int i = 0; i < values.Length; i++)
        {
            float value = values[i];
            if (!float.IsFinite(value) && !(AllowsMissing && float.IsNaN(value)))
            {
                throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"The {Title}, row {first + (i / Length)}{Position(i)}: the value is {value}. {RemedyOf(value)}"));
            }

            if (range is not null && !range.Contains(value))
            {
                throw new ArgumentOutOfRangeException(null, value, $"The {Title}, row {first + (i / Length)}{Position(i)}: {range.Refuse(value)}");
            }
        }
    }

    private string RemedyOf(float value) => !float.IsNaN(value) ? "Values are finite."
        : Role == "input" ? "Fill it, or declare that values may be missing: DatasetBuilder.Input(.., allowMissing: true), as FromItems, FromStream and FromCsv take it too."
        : "Fill it.";

    private string Position(int index) => Length == 1 ? "" : $", value {index % Length}";
}
