using NetCompiler.Generators.Graph;
using NetCompiler.Generators.Ops;
using NetCompiler.Generators.Schedule;
using NetCompiler.Generators.Tests.Common;

namespace NetCompiler.Generators.Tests.Schedule;

/// <summary>Convolutions and their gradients compute what their graphs say, inside their memory, at sizes around every vector and tile.</summary>
public class ConvolutionTests
{
    [Theory]
    [InlineData(512)]
    [InlineData(256)]
    [InlineData(128)]
    public void ChannelsAndFilters_EqualTheirGraph(int bits)
    {
        foreach (int channels in new[] { 1, 3, 5, 16, 17, 32, 33 })
        {
            foreach (int filters in new[] { 1, 3, 16, 20, 33 })
            {
                Check(bits, (4, 5, channels), (2, 3, filters));
            }
        }
    }

    [Theory]
    [InlineData(512)]
    [InlineData(256)]
    [InlineData(128)]
    public void Windows_EqualTheirGraph(int bits)
    {
        foreach ((int height, int width) in new[] { (1, 1), (2, 3), (3, 3), (5, 5) })
        {
            Check(bits, (9, 8, 1), (height, width, 5));
            Check(bits, (8, 9, 3), (height, width, 17));
            Check(bits, (7, 7, 16), (height, width, 3));
            Check(bits, (10, 11, 3), (height, width, 4), stride: (2, 3));
            Check(bits, (12, 10, 2), (height, width, 4), dilation: (2, 2));
            Check(bits, (13, 15, 16), (height, width, 16), stride: (2, 2), dilation: (3, 2));
            Check(bits, (11, 12, 1), (height, width, 1), stride: (3, 2), dilation: (2, 1));
        }
    }

    [Theory]
    [InlineData(512)]
    [InlineData(256)]
    [InlineData(128)]
    public void EveryWidth_EqualsItsGraph(int bits)
    {
        for (int width = 1; width <= 33; width++)
        {
            Check(bits, (4, width + 2, 2), (3, 3, 18));
        }
    }

    [Theory]
    [InlineData(512)]
    [InlineData(256)]
    [InlineData(128)]
    public void Sequences_EqualTheirGraph(int bits)
    {
        foreach (int stride in new[] { 1, 2 })
        {
            foreach (int length in new[] { 5, 16, 40 })
            {
                var network = new HandMadeNetwork();
                Node x = network.Input(length, 3), w = network.Weight(4, 3, 20), bias = network.Weight(20);
                int places = ((length - 4) / stride) + 1;
                Node y = network.Builder.Contract($"b{AxisLabels.Sum('t', stride, 'y', 1)}c", "ycn", "btn", x, w, new Shape(places, 20));
                Check(network, bits, network.Builder.Apply(Elementwise.Tanh, network.Builder.Add(y, bias)), $"a sequence of {length}, stride {stride}");
            }
        }
    }

    [Theory]
    [InlineData(512)]
    [InlineData(256)]
    [InlineData(128)]
    public void Pooling_EqualsItsGraph(int bits)
    {
        foreach ((int height, int width, int channels, int filters, WindowAxis y, WindowAxis x) in new[]
        {
            (6, 8, 1, 16, Every(2), Every(2)), (9, 11, 3, 33, Every(2), Every(2)), (8, 20, 1, 5, Every(1), Every(3)), (13, 9, 16, 20, Every(3), Every(3)),
            (11, 12, 2, 17, Every(4), Every(2)), (8, 8, 3, 16, new WindowAxis(3, 2), new WindowAxis(2, 1)), (9, 7, 1, 1, Every(2), Every(2)), (19, 40, 1, 32, Every(2), Every(2)),
        })
        {
            var network = new HandMadeNetwork();
            GraphBuilder builder = network.Builder;
            Node x0 = network.Input(height, width, channels), bias = network.Weight(filters);
            Node sum = builder.Apply(Elementwise.Relu, builder.Add(Convolution(network, x0, 3, 3, filters, (1, 1), (1, 1)), bias));
            Node pooled = builder.Window(WindowKind.Max, sum, y, x);
            Node next = builder.Apply(Elementwise.Tanh, Convolution(network, pooled, 1, 1, 18, (1, 1), (1, 1)));
            Check(network, bits, next, $"({height}, {width}, {channels}) * {filters}, pooled by {y} {x}");
        }

        static WindowAxis Every(int size) => new(size, size);
    }

