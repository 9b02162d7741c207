using Benchmarks.Networks;
using NetCompiler;

namespace Benchmarks.Startup;

/// <summary>Calls every program of every network once, so that the runtime compiles all kernels: for those who look at the machine code.</summary>
internal static class EveryKernel
{
    /// <summary>The hidden argument that makes this program do so.</summary>
    public const string Argument = "--every-kernel";

    // A number of samples that leaves a rest in every tile.
    private const int Batch = 37;

    /// <summary>One sample, a batch, and a training step of each network.</summary>
    public static void Run()
    {
        foreach (NetworkCase network in NetworkCases.All)
        {
            INetwork created = network.Create();
            foreach (int batch in new[] { 1, Batch })
            {
                network.IndependentPredictions(created, threads: 1, BatchInput.Random(network, batch), new float[batch * network.OutputLength])(1);
            }

            if (network.Trains)
            {
                network.TrainingSteps(created, Batch, threads: 1, BatchInput.Random(network, Batch), BatchTarget.Random(network, Batch))(1);
            }

            Console.WriteLine(network.Name);
        }
    }
}
