using NetCompiler.Generators.Declaration;
using NetCompiler.Generators.Graph;
using NetCompiler.Generators.Ops;
using NetCompiler.Generators.Schedule;
using NetCompiler.Generators.Tests.Common;
using NetCompiler.Generators.Tests.Graph;

namespace NetCompiler.Generators.Tests.Schedule;

/// <summary>Scheduled scans compute what their graphs say, step by step, in every mode and at sizes around every vector.</summary>
public class ScanTests
{
    /// <summary>Both sides are in double precision and differ in the order of sums alone.</summary>
    private const double Tolerance = 1e-9;

    private static readonly int[] Widths = [1, 5, 16, 33];

    public static TheoryData<int, int, bool> Sizes()
    {
        var sizes = new TheoryData<int, int, bool>();
        foreach (Machine machine in CompiledNetwork.Machines)
        {
            foreach (int width in Widths)
            {
                sizes.Add(machine.Bits, width, false);
                sizes.Add(machine.Bits, width, true);
            }
        }

        return sizes;
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void CumulativeSum_EqualsItsGraph(int bits, int width, bool isReversed) => Compare(bits, width, isReversed, static network =>
    {
        Node sum = network.State(network.Constant(0), new Shape(network.Width), isBatched: true);
        Node next = network.Body.Add(sum, network.Sequence(network.Feature()));
        network.Next(next);
        network.Output(next);
    });

    [Theory]
    [MemberData(nameof(Sizes))]
    public void SimpleRecurrence_EqualsItsGraph(int bits, int width, bool isReversed) => Compare(bits, width, isReversed, static network =>
    {
        Node state = network.State(network.Constant(0), new Shape(network.Width), isBatched: true);
        Node product = network.Body.Contract("bk", "kn", "bn", state, network.Invariant(network.Kernel(1)));
        Node sum = network.Body.Add(network.Sequence(network.Projection(1)), product);
        Node next = network.Body.Apply(Elementwise.Tanh, sum);
        network.Next(next);
        network.Output(next);
        network.Output(state);
    });

    [Theory]
    [MemberData(nameof(Sizes))]
    public void LongShortTermMemory_EqualsItsGraph(int bits, int width, bool isReversed) => Compare(bits, width, isReversed, LongShortTermMemory);

    [Theory]
    [MemberData(nameof(Sizes))]
    public void GatedUnit_EqualsItsGraph(int bits, int width, bool isReversed) => Compare(bits, width, isReversed, GatedUnit);

    /// <summary>Gates of whole vectors stay in registers: half a panel, one, one and a half, two.</summary>
    [Theory]
    [InlineData(512)]
    [InlineData(256)]
    [InlineData(128)]
    public void GatesInRegisters_EqualTheirGraph(int bits)
    {
        foreach (int width in new[] { 16, 32, 48, 64 })
        {
            foreach (Action<ScanNetwork> build in new[] { LongShortTermMemory, GatedUnit })
            {
                ScanNetwork.Compare(CompiledNetwork.MachineOf(bits), ProgramMode.PredictOne, 1, width, 3, isReversed: false, build, Tolerance);
            }
        }
    }

    /// <summary>The products, the sums and the functions of a step of one sample: nothing between them is stored.</summary>
    [Theory]
    [InlineData("Lstm", 16)]
    [InlineData("Lstm", 64)]
    [InlineData("Gru", 48)]
    public void StepOfOneSample_IsOneKernel(string kind, int units)
    {
        var network = new CompiledNetwork(SpecBuilder.Input(5, 3).Layer(kind, ("Units", units)).Build());
        foreach (Machine machine in CompiledNetwork.Machines)
        {
            LoopCall steps = Assert.Single(network.Schedule(network.Inference, machine, ProgramMode.PredictOne).Calls.OfType<LoopCall>());
            Assert.IsType<KernelCall>(Assert.Single(steps.Calls));
        }
    }

    private static void LongShortTermMemory(ScanNetwork network)
    {
        GraphBuilder body = network.Body;
        Node h = network.State(network.Constant(0), new Shape(network.Width), isBatched: true), c = network.State(network.Constant(0.25), new Shape(network.Width), isBatched: true);
        Node z = body.Add(network.Sequence(network.Projection(4)), body.Contract("bk", "kn", "bn", h, network.Invariant(network.Kernel(4))));
        Node Gate(int gate, ElementwiseOperation function) => body.Apply(function, body.Slice(z, 0, gate * network.Width, network.Width));
        Node i = Gate(0, Elementwise.Sigmoid), f = Gate(1, Elementwise.Sigmoid), g = Gate(2, Elementwise.Tanh), o = Gate(3, Elementwise.Sigmoid);
        Node cell = body.Add(body.Multiply(f, c), body.Multiply(i, g)), next = body.Multiply(o, body.Apply(Elementwise.Tanh, cell));
        network.Next(next);
        network.Next(cell);
        network.Output(next);
        network.Output(body.Concat(0, i, f, g, o));
        network.Output(c);
    }

    private static void GatedUnit(ScanNetwork network)
    {
        GraphBuilder body = network.Body;
        Node h = network.State(network.Constant(0), new Shape(network.Width), isBatched: true);
        Node x = network.Sequence(network.Projection(3)), p = body.Contract("bk", "kn", "bn", h, network.Invariant(network.Kernel(3)));
        Node Part(Node node, int gate) => body.Slice(node, 0, gate * network.Width, network.Width);
        Node z = body.Apply(Elementwise.Sigmoid, body.Add(Part(x, 0), Part(p, 0))), r = body.Apply(Elementwise.Sigmoid, body.Add(Part(x, 1), Part(p, 1)));
        Node candidate = body.Apply(Elementwise.Tanh, body.Add(Part(x, 2), body.Multiply(r, Part(p, 2))));
        Node next = body.Add(candidate, body.Multiply(z, body.Subtract(h, candidate)));
        network.Next(next);
        network.Output(next);
        network.Output(z);
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void GradientOfRecurrence_EqualsItsGraph(int bits, int width, bool isReversed) => Compare(bits, width, isReversed, static network =>
    {
        // dz = (g + dh) y; dh = dz U', with U turned over once for all steps
        Node dh = network.State(network.Constant(0), new Shape(network.Width), isBatched: true);
        Node dz = network.Body.Multiply(network.Body.Add(network.Sequence(network.Feature()), dh), network.Sequence(network.Projection(1)));
        network.Next(network.Body.Contract("bn", "kn", "bk", dz, network.Invariant(network.Kernel(1))));
        network.Output(dz);
    });

    [Theory]
    [MemberData(nameof(Sizes))]
    public void MaskedRecurrence_EqualsItsGraph(int bits, int width, bool isReversed) => Compare(bits, width, isReversed, static network =>
    {
        // What one number per step and one per sample select; an invariant per sample and one for all samples.
        GraphBuilder body = network.Body, around = network.Around;
        Node first = around.Apply(Elementwise.Tanh, around.Reduce(ReduceKind.Sum, ReduceExtent.LastAxis, around.Reshape(network.Feature(), new Shape(network.Steps * network.Width))));
        Node h = network.State(network.Constant(0.5), new Shape(network.Width), isBatched: true);
        Node mask = network.Sequence(around.Reshape(around.Reduce(ReduceKind.Max, ReduceExtent.LastAxis, network.Feature()), new Shape(network.Steps)));
        Node keep = body.Subtract(body.Constant(1), mask);
        Node other = body.Apply(Elementwise.Tanh, body.Add(body.Add(network.Sequence(network.Feature()), network.Invariant(first)), network.Invariant(around.Apply(Elementwise.Exp, network.Bias()))));
        Node next = body.Add(body.Multiply(mask, other), body.Multiply(keep, h));
        network.Next(next);
        network.Output(next);
    });

    private static void Compare(int bits, int width, bool isReversed, Action<ScanNetwork> build)
    {
        Machine machine = CompiledNetwork.MachineOf(bits);
        foreach (int steps in new[] { 1, 2, 5 })
        {
            foreach ((ProgramMode mode, int samples) in new[] { (ProgramMode.PredictOne, 1), (ProgramMode.PredictMany, 3), (ProgramMode.Training, 17) })
            {
                ScanNetwork.Compare(machine, mode, samples, width, steps, isReversed, build, Tolerance);
            }
        }
    }
}