    [Theory]
    [InlineData(512)]
    [InlineData(256)]
    [InlineData(128)]
    public void PooledSequences_EqualTheirGraph(int bits)
    {
        foreach (int length in new[] { 6, 17, 40 })
        {
            var network = new HandMadeNetwork();
            Node x = network.Input(length, 3), w = network.Weight(2, 3, 20), bias = network.Weight(20);
            Node sum = network.Builder.Contract("b(t+y)c", "ycn", "btn", x, w, new Shape(length - 1, 20));
            Node pooled = network.Builder.Window(WindowKind.Max, network.Builder.Apply(Elementwise.Relu, network.Builder.Add(sum, bias)), new WindowAxis(2, 2));
            Check(network, bits, network.Builder.Apply(Elementwise.Tanh, pooled), $"a sequence of {length}, pooled");
        }
    }

    [Theory]
    [InlineData(512)]
    [InlineData(256)]
    [InlineData(128)]
    public void MaskedGradients_EqualTheirGraph(int bits)
    {
        foreach (int filters in new[] { 2, 7, 8, 9, 15, 16, 17, 31, 32, 33 })
        {
            // Windows of every shape that fits, with pixels that none reaches, and strides and dilations below them.
            foreach ((int height, int width) in new[] { (2, 2), (3, 3), (1, 2), (4, 2), (3, 1) })
            {
                CheckMasked(bits, (3 * height) + 2, (2 * width) + 3, channels: 1 + (filters % 3), (2, 3, filters), (height, width), (1, 1), (1, 1));
            }

            CheckMasked(bits, 15, 13, channels: 1, (3, 3, filters), (2, 2), (2, 1), (1, 2));
            CheckMasked(bits, 9, 7, channels: 5, (3, 3, filters), (2, 2), (1, 1), (1, 1));
        }
    }

    // The convolution's result is read by the windows alone, or by another too, so that its last pixels are there.
    private static void CheckMasked(int bits, int height, int width, int channels, (int Height, int Width, int Filters) window, (int Height, int Width) pool, (int, int) stride, (int, int) dilation)
    {
        foreach (bool isReadTwice in new[] { false, true })
        {
            var network = new HandMadeNetwork();
            GraphBuilder builder = network.Builder;
            Node x = network.Input(height, width, channels);
            Node y = builder.Add(Convolution(network, x, window.Height, window.Width, window.Filters, stride, dilation), network.Weight(window.Filters));
            Node pooled = builder.Apply(Elementwise.Relu, builder.Window(WindowKind.Max, y, new WindowAxis(pool.Height, pool.Height), new WindowAxis(pool.Width, pool.Width)));
            Node sum = builder.Reduce(ReduceKind.Sum, ReduceExtent.LastAxis, builder.Reshape(pooled, new Shape((int)pooled.Shape.Length)));
            Node output = isReadTwice ? builder.Add(builder.Window(WindowKind.Sum, y, new WindowAxis(1, y.Shape[0]), new WindowAxis(1, y.Shape[1])), builder.Reshape(sum, new Shape(1, 1, 1))) : pooled;
            Check(network, bits, output, $"({height}, {width}, {channels}) * {window}, pooled by {pool}, strides {stride}, dilations {dilation}, {(isReadTwice ? "read twice" : "read once")}");
        }
    }

