using Benchmarks.Contenders;
using Benchmarks.Networks;

namespace Benchmarks.Measuring;

/// <summary>The loops to be timed: every contender in every row it can run, contenders of one row next to each other.</summary>
internal sealed class Workload
{
    private static readonly int[] PredictBatches = [1, 32, 128];
    private static readonly int[] TrainBatches = [32, 128];

    private readonly List<TimedCase> _cases = [];

    /// <summary>Prepares inputs, networks and trainings.</summary>
    public Workload(IEnumerable<NetworkCase> networks, IReadOnlyList<IContender> contenders)
    {
        foreach (NetworkCase network in networks)
        {
            foreach ((int threads, int batch) in Pairs(PredictBatches))
            {
                Add(new RowKey(network.Name, Mode.Predict, batch, threads), contenders,
                    contender => contender.Predictions(network, batch, threads, BatchInput.Random(network, batch), new float[batch * network.OutputLength]));
            }

            Add(new RowKey(network.Name, Mode.PredictDependent, 1), contenders,
                contender => contender.DependentPredictions(network, BatchInput.Random(network, 1), new float[network.OutputLength]));
            foreach ((int threads, int batch) in Pairs(network.Trains ? TrainBatches : []))
            {
                Add(new RowKey(network.Name, Mode.Train, batch, threads), contenders,
                    contender => contender.TrainingSteps(network, batch, threads, BatchInput.Random(network, batch), BatchTarget.Random(network, batch)));
            }
        }
    }

    /// <summary>All loops in the order in which a round runs them.</summary>
    public IReadOnlyList<TimedCase> Cases => _cases;

    /// <summary>The numbers of threads that are measured: one, and two where there are two cores.</summary>
    public static IReadOnlyList<int> Threads { get; } = Environment.ProcessorCount > 1 ? [1, 2] : [1];

    private static IEnumerable<(int Threads, int Batch)> Pairs(int[] batches) => Threads.SelectMany(threads => batches.Select(batch => (threads, batch)));

    private void Add(RowKey row, IReadOnlyList<IContender> contenders, Func<IContender, Action<long>?> prepare)
    {
        foreach (IContender contender in contenders)
        {
            if (prepare(contender) is { } loop)
            {
                _cases.Add(new TimedCase(row, contender.Name, loop));
            }
        }
    }
}

/// <summary>One loop to be timed.</summary>
internal sealed record TimedCase(RowKey Row, string Contender, Action<long> Loop);
