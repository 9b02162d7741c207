using Benchmarks.Measuring;
using Benchmarks.Networks;
using Benchmarks.PeerFiles;

namespace Benchmarks.Contenders;

/// <summary>
/// Compares outputs on the same weights before anything is timed: a wrong result can be had in any time. With the peers' recorded
/// examples where there are peers, and among the contenders at every batch size.
/// </summary>
internal static class OutputComparison
{
    // Sums of at most 5,408 products of order 1 in another order: a few hundred roundings of 6e-8.
    private const double Tolerance = 2e-5;

    /// <summary>The largest difference found, relative to 1 for outputs below 1.</summary>
    /// <exception cref="InvalidDataException">Two outputs differ by more than the tolerance, or one is not a number.</exception>
    public static double Run(NetworkCase network, IReadOnlyList<IContender> contenders, PeerFolder? peers)
    {
        double largest = 0;
        if (peers is not null)
        {
            IReadOnlyDictionary<string, PeerTensor> examples = SafetensorsFile.Read(peers.Examples(network.PeerName));
            PeerTensor x = examples["x"];
            var given = new BatchInput(network.Image?.FromPeer(x.Floats) ?? x.Floats, x.Integers);
            foreach (IContender contender in contenders)
            {
                float[] output = Predict(contender, network, given);
                largest = Math.Max(largest, Difference(network, contender.Name, output, "the recorded examples", examples["y"].Floats));
            }
        }

        foreach (int batch in new[] { 1, 32, 128 })
        {
            BatchInput input = BatchInput.Random(network, batch);
            float[] expected = Predict(contenders[0], network, input);
            foreach (IContender contender in contenders.Skip(1))
            {
                float[] output = Predict(contender, network, input);
                largest = Math.Max(largest, Difference(network, contender.Name, output, $"{contenders[0].Name} at batch {batch}", expected));
            }
        }

        return largest;
    }

    private static float[] Predict(IContender contender, NetworkCase network, BatchInput input)
    {
        int samples = input.Length / network.InputLength;
        float[] output = new float[samples * network.OutputLength];
        contender.Predict(network, samples, input, output);
        return output;
    }

    private static double Difference(NetworkCase network, string contender, float[] found, string reference, float[] expected)
    {
        double largest = 0;
        for (int i = 0; i < expected.Length; i++)
        {
            double difference = Math.Abs(found[i] - expected[i]) / Math.Max(1, Math.Abs(expected[i]));
            if (!(difference <= Tolerance))
            {
                throw new InvalidDataException(FormattableString.Invariant(
                    $"{network.Name}: output {i} of {contender} is {found[i]}, but that of {reference} is {expected[i]}; nothing was timed."));
            }

            largest = Math.Max(largest, difference);
        }

        return largest;
    }
}
