using NetCompiler.Generators.Declaration;
using NetCompiler.Generators.Graph;
using NetCompiler.Generators.Passes;
using NetCompiler.Generators.Schedule;
using NetCompiler.Generators.Schedule.Nests;
using NetCompiler.Generators.Targets.CSharp;
using NetCompiler.Generators.Tests.Common;
using NetCompiler.TestKit;

namespace NetCompiler.Generators.Tests.Schedule;

/// <summary>No kernel grows past what the JIT still optimises (MEASURED, section 2), and equal shapes share kernels.</summary>
public class KernelLimitTests
{
    /// <summary>Beyond, callees are no longer inlined, and vector functions become calls.</summary>
    private const int MostLocals = 512;

    /// <summary>Straight-line products beyond run slower than a loop and take milliseconds to compile.</summary>
    private const int MostProductsInARow = 256;

    public static TheoryData<string> Names => [.. Networks.Keys];

    private static readonly Dictionary<string, NetworkSpec> Networks = new()
    {
        ["xor"] = SpecBuilder.Input(2).Dense(10, "Tanh").Dense(1, "Sigmoid").Loss("BinaryCrossentropy").Build(),
        ["credit"] = SpecBuilder.Input(10).Dense(64, "Relu").Dense(32, "Relu").Dense(1, "Sigmoid").Loss("BinaryCrossentropy").Build(),
        ["dense64"] = SpecBuilder.Input(64).Dense(64, "Tanh").Build(),
        ["mlp"] = SpecBuilder.Input(784).Dense(128, "Relu").Dropout(0.2).Dense(10, "Softmax").Loss("SparseCategoricalCrossentropy").Build(),
        ["mlp512"] = SpecBuilder.Input(784).Dense(512, "Gelu").Dense(512, "Mish").Dense(10, "Softmax").Loss("SparseCategoricalCrossentropy").Build(),
        ["many columns"] = SpecBuilder.Input(31).Dense(1999, "Gelu", l2: 0.01).Dense(33, "LogSoftmax").Loss("NegativeLogLikelihood").Build(),
        ["softmax 33"] = SpecBuilder.Input(33).Dense(33, "Mish").Dense(33, "Softmax").Loss("CategoricalCrossentropy", labelSmoothing: 0.1).Build(),
        ["lstm"] = SpecBuilder.Input(9, 5).Layer("Lstm", ("Units", 256), ("ReturnSequences", 1)).Layer("Lstm", ("Units", 48)).Dense(1, "Sigmoid").Loss("BinaryCrossentropy").Build(),
        ["gru"] = SpecBuilder.Input(9, 5).Layer("Gru", ("Units", 96), ("Bidirectional", 1)).Dense(3, "Softmax").Loss("SparseCategoricalCrossentropy").Build(),
        ["lstm of 80"] = SpecBuilder.Input(9, 80).Layer("Lstm", ("Units", 80), ("ReturnSequences", 1)).Dense(3).Build(),
        ["lstm of 128"] = SpecBuilder.Input(9, 64).Layer("Lstm", ("Units", 128), ("ReturnSequences", 1)).Build(),
        ["gru of 240"] = SpecBuilder.Input(9, 240).Layer("Gru", ("Units", 240), ("ReturnSequences", 1)).Build(),
        ["mnist cnn"] = Images(SpecBuilder.Input(28, 28, 1), 32).Dense(128, "Relu").Dense(10, "Softmax").Loss("SparseCategoricalCrossentropy").Build(),
        ["cifar cnn"] = Images(SpecBuilder.Input(32, 32, 3), 32, 64).Dense(128, "Relu").Dense(10, "Softmax").Loss("SparseCategoricalCrossentropy").Build(),
        ["odd images"] = SpecBuilder.Input(37, 41, 5).Layer("Conv2D", ("Filters", 33), ("KernelSize", 5), ("Strides", 2)).Layer("Conv2D", ("Filters", 20), ("KernelSize", 3), ("Dilation", 2)).Build(),
        ["sequence"] = SpecBuilder.Input(50, 40).Dense(64, "Silu").Dense(20, "Softmax").Loss("SparseCategoricalCrossentropy").Build(),
    };

    [Theory]
    [MemberData(nameof(Names))]
    public void NoKernel_PassesTheLimitsOfTheJit(string name)
    {
        foreach ((Machine machine, KernelProgram program) in Programs(Networks[name]))
        {
            foreach (Kernel kernel in program.Kernels.SelectMany(call => WithCallees(call.Kernel)).Distinct())
            {
                int locals = kernel.Parameters.Count + Flat(kernel.Body).Count(statement => statement is Let or LetReference or LetCount or Loop);
                Expect.True(locals <= MostLocals, $"{kernel.Name} has {locals} locals at {machine.Bits} bits.");
                int products = LongestRun(kernel.Body);
                Expect.True(products <= MostProductsInARow, $"{kernel.Name} has {products} products in a row at {machine.Bits} bits.");
            }

            int inlined = program.Kernels.Where(call => call.IsInlined).Sum(call => call.Kernel.Body.Count(statement => statement is Let or LetReference) + call.Arguments.Count);
            Expect.True(inlined <= MostLocals, $"The entry point has {inlined} locals at {machine.Bits} bits.");
        }
    }