    [Fact]
    public void FirstLayersGradient_IsMaskedWithoutTheFullImage()
    {
        var network = new HandMadeNetwork();
        GraphBuilder builder = network.Builder;
        Node x = network.Input(12, 12, 1);
        Node sum = builder.Apply(Elementwise.Relu, builder.Add(Convolution(network, x, 3, 3, 32, (1, 1), (1, 1)), network.Weight(32)));
        Node pooled = builder.Window(WindowKind.Max, sum, new WindowAxis(2, 2), new WindowAxis(2, 2));
        NetworkGraph graph = HandMadeNetwork.Training(HandMadeNetwork.Verified(new NetworkGraph(builder.Nodes, [new GraphResult(ResultRole.Output, 0, pooled)])));

        KernelProgram program = ProgramScheduler.Run(graph, network.Plan(pooled.Shape).Weights, [], Machine.Vector512, ProgramMode.Training);
        KernelCall scatter = Assert.Single(program.Kernels, call => call.Kernel.Name.EndsWith("WindowScatter", StringComparison.Ordinal));
        Assert.Equal(Demand.Inputs, scatter.Demand);
    }

    [Fact]
    public void PooledConvolution_IsOneKernelWithoutTheFullImage()
    {
        var network = new HandMadeNetwork();
        GraphBuilder builder = network.Builder;
        Node x = network.Input(13, 13, 3);
        Node sum = builder.Apply(Elementwise.Relu, builder.Add(Convolution(network, x, 3, 3, 32, (1, 1), (1, 1)), network.Weight(32)));
        Node pooled = builder.Window(WindowKind.Max, sum, new WindowAxis(2, 2), new WindowAxis(2, 2));
        NetworkGraph graph = HandMadeNetwork.Verified(new NetworkGraph(builder.Nodes, [new GraphResult(ResultRole.Output, 0, pooled)]));

        Node convolution = Assert.Single(graph.Nodes, node => node.Operation is ContractOperation);
        Assert.Equal(new Shape(10, 10, 32), convolution.Shape);
        KernelProgram program = ProgramScheduler.Run(graph, network.Plan(pooled.Shape).Weights, [], Machine.Vector512, ProgramMode.PredictMany);
        Assert.IsType<KernelCall>(Assert.Single(program.Calls));
        Assert.Equal(0, program.BatchedFloats);
    }

    // Between two convolutions lies a buffer with padded rows, at the ends there is none.
    private static void Check(int bits, (int Height, int Width, int Channels) image, (int Height, int Width, int Filters) window, (int, int)? stride = null, (int, int)? dilation = null)
    {
        (int Height, int Width) step = stride ?? (1, 1), apart = dilation ?? (1, 1);
        var network = new HandMadeNetwork();
        GraphBuilder builder = network.Builder;
        Node x = network.Input(image.Height, image.Width, image.Channels);
        Node first = Convolution(network, x, 1, 1, image.Channels, (1, 1), (1, 1));
        Node y = Convolution(network, builder.Apply(Elementwise.Tanh, builder.Add(first, network.Weight(image.Channels))), window.Height, window.Width, window.Filters, step, apart);
        Node z = builder.Apply(Elementwise.Relu, builder.Add(y, network.Weight(window.Filters)));
        Node direct = Convolution(network, x, window.Height, window.Width, window.Filters, step, apart);
        Check(network, bits, builder.Multiply(z, direct), $"{image} * {window}, strides {step}, dilations {apart}");
    }

    private static void Check(HandMadeNetwork network, int bits, Node output, string what) =>
        network.Check(CompiledNetwork.MachineOf(bits), samples: 2, output, what);

    private static Node Convolution(HandMadeNetwork network, Node x, int height, int width, int filters, (int Height, int Width) stride, (int Height, int Width) dilation)
    {
        Node w = network.Weight(height, width, x.Shape[-1], filters);
        var shape = new Shape(((x.Shape[0] - ((height - 1) * dilation.Height) - 1) / stride.Height) + 1, ((x.Shape[1] - ((width - 1) * dilation.Width) - 1) / stride.Width) + 1, filters);
        return network.Builder.Contract($"b{AxisLabels.Sum('h', stride.Height, 'y', dilation.Height)}{AxisLabels.Sum('w', stride.Width, 'x', dilation.Width)}c", "yxcn", "bhwn", x, w, shape);
    }
}
