using Benchmarks.Networks;

namespace Benchmarks.Contenders;

/// <summary>Something that computes the networks in this process.</summary>
internal interface IContender : IDisposable
{
    /// <summary>The name in all reports.</summary>
    string Name { get; }

    /// <summary>One prediction of <paramref name="samples"/> samples, to be compared with the others'.</summary>
    void Predict(NetworkCase network, int samples, BatchInput input, float[] output);

    /// <summary>A loop over predictions that do not wait for each other; null for a contender without so many threads.</summary>
    Action<long>? Predictions(NetworkCase network, int batch, int threads, BatchInput input, float[] output);

    /// <summary>A loop over predictions each of which reads what the last one wrote; null where that is not measured.</summary>
    Action<long>? DependentPredictions(NetworkCase network, BatchInput input, float[] output);

    /// <summary>A loop over training steps with Adam; null for a contender that only predicts, or without so many threads.</summary>
    Action<long>? TrainingSteps(NetworkCase network, int batch, int threads, BatchInput input, BatchTarget target);
}