    [Fact]
    public void LayersOfEqualShape_ShareTheirKernels()
    {
        foreach (Machine machine in CompiledNetwork.Machines)
        {
            int Methods(int layers)
            {
                SpecBuilder network = SpecBuilder.Input(48);
                for (int i = 0; i < layers; i++)
                {
                    network.Dense(48, "Relu");
                }

                var compiled = new CompiledNetwork(network.Build());
                var writer = new KernelWriter(machine.Lanes, level: 0, new LayerQuotes(compiled.Spec));
                return compiled.Schedule(compiled.Inference, machine, ProgramMode.PredictMany).Calls.OfType<KernelCall>().Select(call => writer.NameOf(call.Kernel)).Distinct().Count();
            }

            // The first layer reads rows without padding, the last writes such: what is between is alike.
            Assert.Equal(Methods(3), Methods(6));
        }
    }

    [Fact]
    public void Buffers_AreSharedByValuesThatDoNotMeet()
    {
        SpecBuilder network = SpecBuilder.Input(64);
        for (int i = 0; i < 8; i++)
        {
            network.Dense(64, "Relu");
        }

        var compiled = new CompiledNetwork(network.Build());
        Assert.Equal(2 * (64 + 16), compiled.Schedule(compiled.Inference, Machine.Vector512, ProgramMode.PredictMany).BatchedFloats);
    }

    [Theory]
    [InlineData(48, 48)]
    [InlineData(64, 80)]
    [InlineData(65, 80)]
    [InlineData(128, 144)]
    [InlineData(512, 528)]
    public void Samples_LieAtNoPowerOfTwo(int units, int stride)
    {
        var compiled = new CompiledNetwork(SpecBuilder.Input(8).Dense(units, "Relu").Dense(3).Build());
        Assert.Equal(stride, compiled.Schedule(compiled.Inference, Machine.Vector512, ProgramMode.PredictMany).BatchedFloats);
    }

    private static SpecBuilder Images(SpecBuilder network, params int[] filters)
    {
        foreach (int count in filters)
        {
            network.Layer("Conv2D", ("Filters", count), ("KernelSize", 3), ("Activation", "Activation.Relu")).Layer("MaxPool2D", ("PoolSize", 2));
        }

        return network.Flatten();
    }

    private static IEnumerable<(Machine Machine, KernelProgram Program)> Programs(NetworkSpec spec)
    {
        var network = new CompiledNetwork(spec);
        foreach (Machine machine in CompiledNetwork.Machines)
        {
            if (StepNetwork.Of(spec, network.Plan.Shapes) is { } step)
            {
                IReadOnlyList<Shape> shapes = InferShapes.Run(step);
                NetworkGraph graph = LowerSoftmax.Run(new NetworkGraphs(step, shapes, network.Plan.Weights, network.Plan.Targets).Step(spec.Inputs[0].Shape[0]));
                yield return (machine, network.Schedule(graph, machine, ProgramMode.PredictOne));
            }

            yield return (machine, network.Schedule(network.Inference, machine, ProgramMode.PredictOne));
            yield return (machine, network.Schedule(network.Inference, machine, ProgramMode.PredictMany));
            foreach (NetworkGraph graph in new[] { network.ForwardBackward, network.Gradients, network.Loss }.OfType<NetworkGraph>())
            {
                yield return (machine, network.Schedule(graph, machine, ProgramMode.Training));
            }
        }
    }

    private static IEnumerable<Kernel> WithCallees(Kernel kernel) =>
        Flat(kernel.Body).OfType<CallKernel>().SelectMany(call => WithCallees(call.Kernel)).Prepend(kernel);

    private static IEnumerable<Statement> Flat(IReadOnlyList<Statement> body) => body.SelectMany(statement => statement switch
    {
        Loop loop => Flat(loop.Body).Prepend(loop),
        When branch => Flat(branch.Body).Prepend(branch),
        WhenCount branch => Flat(branch.Body).Prepend(branch),
        _ => [statement],
    });

    private static int LongestRun(IReadOnlyList<Statement> body) => Math.Max(
        body.Count(statement => statement is Set { Value: MultiplyAdd }),
        body.Select(statement => statement switch
        {
            Loop loop => LongestRun(loop.Body),
            When branch => LongestRun(branch.Body),
            WhenCount branch => LongestRun(branch.Body),
            _ => 0,
        }).DefaultIfEmpty().Max());
}
