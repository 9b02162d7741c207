using NetCompiler.Generators.Declaration;
using NetCompiler.Generators.Graph;
using NetCompiler.Generators.Ops;
using NetCompiler.Generators.Passes;
using NetCompiler.Generators.Schedule;
using NetCompiler.Generators.Tests.Common;
using NetCompiler.Generators.Tests.Graph;
using NetCompiler.TestKit;
using Packing = NetCompiler.Generators.Schedule.WeightPacking;
using Pass = NetCompiler.Generators.Passes.NarrowWeights;

namespace NetCompiler.Generators.Tests.Schedule;

/// <summary>
/// Products with weights in pairs of bfloat16, and of rows with weights in integers of 8 bits, compute what the graph says of rounded values, inside their memory, at sizes around every
/// vector and panel: the weights narrowed by one program, read by others.
/// </summary>
public class NarrowWeightTests
{
    /// <summary>Both sides are in double precision and differ in the order of sums alone.</summary>
    private const double Tolerance = 1e-9;

    private static readonly NarrowFormat[] Formats = [NarrowFormat.BFloat16, NarrowFormat.Int8];

    [Theory]
    [InlineData(512)]
    [InlineData(256)]
    [InlineData(128)]
    public void Products_EqualThoseOfRoundedWeights(int bits)
    {
        foreach (int columns in new[] { 2, 4, 7, 8, 15, 16, 17, 20, 31, 32, 33, 47, 48, 50, 63, 64, 65, 96, 128, 130 })
        {
            foreach (int rows in new[] { 1, 3, 4, 5, 17, 101 })
            {
                Check(bits, network => Layer(network, network.Input(rows), network.Weight(rows, columns)), $"{rows} x {columns}");
            }
        }
    }

    [Theory]
    [InlineData(512)]
    [InlineData(256)]
    [InlineData(128)]
    public void RowsOfSequences_EqualThoseOfRoundedWeights(int bits)
    {
        foreach ((int steps, int features, int columns) in new[] { (1, 5, 40), (3, 17, 20), (13, 16, 64), (29, 7, 33) })
        {
            Check(bits, network => Layer(network, network.Input(steps, features), network.Weight(features, columns)), $"{steps} steps of {features} x {columns}");
        }
    }

    // A factor of the columns folds into the weights, which then lie in rows when they are rounded.
    [Theory]
    [InlineData(512)]
    [InlineData(256)]
    [InlineData(128)]
    public void FoldedWeights_AreRoundedAfterwards(int bits)
    {
        foreach (int columns in new[] { 20, 33, 64 })
        {
            Check(bits, network => network.Builder.Multiply(Layer(network, network.Input(9), network.Weight(9, columns), isRectified: false), network.Weight(columns)), $"folded, 9 x {columns}");
        }
    }

    [Theory]
    [InlineData("SimpleRnn", 512)]
    [InlineData("SimpleRnn", 256)]
    [InlineData("SimpleRnn", 128)]
    [InlineData("Lstm", 512)]
    [InlineData("Lstm", 256)]
    [InlineData("Lstm", 128)]
    [InlineData("Gru", 512)]
    [InlineData("Gru", 256)]
    [InlineData("Gru", 128)]
    public void RecurrentLayers_EqualThoseOfRoundedWeights(string kind, int bits)
    {
        foreach (int units in new[] { 5, 16, 33, 48, 64 })
        {
            foreach (string option in new[] { "ReturnSequences", "GoBackwards", "Bidirectional" })
            {
                foreach (NarrowFormat format in Formats)
                {
                    var network = new CompiledNetwork(SpecBuilder.Input(3, 7).Layer(kind, ("Units", units), (option, 1)).Build());
                    NetworkGraph graph = Pass.Run(network.Inference, format, (_, _) => true);
                    Node scan = graph.Nodes.First(node => node.Operation is ScanOperation);
                    Assert.Contains(scan.Operands, operand => operand.Operation is NarrowOperation);
                    Assert.Equal(format == NarrowFormat.Int8, ((ScanOperation)scan.Operation).Body.Graph.Nodes.Any(node => node.Operation is RoundRowsOperation));
                    Check(bits, network.Plan, graph, $"{kind} of {units}, {option}, {format}");
                }
            }
        }

        // A candidate whose state is reset first has a product of its own.
        var reset = new CompiledNetwork(SpecBuilder.Input(3, 7).Layer("Gru", ("Units", 32), ("ResetAfter", 0)).Build());
        Assert.All(Formats, format => Check(bits, reset.Plan, Pass.Run(reset.Inference, format, (_, _) => true), $"Gru of 32, reset before, {format}"));
    }

