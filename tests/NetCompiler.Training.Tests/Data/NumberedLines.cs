using System.Globalization;

namespace NetCompiler.Tests.Training.Data;

/// <summary>Samples of a <see cref="Line"/> that say their number: inputs (i, -i), target i.</summary>
internal static class NumberedLines
{
    public static void Write(int i, Sample sample)
    {
        sample.FloatInput()[0] = i;
        sample.FloatInput()[1] = -i;
        sample.FloatTarget()[0] = i;
    }

    public static Dataset InMemory(int count) => Dataset.Create<Line>(
        Enumerable.Range(0, count).SelectMany(i => new float[] { i, -i }).ToArray(), Enumerable.Range(0, count).Select(i => (float)i).ToArray());

    public static Dataset Items(int count) => Dataset.FromItems<Line, int>([.. Enumerable.Range(0, count)], Write);

    public static Dataset Stream(int count, bool isCounted = false) => Dataset.FromStream<Line, int>(Enumerable.Range(0, count), Write, isCounted ? count : null);

    public static Dataset AsyncStream(int count) => Dataset.FromStream<Line, int>(Numbers(count), Write);

    /// <summary>The targets of an epoch in the order in which they are read.</summary>
    public static float[] Read(Dataset data, int batchSize = 4, int epoch = 0, int? seed = null, int firstBatch = 0) =>
        [.. Batches(data, batchSize, epoch, seed, firstBatch).SelectMany(batch => batch.Split(' ')).Select(value => float.Parse(value.Split(':')[0], CultureInfo.InvariantCulture))];

    /// <summary>Every batch of an epoch as text: target, colon, input, colon, weight, colon, position of each sample.</summary>
    public static List<string> Batches(Dataset data, int batchSize, int epoch = 0, int? seed = null, int firstBatch = 0)
    {
        using ITraining training = new Line().CreateTraining(batchSize);
        using BatchReader reader = data.Batches(batchSize, seed);
        reader.Begin(epoch, firstBatch);
        List<string> batches = [];
        while (reader.Read(training) is > 0 and int count)
        {
            List<string> samples = [];
            for (int i = 0; i < count; i++)
            {
                samples.Add(FormattableString.Invariant($"{training.FloatTarget(0)[i]}:{training.FloatInput(0)[2 * i]}:{training.SampleWeights[i]}:{reader.Positions[i]}"));
            }

            batches.Add(string.Join(' ', samples));
        }

        return batches;
    }

    private static async IAsyncEnumerable<int> Numbers(int count)
    {
        for (int i = 0; i < count; i++)
        {
            // Now at once, now later.
            if (i % 3 == 0)
            {
                await Task.Yield();
            }

            yield return i;
        }
    }
}
