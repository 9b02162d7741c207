using NetCompiler.Generators.Graph;
using NetCompiler.Generators.Ops;
using NetCompiler.Generators.Passes;
using NetCompiler.Generators.Schedule;
using NetCompiler.Generators.Tests.Common;
using NetCompiler.Generators.Tests.Graph;
using NetCompiler.TestKit;

namespace NetCompiler.Generators.Tests.Schedule;

/// <summary>
/// Convolutions in transformed tiles compute what the convolution's own definition says, inside their memory, at sizes around every vector and
/// tile: the kernel transformed by one program, the tiles by another.
/// </summary>
public class WinogradTests
{
    /// <summary>Both sides are in double precision and differ in the order of sums alone.</summary>
    private const double Tolerance = 1e-9;

    [Theory]
    [InlineData(512)]
    [InlineData(256)]
    [InlineData(128)]
    public void ChannelsAndFilters_EqualTheConvolution(int bits)
    {
        foreach (int channels in new[] { 1, 3, 16, 17, 33 })
        {
            foreach (int filters in new[] { 3, 16, 20, 33, 64 })
            {
                Check(bits, (6, 7), channels, filters, padding: 0, pool: 0);
            }
        }
    }

    [Theory]
    [InlineData(512)]
    [InlineData(256)]
    [InlineData(128)]
    public void EverySize_EqualsTheConvolution(int bits)
    {
        foreach ((int Height, int Width) image in new[] { (3, 3), (3, 8), (4, 4), (5, 5), (7, 9), (8, 8), (13, 13), (15, 15), (16, 31), (4, 80), (80, 3) })
        {
            foreach (int padding in new[] { 0, 1 })
            {
                foreach (int pool in new[] { 0, 2, 3 })
                {
                    Check(bits, image, 4, 18, padding, pool);
                }
            }
        }
    }

    [Fact]
    public void PooledConvolution_IsOneKernelWithoutTheFullImage()
    {
        (HandMadeNetwork network, NetworkGraph graph, _) = Layer((15, 15), 16, 16, padding: 0, pool: 2);
        HoistedGraph hoisted = Hoisted(graph);
        KernelProgram program = ProgramScheduler.Run(hoisted.Inference, network.Plan(new Shape(6, 6, 16)).Weights, [], Machine.Vector512, ProgramMode.PredictMany, derived: WeightPlanner.PlanDerived(hoisted.Derived));
        Assert.IsType<KernelCall>(Assert.Single(program.Calls));
        Assert.Equal(0, program.BatchedFloats);
        Assert.Equal(WinogradTiles.Of(Assert.Single(hoisted.Inference.Nodes, node => node.Operation is WinogradOperation)).Length, program.FixedFloats);
    }

    // Rows of blocks of one height, of two, and with tiles that are cut at the right and at the bottom.
    [Theory]
    [InlineData(512)]
    [InlineData(256)]
    [InlineData(128)]
    public void OneSample_IsSharedByRowsOfBlocks(int bits)
    {
        foreach (((int Height, int Width) image, int lines, int padding, int pool) in new[] { ((18, 17), 2, 0, 0), ((21, 19), 4, 1, 0), ((16, 16), 2, 1, 2) })
        {
            Assert.All([2, 3], threads => Check(bits, image, 16, 36, padding, pool, threads, lines));
        }

        // A single row of blocks: its panels of filters.
        Assert.All([2, 3], threads => Check(bits, (12, 11), 16, 96, padding: 1, pool: 0, threads, lines: 3));
        Assert.All([2, 3], threads => Check(bits, (13, 13), 16, 64, padding: 0, pool: 2, threads, lines: 2));
    }

