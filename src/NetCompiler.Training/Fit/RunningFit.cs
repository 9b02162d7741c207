using System.Runtime.CompilerServices;

namespace NetCompiler;

/// <summary>Keeps two trainings from changing the weights of one network at once: taken when one begins, disposed when it has ended.</summary>
internal sealed class RunningFit : IDisposable
{
    private static readonly ConditionalWeakTable<INetwork, RunningFit> Running = [];

    private readonly INetwork _network;

    /// <summary>Takes the network.</summary>
    /// <exception cref="InvalidOperationException">Another training has it.</exception>
    public RunningFit(INetwork network)
    {
        _network = network;
        if (!Running.TryAdd(network, this))
        {
            throw new InvalidOperationException(
                $"{network.Description.Name} is being trained already: a {nameof(NetworkTraining.Fit)} or {nameof(LearningRateFinder.FindLearningRate)} of the same network, on another thread or around a callback, has not ended. Train a network of its own, or wait.");
        }
    }

    public void Dispose() => Running.Remove(_network);
}
