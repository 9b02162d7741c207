using NetCompiler.Generators.Declaration;
using NetCompiler.Generators.Graph;
using NetCompiler.Generators.Graph.Layers;
using NetCompiler.Generators.Passes;
using NetCompiler.Generators.Schedule;
using NetCompiler.Generators.Tests.Common;

namespace NetCompiler.Generators.Tests.Graph.Layers;

/// <summary>Shapes of results and weights, as Keras gives them.</summary>
public class ImageShapeTests
{
    private static readonly int[] Image = [9, 8, 6];
    private static readonly int[] Sequence = [10, 6];

    public static TheoryData<string, int[], string, object[]> Shapes => new()
    {
        { "Conv1D", Sequence, "(8, 4)", ["Filters", 4, "KernelSize", 3] },
        { "Conv1D", Sequence, "(4, 4)", ["Filters", 4, "KernelSize", 3, "Strides", 2] },
        { "Conv1D", Sequence, "(5, 4)", ["Filters", 4, "KernelSize", 3, "Strides", 2, "Padding", "Padding.Same"] },
        { "Conv1D", Sequence, "(4, 4)", ["Filters", 4, "KernelSize", 3, "Strides", 3, "Padding", "Padding.Causal"] },
        { "Conv1D", Sequence, "(6, 4)", ["Filters", 4, "KernelSize", 3, "Dilation", 2] },
        { "Conv2D", Image, "(7, 6, 4)", ["Filters", 4, "KernelSize", 3] },
        { "Conv2D", Image, "(5, 8, 4)", ["Filters", 4, "KernelSize", 3, "KernelHeight", 5, "KernelWidth", 1] },
        { "Conv2D", Image, "(4, 2, 4)", ["Filters", 4, "KernelSize", 3, "Strides", 2, "StrideWidth", 4] },
        { "Conv2D", Image, "(5, 3, 4)", ["Filters", 4, "KernelSize", 3, "Strides", 2, "StrideWidth", 3, "Padding", "Padding.Same"] },
        { "Conv2D", Image, "(5, 2, 4)", ["Filters", 4, "KernelSize", 3, "Dilation", 2, "DilationWidth", 3] },
        { "DepthwiseConv2D", Image, "(7, 6, 12)", ["KernelSize", 3, "DepthMultiplier", 2] },
        { "SeparableConv2D", Image, "(9, 8, 4)", ["Filters", 4, "KernelSize", 3, "Padding", "Padding.Same"] },
        { "Conv2DTranspose", Image, "(19, 17, 4)", ["Filters", 4, "KernelSize", 3, "Strides", 2] },
        { "Conv2DTranspose", Image, "(27, 24, 4)", ["Filters", 4, "KernelSize", 2, "Strides", 3] },
        { "Conv2DTranspose", Image, "(18, 16, 4)", ["Filters", 4, "KernelSize", 5, "Strides", 2, "Padding", "Padding.Same"] },
        { "Conv2DTranspose", Image, "(21, 17, 4)", ["Filters", 4, "KernelSize", 3, "Strides", 2, "DilationHeight", 2] },
        { "Conv2DTranspose", Image, "(20, 18, 4)", ["Filters", 4, "KernelSize", 3, "Strides", 2, "OutputPadding", 1] },
        { "Conv2DTranspose", Image, "(17, 15, 4)", ["Filters", 4, "KernelSize", 3, "Strides", 2, "OutputPadding", 0, "Padding", "Padding.Same"] },
        { "MaxPool1D", Sequence, "(3, 6)", ["PoolSize", 3] },
        { "AveragePool1D", Sequence, "(10, 6)", ["PoolSize", 3, "Strides", 1, "Padding", "Padding.Same"] },
        { "MaxPool2D", Image, "(4, 4, 6)", [] },
        { "MaxPool2D", Image, "(3, 8, 6)", ["PoolSize", 3, "PoolWidth", 1] },
        { "AveragePool2D", Image, "(5, 4, 6)", ["Padding", "Padding.Same"] },
        { "AveragePool2D", Image, "(7, 2, 6)", ["PoolSize", 3, "Strides", 1, "StrideWidth", 4] },
        { "GlobalMaxPool1D", Sequence, "(6)", [] },
        { "GlobalAveragePool2D", Image, "(6)", [] },
        { "UpSampling1D", Sequence, "(30, 6)", ["Size", 3] },
        { "UpSampling2D", Image, "(18, 24, 6)", ["SizeWidth", 3] },
        { "UpSampling2D", Image, "(18, 8, 6)", ["SizeWidth", 1, "Interpolation", "Interpolation.Bilinear"] },
        { "ZeroPadding1D", Sequence, "(13, 6)", ["Padding", 1, "After", 2] },
        { "ZeroPadding2D", Image, "(11, 13, 6)", ["Left", 0, "Right", 5] },
        { "Cropping1D", Sequence, "(7, 6)", ["Before", 2] },
        { "Cropping2D", Image, "(7, 1, 6)", ["Left", 7, "Right", 0] },
        { "BatchNormalization", Image, "(9, 8, 6)", [] },
        { "GroupNormalization", Image, "(9, 8, 6)", ["Groups", 3] },
        { "Permute", Image, "(6, 9, 8)", ["Order", new[] { 2, 0, 1 }] },
        { "RepeatVector", [5], "(3, 5)", ["Times", 3] },
        { "GaussianNoise", Image, "(9, 8, 6)", ["Deviation", 0.1] },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Results_HaveTheShapesOfKeras(string kind, int[] input, string expected, object[] options)
        => Assert.Equal(expected, SpecBuilder.Input(input).Layer(kind, Pairs(options)).Shape.ToString());

    [Theory]
    [InlineData("Conv1D", "kernel (3, 6, 4) fans 18 12, bias (4) fans 18 12", "Filters", 4, "KernelSize", 3)]
    [InlineData("Conv2D", "kernel (3, 2, 3, 4) fans 18 24, bias (4) fans 18 24", "Filters", 4, "KernelSize", 3, "KernelWidth", 2, "Groups", 2)]
    [InlineData("Conv2D", "kernel (1, 1, 6, 4) fans 6 4", "Filters", 4, "KernelSize", 1, "UseBias", 0)]
    [InlineData("DepthwiseConv2D", "depthwise_kernel (3, 3, 1, 12) fans 54 18, bias (12) fans 54 18", "KernelSize", 3, "DepthMultiplier", 2)]
    [InlineData("SeparableConv2D", "depthwise_kernel (3, 3, 1, 12) fans 54 18, pointwise_kernel (1, 1, 12, 4) fans 12 4, bias (4) fans 12 4", "Filters", 4, "KernelSize", 3, "DepthMultiplier", 2)]
    [InlineData("Conv2DTranspose", "kernel (3, 3, 4, 6) fans 36 54, bias (4) fans 36 54", "Filters", 4, "KernelSize", 3)]
    [InlineData("BatchNormalization", "gamma (6) fans 6 6, beta (6) fans 6 6, moving_mean (6) fans 6 6, moving_variance (6) fans 6 6")]
    [InlineData("LayerNormalization", "gamma (6) fans 6 6", "Center", 0)]
    [InlineData("GroupNormalization", "beta (6) fans 6 6", "Groups", 2, "Scale", 0)]
    [InlineData("RmsNormalization", "gamma (6) fans 6 6")]
    public void Weights_HaveTheShapesAndFansOfKeras(string kind, string expected, params object[] options)
    {
        NetworkSpec spec = SpecBuilder.Input(kind == "Conv1D" ? Sequence : Image).Layer(kind, Pairs(options)).Build();
        WeightSpec[] weights = [.. LayerRule.Find(kind)!.Weights(spec.Layers[0], InferShapes.Run(spec))];
        Assert.Equal(expected, string.Join(", ", weights.Select(weight => $"{weight.Name} {weight.Shape} fans {weight.FanIn} {weight.FanOut}")));
        Assert.All(weights, weight => Assert.Equal(weight.Name.EndsWith("kernel", StringComparison.Ordinal), weight.Decays));
        Assert.All(weights, weight => Assert.Equal(!weight.Name.StartsWith("moving_", StringComparison.Ordinal), weight.IsTrainable));
    }

    [Theory]
    [InlineData("Conv2D", "Panels", 3 * 3 * 6 * 16, "Filters", 4, "KernelSize", 3)]
    [InlineData("Conv2D", "Panels", 3 * 3 * 6 * 16, "Filters", 1, "KernelSize", 3)]
    [InlineData("Conv2D", "Flat", 112, "Filters", 4, "KernelSize", 3, "Groups", 2)] // 3 x 3 x 3 x 4 = 108: lies row-major, since its filters are split
    [InlineData("DepthwiseConv2D", "Panels", 3 * 3 * 16, "KernelSize", 3)]
    [InlineData("DepthwiseConv2D", "Flat", 112, "KernelSize", 3, "DepthMultiplier", 2)]
    public void Kernels_LieInPanelsOfTheirLastAxis(string kind, string packing, int length, params object[] options)
    {
        NetworkSpec spec = SpecBuilder.Input(Image).Layer(kind, Pairs(options)).Build();
        PlannedWeight kernel = PlanNetwork.Run(spec, InferShapes.Run(spec)).Weights[0];
        Assert.Equal((packing, length), (kernel.Packing.ToString(), kernel.PhysicalLength));
        var layout = new WeightLayout(kernel.FileName, [.. kernel.Spec.Shape.Sizes], Enum.Parse<NetCompiler.WeightPacking>(kernel.Packing.ToString()), kernel.Offset);
        Assert.Equal(layout.PhysicalLength, kernel.PhysicalLength);
    }

    [Fact]
    public void Statistics_StandApartFromTheParameters()
    {
        NetworkSpec spec = SpecBuilder.Input(5).Dense(4).Layer("BatchNormalization").Dense(2).Build();
        NetworkPlan plan = PlanNetwork.Run(spec, InferShapes.Run(spec));
        Assert.Equal((20 + 4 + 8 + 8 + 2, 8), (plan.ParameterCount, plan.StatisticsCount));
        Assert.Equal(["batch_normalization1.moving_mean", "batch_normalization1.moving_variance"], plan.Weights.Where(weight => !weight.Spec.IsTrainable).Select(weight => weight.FileName));
        Assert.True(plan.UpdatesStatistics);
    }

    [Fact]
    public void Hash_CountsWhatChangesAPrediction()
    {
        static string Hash(params (string Name, object Value)[] options)
        {
            NetworkSpec spec = SpecBuilder.Input(9, 8, 6).Layer("SeparableConv2D", [("Filters", 4), ("KernelSize", 3), .. options]).Layer("BatchNormalization", [.. options]).Layer("GaussianNoise", [.. options]).Build();
            return PlanNetwork.Run(spec, InferShapes.Run(spec)).ArchitectureHash;
        }

        string plain = Hash();
        Assert.All<(string, object)>(
            [("DepthwiseInitializer", "Initializer.HeNormal"), ("PointwiseScale", 2.0), ("PointwiseL1", 0.1), ("Momentum", 0.5), ("Deviation", 0.3), ("GammaInitializer", "Initializer.Zeros")],
            option => Assert.Equal(plain, Hash(option)));
        Assert.All<(string, object)>(
            [("Strides", 2), ("Padding", "Padding.Same"), ("Epsilon", 0.5), ("Scale", 0), ("Dilation", 2), ("Activation", "Activation.Relu")],
            option => Assert.NotEqual(plain, Hash(option)));
    }

    private static (string Name, object Value)[] Pairs(object[] options) => [.. options.Chunk(2).Select(pair => ((string)pair[0], pair[1]))];
}
