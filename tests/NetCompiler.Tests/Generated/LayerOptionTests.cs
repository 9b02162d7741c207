using System.Reflection;
using NetCompiler.Dynamic;
using Xunit;

namespace NetCompiler.Tests.Generated;

/// <summary>
/// Every option of every layer, at sizes that fill no vector: the prediction, the loss and every gradient as the interpreter has them, and the gradients by finite differences.
/// A test fails for a layer or an option that no declaration here sets.
/// </summary>
[Trait("Category", "Numeric")]
public sealed class LayerOptionTests
{
    private const int Samples = 5;
    private const double Tolerance = 1e-4;

    // What an initializer or its number changes is what weights start with, which WeightInitializationTests look at: here it has to leave the gradients right.
    private const string Start = "kernelInitializer: Initializer.HeNormal, kernelScale: 0.5, biasInitializer: Initializer.Constant, biasScale: 0.2";
    private const string Penalties = "kernelL1: 0.01, kernelL2: 0.02, biasL1: 0.03, biasL2: 0.04";

    // The input and layers of it; what is left is flattened.
    private static readonly (string Input, string[] Layers)[] Cases =
    [
        ("Input(7)",
        [
            $"Dense(3, activation: Activation.Elu, activationAlpha: 0.7, {Start}, {Penalties})",
            "Dense(3, activationMethod: nameof(Bend), useBias: false)",
            "Activation(Activation.LeakyRelu, activationAlpha: 0.3)",
            "Activation(activationMethod: nameof(Bend))",
            "Dropout(0.3)",
            "GaussianNoise(0.2)",
            "Reshape([7, 1]).Dense(2)",
            "RepeatVector(3)",
            "Normalization()",
            .. Affine("BatchNormalization", ", momentum: 0.7"),
            .. Affine("LayerNormalization"),
            "RmsNormalization(epsilon: 0.01, gammaInitializer: Initializer.RandomNormal, gammaScale: 0.4, gammaL1: 0.01, gammaL2: 0.02)",
        ]),
        ("Input(5, 6)",
        [
            $"Conv1D(4, 3, strides: 2, padding: Padding.Same, activation: Activation.Tanh, {Start}, {Penalties})",
            "Conv1D(6, 2, dilation: 2, groups: 3, padding: Padding.Causal, activation: Activation.LeakyRelu, activationAlpha: 0.2)",
            "Conv1D(3, 2, useBias: false, activationMethod: nameof(Bend))",
            "MaxPool1D(3, strides: 2, padding: Padding.Same)",
            "AveragePool1D(3, strides: 2, padding: Padding.Same)",
            "GlobalMaxPool1D(keepDims: true)",
            "GlobalAveragePool1D(keepDims: true)",
            "UpSampling1D(3)",
            "ZeroPadding1D(2, before: 0, after: 3)",
            "Cropping1D(1, before: 2, after: 0)",
            "Permute([1, 0])",
            "PositionalEmbedding(embeddingsInitializer: Initializer.RandomNormal, embeddingsScale: 0.3)",
            .. Affine("GroupNormalization", ", groups: 3"),
            .. Recurrent("SimpleRnn"),
            .. Recurrent("Lstm", "unitForgetBias: false", "recurrentActivation: Activation.HardSigmoid"),
            .. Recurrent("Gru", "resetAfter: false", "recurrentActivation: Activation.Softsign"),
            $"MultiHeadAttention(2, 3, valueUnits: 5, outputUnits: 7, causal: true, dropout: 0.3, {Start}, {Penalties})",
            "MultiHeadAttention(3, keyUnits: 1, useBias: false)",
        ]),
        ("Input(5, 6, 4)",
        [
            $"Conv2D(3, 2, kernelHeight: 3, kernelWidth: 1, strideHeight: 2, strideWidth: 1, padding: Padding.Same, activation: Activation.Elu, activationAlpha: 0.6, {Start}, {Penalties})",
            "Conv2D(6, 3, strides: 2, groups: 2, useBias: false, activationMethod: nameof(Bend))",
            "Conv2D(3, 2, dilation: 2)",
            "Conv2D(3, 2, dilationHeight: 3, dilationWidth: 2)",
            "DepthwiseConv2D(3, kernelHeight: 2, kernelWidth: 3, depthMultiplier: 2, strides: 2, padding: Padding.Same, activation: Activation.LeakyRelu, activationAlpha: 0.1, depthwiseInitializer: Initializer.HeNormal, depthwiseScale: 0.5, biasInitializer: Initializer.Constant, biasScale: 0.2, depthwiseL1: 0.01, depthwiseL2: 0.02, biasL1: 0.03, biasL2: 0.04)",
            "DepthwiseConv2D(2, dilation: 2, useBias: false, activationMethod: nameof(Bend))",
            "DepthwiseConv2D(2, dilationHeight: 3, dilationWidth: 2)",
            "DepthwiseConv2D(2, strideHeight: 2, strideWidth: 3)",
            "SeparableConv2D(5, 3, kernelHeight: 2, kernelWidth: 3, depthMultiplier: 2, strides: 2, padding: Padding.Same, activation: Activation.Elu, activationAlpha: 0.8, depthwiseInitializer: Initializer.HeNormal, depthwiseScale: 0.5, pointwiseInitializer: Initializer.LecunNormal, pointwiseScale: 0.5, biasInitializer: Initializer.Constant, biasScale: 0.2, depthwiseL1: 0.01, depthwiseL2: 0.02, pointwiseL1: 0.01, pointwiseL2: 0.02, biasL1: 0.03, biasL2: 0.04)",
            "SeparableConv2D(3, 2, dilation: 2, useBias: false, activationMethod: nameof(Bend))",
            "SeparableConv2D(3, 2, dilationHeight: 3, dilationWidth: 2)",
            "SeparableConv2D(3, 2, strideHeight: 2, strideWidth: 3)",
            $"Conv2DTranspose(3, 2, kernelHeight: 3, kernelWidth: 2, strides: 2, padding: Padding.Same, outputPadding: 1, activation: Activation.LeakyRelu, activationAlpha: 0.2, {Start}, {Penalties})",
            "Conv2DTranspose(3, 2, dilation: 2, useBias: false, activationMethod: nameof(Bend))",
            "Conv2DTranspose(3, 2, dilationHeight: 3, dilationWidth: 2)",
            "Conv2DTranspose(3, 2, strideHeight: 2, strideWidth: 3)",
            "MaxPool2D(3, poolHeight: 2, poolWidth: 3, strides: 2, padding: Padding.Same)",
            "MaxPool2D(2, strideHeight: 1, strideWidth: 3)",
            "AveragePool2D(3, poolHeight: 2, poolWidth: 3, strides: 2, padding: Padding.Same)",
            "AveragePool2D(2, strideHeight: 1, strideWidth: 3)",
            "GlobalMaxPool2D(keepDims: true)",
            "GlobalAveragePool2D(keepDims: true)",
            "UpSampling2D(2, sizeHeight: 3, sizeWidth: 1)",
            "UpSampling2D(2, interpolation: Interpolation.Bilinear)",
            "ZeroPadding2D(1, top: 0, bottom: 2, left: 3, right: 0)",
            "Cropping2D(1, top: 0, bottom: 2, left: 3, right: 0)",
            "Flatten()",
        ]),
        ("Tokens(4, Vocabulary = 6)",
        [
            "Embedding(3, embeddingsInitializer: Initializer.RandomNormal, embeddingsScale: 0.3, embeddingsL1: 0.01, embeddingsL2: 0.02)",
        ]),
    ];