    [Fact]
    public void NarrowWeights_TakeHalfOrAQuarterOfTheMemory()
    {
        DerivedSpec Of(int rows, int columns, NarrowFormat format) => new(new Shape(rows, columns), IsPacked: true, format);
        IReadOnlyList<PlannedDerived> planned = WeightPlanner.PlanDerived([Of(784, 128, NarrowFormat.BFloat16), Of(100, 33, NarrowFormat.BFloat16), Of(784, 128, NarrowFormat.Int8), Of(101, 33, NarrowFormat.Int8)]);
        Assert.Equal([Packing.NarrowPanels, Packing.NarrowPanels, Packing.Int8Panels, Packing.Int8Panels], planned.Select(value => value.Packing));
        Assert.Equal([784 * 64, 100 * 32, 4 * 32 * ((784 / 4) + 2), 2 * 32 * (26 + 2)], planned.Select(value => value.PhysicalLength));
    }

    [Fact]
    public void Policy_LeavesWhatTheNearestCacheHolds()
    {
        Assert.True(TilingPolicy.IsWorthNarrowing(784, 128));
        Assert.True(TilingPolicy.IsWorthNarrowing(64, 256));
        Assert.True(TilingPolicy.IsWorthNarrowing(64, 192));
        Assert.False(TilingPolicy.IsWorthNarrowing(63, 192));
        Assert.False(TilingPolicy.IsWorthNarrowing(128, 10));
        Assert.False(TilingPolicy.IsWorthNarrowing(32, 128));
        Assert.False(TilingPolicy.IsWorthNarrowing(20_000, 10));
        Assert.True(TilingPolicy.IsWorthIntegers(65_536, 17));
        Assert.False(TilingPolicy.IsWorthIntegers(65_537, 17)); // sums of 32 bits
        Assert.False(TilingPolicy.IsWorthIntegers(1, 20_000));
        Assert.False(TilingPolicy.IsWorthIntegers(63, 192));
    }

    [Fact]
    public void OtherUsesOfAWeight_StayExact()
    {
        var network = new HandMadeNetwork();
        GraphBuilder builder = network.Builder;
        Node x = network.Input(4, 6), weight = network.Weight(6, 20), table = network.Weight(9, 6);
        Node product = builder.Contract("btk", "kn", "btn", x, weight), transposed = builder.Contract("btn", "kn", "btk", product, weight);
        Node rows = builder.Contract("btk", "kn", "btn", builder.Gather(table, builder.Input(InputRole.Tokens, 1, new Shape(4), isBatched: true)), weight);
        NetworkGraph narrowed = Pass.Run(new NetworkGraph(builder.Nodes, [new(ResultRole.Output, 0, transposed), new(ResultRole.Output, 1, rows)]), NarrowFormat.Int8, (_, _) => true);
        Node[] readers = [.. narrowed.Nodes.Where(node => node.Operation is ContractOperation)];
        Assert.Equal(3, readers.Length);
        Assert.Equal([true, false, false], readers.OrderBy(node => node.Id).Select(node => node.Operands[1].Operation is NarrowOperation));
        Assert.Equal([true, false, false], readers.OrderBy(node => node.Id).Select(node => node.Operands[0].Operation is RoundRowsOperation));
    }

    [Fact]
    public void RowsOfSeveralProducts_AreRoundedOnce()
    {
        var network = new HandMadeNetwork();
        GraphBuilder builder = network.Builder;
        Node x = network.Input(6), query = builder.Contract("bk", "kn", "bn", x, network.Weight(6, 20)), key = builder.Contract("bk", "kn", "bn", x, network.Weight(6, 20));
        NetworkGraph graph = Pass.Run(new NetworkGraph(builder.Nodes, [new(ResultRole.Output, 0, query), new(ResultRole.Output, 1, key)]), NarrowFormat.Int8, (_, _) => true);
        Assert.Single(graph.Nodes, node => node.Operation is RoundRowsOperation);
        Assert.Equal(2, graph.Nodes.Count(node => node.Operation is NarrowOperation));
        Assert.Single(Pass.PlacesOf(graph));
    }