    private static void Check(int bits, (int Height, int Width) image, int channels, int filters, int padding, int pool, int threads = 0, int lines = 0)
    {
        if (image.Height + (2 * padding) - 2 < pool || image.Width + (2 * padding) - 2 < pool)
        {
            return;
        }

        (HandMadeNetwork network, NetworkGraph graph, Node output) = Layer(image, channels, filters, padding, pool);
        string what = $"{image} x {channels} to {filters}, padding {padding}, pool {pool}, {bits} bits";
        HoistedGraph hoisted = Hoisted(graph);
        Assert.Contains(hoisted.Inference.Nodes, node => node.Operation is WinogradOperation);
        NetworkPlan plan = network.Plan(output.Shape) with { Derived = WeightPlanner.PlanDerived(hoisted.Derived) };
        Machine machine = CompiledNetwork.MachineOf(bits);
        ProgramInterpreter Run(NetworkGraph part, ProgramMode mode, NetworkData data, double[]? derived)
        {
            KernelProgram program = ProgramScheduler.Run(part, plan.Weights, plan.Targets, machine, mode, derived: plan.Derived);
            var run = new ProgramInterpreter(plan, data, program, machine, mode);
            derived?.CopyTo(run.Derived, 0);
            if (threads == 0 || mode != ProgramMode.PredictOne)
            {
                run.Run();
                return run;
            }

            ShareArgument[] shares = [.. program.Calls.OfType<KernelCall>().Where(call => call.Kernel.Name.EndsWith("Winograd", StringComparison.Ordinal)).SelectMany(call => call.Arguments).OfType<ShareArgument>()];
            Assert.All(shares, share => Assert.Equal(lines, share.Units));
            Assert.NotEmpty(shares);
            run.RunOnThreads(threads);
            return run;
        }

        foreach ((ProgramMode mode, int samples) in new[] { (ProgramMode.PredictOne, 1), (ProgramMode.PredictMany, 3) })
        {
            var data = new NetworkData(plan, samples, seed: 1);
            double[] derived = Run(hoisted.Preparation!, ProgramMode.Prepare, data, null).Derived;
            double[] expected = GraphInterpreter.Result(graph, GraphInterpreter.Run(graph, data), ResultRole.Output, 0)!, actual = Run(hoisted.Inference, mode, data, derived).Output(0);
            Assert.Equal(expected.Length, actual.Length);
            for (int i = 0; i < expected.Length; i++)
            {
                Expect.True(Math.Abs(expected[i] - actual[i]) <= Tolerance * (1 + Math.Abs(expected[i])), $"{what}, {mode}: [{i}] is {actual[i]}, the convolution gives {expected[i]}.");
            }
        }
    }

    private static HoistedGraph Hoisted(NetworkGraph graph) => HoistWeights.Run(TransformKernels.Run(ShrinkWindows.Run(SimplifyGraph.Run(FoldAffine.Run(graph))), (_, _, _, _) => true));

    // A product before it, so that the image lies in padded rows, a factor that folds into the kernel, and an activation behind it.
    private static (HandMadeNetwork Network, NetworkGraph Graph, Node Output) Layer((int Height, int Width) image, int channels, int filters, int padding, int pool)
    {
        var network = new HandMadeNetwork();
        GraphBuilder builder = network.Builder;
        Node x = network.Input(image.Height, image.Width, channels);
        x = padding == 0 && pool == 0 ? builder.Contract("bhwc", "cn", "bhwn", x, network.Weight(channels, channels)) : x;
        Node padded = builder.Pad(x, [padding, padding, 0], [padding, padding, 0]);
        var shape = new Shape(padded.Shape[0] - 2, padded.Shape[1] - 2, filters);
        Node sum = builder.Multiply(builder.Contract("b(h+y)(w+x)c", "yxcn", "bhwn", padded, network.Weight(3, 3, channels, filters), shape), network.Weight(filters));
        Node y = builder.Apply(Elementwise.Relu, builder.Add(sum, network.Weight(filters)));
        Node output = pool == 0 ? y : builder.Window(WindowKind.Max, y, new WindowAxis(pool, pool), new WindowAxis(pool, pool));
        return (network, HandMadeNetwork.Verified(new NetworkGraph(builder.Nodes, [new GraphResult(ResultRole.Output, 0, output)])), output);
    }
}
