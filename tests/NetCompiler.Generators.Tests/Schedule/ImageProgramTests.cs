using NetCompiler.Generators.Schedule;
using NetCompiler.Generators.Tests.Common;
using NetCompiler.Generators.Tests.Graph.Layers;

namespace NetCompiler.Generators.Tests.Schedule;

/// <summary>The layers over images, scheduled, between layers that want their values packed and padded: what the kernels compute is what the graph says.</summary>
public class ImageProgramTests
{
    public static TheoryData<string, int[], string> Layers => ImageGradientTests.Layers;

    [Theory]
    [MemberData(nameof(Layers))]
    public void Layer_EqualsItsGraph(string kind, int[] input, string options)
    {
        foreach (Machine machine in CompiledNetwork.Machines)
        {
            new ProgramComparison(SpecBuilder.Input(input).Layer(kind, ImageGradientTests.Options(options)).Build(), machine).All(samples: 3);
        }
    }

    [Theory]
    [MemberData(nameof(Layers))]
    public void LayerBetweenOthers_EqualsItsGraph(string kind, int[] input, string options)
    {
        SpecBuilder network = SpecBuilder.Input([.. input[..^1], 2]).Dense(input[^1], "Tanh").Layer(kind, ImageGradientTests.Options(options));
        network = network.Shape.Rank > 1 ? network.Dense(3, "Relu").Flatten() : network;
        new ProgramComparison(network.Dense(4, "Softmax").Loss("SparseCategoricalCrossentropy").Build(), Machine.Vector256).All(samples: 5);
    }

    [Theory]
    [InlineData(512)]
    [InlineData(256)]
    [InlineData(128)]
    public void Networks_EqualTheirGraphs(int bits)
    {
        Machine machine = CompiledNetwork.MachineOf(bits);
        new ProgramComparison(SpecBuilder.Input(10, 9, 1).Layer("Conv2D", ("Filters", 17), ("KernelSize", 3), ("Activation", "Activation.Relu")).Layer("MaxPool2D").Layer("BatchNormalization")
            .Layer("Conv2D", ("Filters", 33), ("KernelSize", 2), ("UseBias", 0)).Layer("BatchNormalization").Activation("Relu").Layer("GlobalAveragePool2D").Dense(3, "Softmax")
            .Loss("SparseCategoricalCrossentropy").Build(), machine).All(samples: 3);
        new ProgramComparison(SpecBuilder.Input(8, 8, 3).Layer("ZeroPadding2D").Layer("DepthwiseConv2D", ("KernelSize", 3)).Layer("GroupNormalization", ("Groups", 3)).Activation("Silu")
            .Layer("Conv2DTranspose", ("Filters", 2), ("KernelSize", 3), ("Strides", 2), ("Padding", "Padding.Same")).Layer("Cropping2D").Layer("UpSampling2D").Layer("LayerNormalization").Flatten().Dense(2)
            .Loss("MeanSquaredError").Build(), machine).All(samples: 2);
    }
}
