using NetCompiler.Generators.Declaration;
using NetCompiler.Generators.Graph;
using NetCompiler.Generators.Schedule;
using NetCompiler.Generators.Targets.CSharp;
using NetCompiler.Generators.Tests.Common;
using NetCompiler.Generators.Tests.Graph.Layers;
using NetCompiler.TestKit;

namespace NetCompiler.Generators.Tests.Schedule;

/// <summary>A group that is like one before gets the kernels that it would have been given alone.</summary>
public class KnownKernelTests
{
    public static TheoryData<string, int[], string> ImageLayers => ImageGradientTests.Layers;

    [Fact]
    public void RandomNetworks_HaveTheSameTextAsAlone()
    {
        for (int seed = 0; seed < 60; seed++)
        {
            AssertSameAsAlone(RandomNetworks.Make(new Random(seed)));
        }
    }

    [Theory]
    [MemberData(nameof(ImageLayers))]
    public void LayerOverImagesTwice_HasTheSameTextAsAlone(string kind, int[] input, string options)
    {
        SpecBuilder network = SpecBuilder.Input([.. input[..^1], 2]).Dense(input[^1], "Tanh").Layer(kind, ImageGradientTests.Options(options));
        network = network.Shape.Rank == input.Length && network.Shape[0] == input[0] ? network.Dense(input[^1], "Tanh").Layer(kind, ImageGradientTests.Options(options)) : network;
        network = network.Shape.Rank > 1 ? network.Flatten() : network;
        AssertSameAsAlone(network.Dense(4, "Softmax").Loss("SparseCategoricalCrossentropy").Build());
    }

    [Theory]
    [InlineData("SimpleRnn")]
    [InlineData("Lstm")]
    [InlineData("Gru")]
    public void RecurrentLayers_HaveTheSameTextAsAlone(string kind)
    {
        SpecBuilder network = SpecBuilder.Input(4, 16);
        for (int i = 0; i < 3; i++)
        {
            network.Layer(kind, ("Units", 16), ("ReturnSequences", 1), ("GoBackwards", i % 2));
        }

        AssertSameAsAlone(network.Layer("MultiHeadAttention", ("Heads", 2)).Layer("MultiHeadAttention", ("Heads", 2)).Dense(3, l2: 0.1).Loss("MeanSquaredError").Build());
    }

    [Fact]
    public void EqualLayers_AreBuiltOnce()
    {
        SpecBuilder network = SpecBuilder.Input(64);
        for (int i = 0; i < 10; i++)
        {
            network.Dense(64, "Relu");
        }

        var compiled = new CompiledNetwork(network.Loss("MeanSquaredError").Build());
        var known = new KnownKernels();
        KernelProgram gradients = Schedule(compiled, compiled.Gradients!, ProgramMode.Training, known);
        int bodies = gradients.Kernels.Select(call => call.Kernel.Code).Distinct(ReferenceEqualityComparer.Instance).Count();
        Expect.True(bodies < gradients.Kernels.Count() / 2, $"{gradients.Kernels.Count()} calls have {bodies} kernels.");

        // Loss and both halves go through the same layers.
        KernelProgram loss = Schedule(compiled, compiled.Loss!, ProgramMode.Training, known);
        HashSet<object> built = [.. gradients.Kernels.Select(call => call.Kernel.Code)];
        Assert.True(loss.Kernels.Count(call => built.Contains(call.Kernel.Code)) >= 10);
    }

    [Fact]
    public void Cancellation_EndsBetweenTwoGroups()
    {
        using var source = new CancellationTokenSource();
        int built = 0;
        var known = new KnownKernels(isBuilt: _ =>
        {
            built++;
            source.Cancel();
        }, cancellationToken: source.Token);
        var network = new CompiledNetwork(SpecBuilder.Input(4).Dense(5, "Relu").Dense(6, "Tanh").Dense(3).Loss("MeanSquaredError").Build());
        Assert.Throws<OperationCanceledException>(() => Schedule(network, network.Gradients!, ProgramMode.Training, known));
        Assert.Equal(1, built);
    }

    private static KernelProgram Schedule(CompiledNetwork network, NetworkGraph graph, ProgramMode mode, KnownKernels known) =>
        ProgramScheduler.Run(SettledGraph.Of(graph, network.Plan.Weights, []), network.Plan.Weights, network.Plan.Targets, [], Machine.Vector256, mode, known);

    private static void AssertSameAsAlone(NetworkSpec spec)
    {
        var network = new CompiledNetwork(spec);
        (NetworkGraph? Graph, ProgramMode Mode)[] programs =
        [
            (network.Inference, ProgramMode.PredictOne), (network.Inference, ProgramMode.PredictMany), (network.Gradients, ProgramMode.Training),
            (network.Loss, ProgramMode.Training), (network.ForwardBackward, ProgramMode.Training),
        ];
        var known = new KnownKernels();
        foreach ((NetworkGraph? graph, ProgramMode mode) in programs)
        {
            if (graph is not null)
            {
                Assert.Equal(Text(spec, Schedule(network, graph, mode, new KnownKernels(remembers: false)), mode), Text(spec, Schedule(network, graph, mode, known), mode));
            }
        }
    }

    private static string Text(NetworkSpec spec, KernelProgram program, ProgramMode mode)
    {
        var kernels = new KernelWriter(Machine.Vector256.Lanes, level: 0, new LayerQuotes(spec));
        var source = new SourceWriter();
        var writer = new ProgramWriter(kernels, mode) { BatchedFloats = program.BatchedFloats };
        if (mode == ProgramMode.Training)
        {
            writer.Write(source, ProgramStage.Of(program.Calls));
        }
        else
        {
            writer.Write(source, program.Calls);
        }

        kernels.WriteTo(source);
        return source.ToString();
    }
}
