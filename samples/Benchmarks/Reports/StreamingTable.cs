using Benchmarks.Machine;
using Benchmarks.Measuring;
using Benchmarks.Networks;

namespace Benchmarks.Reports;

/// <summary>One step of recurrent networks, beside the bandwidth of the cache that holds their weights: a step reads each of them once.</summary>
internal static class StreamingTable
{
    private const int Rounds = 9;

    // PredictNext sums in the order of Predict or in one that differs by a few roundings, in values below 1.
    private const double Tolerance = 1e-5;

    /// <summary>Compares each network's steps with its Predict, then measures in rounds between which the machine's limits are measured again; of both the best counts, as of kernels.</summary>
    /// <exception cref="InvalidDataException">The steps differ from Predict.</exception>
    public static ReportTable Build(IReadOnlyList<StreamingCase> networks, MachineLimits limits)
    {
        foreach (StreamingCase network in networks)
        {
            double difference = network.DifferenceToPredict();
            if (!(difference <= Tolerance))
            {
                throw new InvalidDataException(FormattableString.Invariant($"{network.Name}: PredictNext differs from Predict by {difference}; nothing was timed."));
            }
        }

        Action<long>[] steps = [.. networks.Select(network => network.Steps())];
        List<double>[] runs = [.. networks.Select(_ => new List<double>())];
        Array.ForEach(steps, step => TimedLoop.SecondsPerCall(step));
        for (int round = 0; round < Rounds; round++)
        {
            limits.MeasureRound();
            for (int i = 0; i < steps.Length; i++)
            {
                runs[i].Add(TimedLoop.SecondsPerCall(steps[i]));
            }
        }

        var table = new ReportTable($"one streaming step (PredictNext), dependent calls, one thread, the best of {Rounds} blocks",
            "network", "microseconds", "goal on the reference machine", "", "bytes of weights", "of the reads of", "GB/s there in this run", "L2 GB/s in this run");
        double level2 = limits.Bandwidths.Single(level => level.Name == "L2").BytesPerSecond;
        for (int i = 0; i < steps.Length; i++)
        {
            StreamingCase network = networks[i];
            double seconds = runs[i].Min();
            (string level, double bytesPerSecond) = limits.LevelFor(network.WeightBytes);
            table.Add(network.Name, Numbers.Microseconds(seconds), Numbers.Microseconds(network.GoalSeconds), seconds <= network.GoalSeconds ? "met" : "missed",
                FormattableString.Invariant($"{network.WeightBytes}"), $"{Numbers.Percent(network.WeightBytes / seconds / bytesPerSecond)} {level}", Numbers.Giga(bytesPerSecond), Numbers.Giga(level2));
        }

        return table;
    }
}
