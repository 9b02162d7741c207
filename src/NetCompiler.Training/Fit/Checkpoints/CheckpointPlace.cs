using System.Globalization;

namespace NetCompiler;

/// <summary>Where the steps of a checkpoint's training stood: numbers that are parsed, and known to be possible, before anything is restored.</summary>
/// <param name="StepIndex">The place in the random numbers.</param>
/// <param name="Steps">The number of the optimizer's steps.</param>
/// <param name="LearningRate">The learning rate of the next step.</param>
internal sealed record CheckpointPlace(long StepIndex, long Steps, double LearningRate)
{
    /// <summary>Reads the numbers of a file.</summary>
    /// <exception cref="CheckpointException">One is missing, no number, or out of its range.</exception>
    public static CheckpointPlace Read(IReadOnlyDictionary<string, string> metadata, string source)
    {
        return new CheckpointPlace(Count(CheckpointKeys.StepIndex), Count(CheckpointKeys.Steps), Rate(CheckpointKeys.LearningRate));

        long Count(string key) => long.TryParse(Text(key), NumberStyles.None, CultureInfo.InvariantCulture, out long value)
            ? value
            : throw Damaged(key, "a whole number of at least 0");

        double Rate(string key) => double.TryParse(Text(key), NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && value >= 0 && double.IsFinite(value)
            ? value
            : throw Damaged(key, "a finite number of at least 0");

        string Text(string key) => metadata.TryGetValue(key, out string? text) ? text : throw new CheckpointException($"The checkpoint {source} is damaged: it has no entry \"{key}\".");

        CheckpointException Damaged(string key, string expected) => new($"The checkpoint {source} is damaged: \"{key}\" is \"{metadata[key]}\", but {expected} was expected.");
    }
}