    private static readonly (string Name, string Input, string Layer)[] Declared =
        [.. Cases.SelectMany(family => family.Layers.Select(layer => (family.Input, layer))).Select((pair, i) => ($"Option{i}", pair.Input, pair.layer))];

    private static readonly Lazy<CompiledNetworks> Compiled = new(() => CompiledNetworks.Compile(Declared.Select(network => $$"""
        [Network] [Loss(Loss.MeanSquaredError)]
        public partial class {{network.Name}}
        {
            static float Bend(float x) => x / (1 + (x * x));

            static Tensor Forward([{{network.Input}}] Tensor x) => x.{{network.Layer}}.Flatten().Dense(3);
        }
        """)));

    public static TheoryData<string, string> Networks
    {
        get
        {
            TheoryData<string, string> data = [];
            foreach ((string name, _, string layer) in Declared)
            {
                data.Add(name, layer);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void Layer_EqualsTheInterpreter(string name, string layer)
    {
        INetwork network = Compiled.Value.Create(name);
        Numbers.Randomize(network, 5);
        NetworkDescription description = network.Description;
        Column[] inputs = RandomNetwork.InputsOf(description, Samples, 7), targets = [Numbers.Normal(Samples * 3, 9)];
        float[] output = new float[Samples * 3];
        network.Predict(inputs, [output]);
        Numbers.AssertClose(layer, DynamicNetwork.From<double>(network).Predict(inputs)[0], output, Tolerance);
        using ITraining training = network.CreateTraining(Samples, threads: 1, seed: 2);
        GradientCheck.Run(training, inputs, targets);
    }

    [Fact]
    public void EveryOptionOfEveryLayer_IsDeclared()
    {
        List<string> missing = [];
        foreach (Type attribute in typeof(LayerAttribute).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(LayerAttribute)) && !type.IsAbstract))
        {
            string kind = attribute.Name[..^"Attribute".Length];
            string[] layers = [.. Declared.Select(network => network.Layer).Where(layer => layer.StartsWith(kind + "(", StringComparison.Ordinal))];
            missing.AddRange(layers.Length == 0 ? [kind] : []);
            string[] positional = [.. attribute.GetConstructors()[0].GetParameters().Select(parameter => parameter.Name!)];
            foreach (PropertyInfo option in attribute.GetProperties().Where(option => option.CanWrite && option.Name is not ("Name" or "FormerNames")))
            {
                string argument = char.ToLowerInvariant(option.Name[0]) + option.Name[1..] + ": ";
                missing.AddRange(!positional.Contains(argument[..^2], StringComparer.OrdinalIgnoreCase) && !layers.Any(layer => layer.Contains(argument, StringComparison.Ordinal)) ? [$"{kind}, {option.Name}"] : []);
            }
        }

        Assert.Empty(missing);
    }

    private static string[] Affine(string kind, string more = "") =>
    [
        $"{kind}(epsilon: 0.01, betaInitializer: Initializer.RandomNormal, gammaInitializer: Initializer.RandomNormal, betaScale: 0.2, gammaScale: 0.4, betaL1: 0.01, betaL2: 0.02, gammaL1: 0.03, gammaL2: 0.04{more})",
        $"{kind}(center: false{more})",
        $"{kind}(scale: false{more})",
    ];

    private static string[] Recurrent(string kind, params string[] own) =>
    [
        $"{kind}(3, activation: Activation.Elu, activationAlpha: 0.7, {Start}, recurrentInitializer: Initializer.RandomNormal, recurrentScale: 0.4, {Penalties}, recurrentL1: 0.01, recurrentL2: 0.02)",
        $"{kind}(3, useBias: false, goBackwards: true, dropout: 0.3)",
        $"{kind}(3, returnSequences: true, recurrentDropout: 0.3)",
        $"{kind}(3, bidirectional: true, mergeMode: MergeMode.Sum, returnSequences: true)",
        $"{kind}(3, bidirectional: true, mergeMode: MergeMode.Multiply)",
        $"{kind}(3, bidirectional: true, mergeMode: MergeMode.Average)",
        $"{kind}(3, bidirectional: true)",
        .. own.Select(option => $"{kind}(3, {option})"),
    ];
}
