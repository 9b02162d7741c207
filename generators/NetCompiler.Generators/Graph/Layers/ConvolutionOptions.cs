using NetCompiler.Generators.Declaration;

namespace NetCompiler.Generators.Graph.Layers;

/// <summary>The options and weights that convolutions share.</summary>
internal static class ConvolutionOptions
{
    /// <summary>The options of kernel size, strides and padding, of images where there are two axes.</summary>
    public static IEnumerable<OptionSpec> Window(int rank, bool isDilated)
    {
        yield return Integer("KernelSize", 0);
        if (rank == 2)
        {
            yield return Integer("KernelHeight", 0);
            yield return Integer("KernelWidth", 0);
        }

        yield return Integer("Strides", 1);
        if (rank == 2)
        {
            yield return Integer("StrideHeight", 0);
            yield return Integer("StrideWidth", 0);
        }

        yield return new OptionSpec("Padding", OptionType.Enumeration, 0, "Padding.Valid", default);
        if (isDilated)
        {
            yield return Integer("Dilation", 1);
        }

        if (isDilated && rank == 2)
        {
            yield return Integer("DilationHeight", 0);
            yield return Integer("DilationWidth", 0);
        }
    }

    /// <summary>The options of activation, bias and a first kernel, whose options begin with <paramref name="kernel"/>.</summary>
    public static IEnumerable<OptionSpec> Common(string kernel) =>
    [
        new("Activation", OptionType.Enumeration, 0, "Activation.Linear", default),
        new("ActivationAlpha", OptionType.Real, double.NaN, "", default),
        new("ActivationMethod", OptionType.Text, 0, "", default),
        new("UseBias", OptionType.Boolean, 1, "", default),
        .. Initializer(kernel, "GlorotUniform"),
        .. Initializer("Bias", "Zeros"),
        .. Penalties(kernel),
        .. Penalties("Bias"),
    ];

    /// <summary>How a weight starts.</summary>
    public static IEnumerable<OptionSpec> Initializer(string weight, string initializer) =>
    [
        new(weight + "Initializer", OptionType.Enumeration, 0, "Initializer." + initializer, default),
        new(weight + "Scale", OptionType.Real, double.NaN, "", default),
    ];

    /// <summary>A weight's regularizers.</summary>
    public static IEnumerable<OptionSpec> Penalties(string weight) =>
        [new(weight + "L1", OptionType.Real, 0, "", default), new(weight + "L2", OptionType.Real, 0, "", default)];

    /// <summary>A kernel (sizes.., in, out), which decays.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="options">What the names of the kernel's options begin with.</param>
    /// <param name="name">The kernel's name.</param>
    /// <param name="shape">The kernel's shape.</param>
    /// <param name="fanIn">The inputs of one unit at one place under the kernel.</param>
    /// <param name="fanOut">The outputs of one unit at one place under the kernel.</param>
    public static WeightSpec Kernel(LayerSpec layer, string options, string name, Shape shape, int fanIn, int fanOut)
    {
        int field = (int)new Shape([.. shape.Sizes.Take(shape.Rank - 2)]).Length;
        return new WeightSpec(name, shape, layer.Enumeration(options + "Initializer"), layer.Real(options + "Scale"), field * fanIn, field * fanOut,
            IsTrainable: true, layer.Real(options + "L1"), layer.Real(options + "L2"))
        {
            Decays = true,
        };
    }

    /// <summary>The bias, if the layer has one, with the fans of the kernel before it.</summary>
    public static IEnumerable<WeightSpec> Bias(LayerSpec layer, int filters, WeightSpec kernel) => layer.Boolean("UseBias")
        ? [new WeightSpec("bias", new Shape(filters), layer.Enumeration("BiasInitializer"), layer.Real("BiasScale"), kernel.FanIn, kernel.FanOut,
            IsTrainable: true, layer.Real("BiasL1"), layer.Real("BiasL2"))]
        : [];

    private static OptionSpec Integer(string name, int value) => new(name, OptionType.Integer, value, "", default);
}