    [Fact]
    public void ANarrowWeightOfTwoGraphs_IsKeptOnce()
    {
        HoistedGraph Hoisted(bool isStep)
        {
            var network = new HandMadeNetwork();
            Node x = isStep ? network.Input(1, 6) : network.Input(5, 6);
            Node y = network.Builder.Contract("btk", "kn", "btn", x, network.Weight(6, 20));
            return HoistWeights.Run(Pass.Run(new NetworkGraph(network.Builder.Nodes, [new(ResultRole.Output, 0, y)]), NarrowFormat.BFloat16, (_, _) => true));
        }

        HoistedGraph joined = HoistWeights.Join(Hoisted(isStep: false), Hoisted(isStep: true));
        Assert.Single(joined.Derived);
        Assert.Single(joined.Preparation!.Results);
        Assert.Equal(0, Assert.Single(joined.Inference.Nodes.Select(node => node.Operation).OfType<InputOperation>(), input => input.Role == InputRole.Derived).Index);
    }

    [Fact]
    public void ARecurrentWeight_IsKeptOnce_ForSequencesAndSteps()
    {
        foreach (NarrowFormat format in Formats)
        {
            NetworkSpec spec = SpecBuilder.Input(3, 128).Layer("Lstm", ("Units", 64), ("ReturnSequences", 1)).Build() with { WeightFormat = format.ToString() };
            string kernels = NetworkCompiler.Run(spec, CancellationToken.None).Single(file => file.Name.EndsWith(".Kernels512.g.cs", StringComparison.Ordinal)).Text;
            Assert.Contains("void PredictNext(", kernels, StringComparison.Ordinal);
            Assert.Equal(2, kernels.Split($"{format}Panels.From").Length - 1);
        }
    }

    private static Node Layer(HandMadeNetwork network, Node x, Node weight, bool isRectified = true)
    {
        GraphBuilder builder = network.Builder;
        Node product = x.Shape.Rank == 1 ? builder.Contract("bk", "kn", "bn", x, weight) : builder.Contract("btk", "kn", "btn", x, weight);
        return isRectified ? builder.Apply(Elementwise.Relu, builder.Add(product, network.Weight(weight.Shape[-1]))) : product;
    }

    private static void Check(int bits, Func<HandMadeNetwork, Node> layer, string what)
    {
        foreach (NarrowFormat format in Formats)
        {
            var network = new HandMadeNetwork();
            Node output = layer(network);
            NetworkGraph graph = Pass.Run(FoldAffine.Run(HandMadeNetwork.Verified(new NetworkGraph(network.Builder.Nodes, [new GraphResult(ResultRole.Output, 0, output)]))), format, (_, _) => true);
            Assert.Single(graph.Nodes, node => node.Operation is NarrowOperation);
            Check(bits, network.Plan(output.Shape), graph, $"{what}, {format}");
        }
    }

    private static void Check(int bits, NetworkPlan plan, NetworkGraph graph, string what)
    {
        HoistedGraph hoisted = HoistWeights.Run(graph);
        plan = plan with { Derived = WeightPlanner.PlanDerived(hoisted.Derived, Pass.PlacesOf(hoisted.Inference)) };
        Machine machine = CompiledNetwork.MachineOf(bits);
        ProgramInterpreter Run(NetworkGraph part, ProgramMode mode, NetworkData data, double[]? derived)
        {
            var run = new ProgramInterpreter(plan, data, ProgramScheduler.Run(part, plan.Weights, plan.Targets, machine, mode, derived: plan.Derived), machine, mode);
            derived?.CopyTo(run.Derived, 0);
            run.Run();
            return run;
        }

        foreach ((ProgramMode mode, int samples) in new[] { (ProgramMode.PredictOne, 1), (ProgramMode.PredictMany, 3), (ProgramMode.PredictMany, 21) })
        {
            Assert.Contains(plan.Derived, value => value.Packing is Packing.NarrowPanels or Packing.Int8Panels);
            var data = new NetworkData(plan, samples, seed: 1);
            double[] derived = Run(hoisted.Preparation!, ProgramMode.Prepare, data, null).Derived;
            double[] expected = GraphInterpreter.Result(graph, GraphInterpreter.Run(graph, data), ResultRole.Output, 0)!, actual = Run(hoisted.Inference, mode, data, derived).Output(0);
            Assert.Equal(expected.Length, actual.Length);
            for (int i = 0; i < expected.Length; i++)
            {
                Expect.True(Math.Abs(expected[i] - actual[i]) <= Tolerance * (1 + Math.Abs(expected[i])), $"{what}, {bits} bits, {mode}: [{i}] is {actual[i]}, rounded weights give {expected[i]}.");
            }
        }
    }
}
