using Xunit;

namespace NetCompiler.Tests.Generated;

/// <summary>Steps of recurrent layers at sizes around every vector and panel: gates in registers and in memory, near and far weights, with a row of inputs that is no vector.</summary>
[Trait("Category", "Numeric")]
public sealed class StreamingSizeTests
{
    /// <summary>A step alone and all steps at once add in another order.</summary>
    private const double Tolerance = 1e-5;

    private const int Steps = 5, Features = 5;

    private static readonly string[] Layers = ["SimpleRnn({0})", "Lstm({0})", "Gru({0})", "Gru({0}, ResetAfter = false)", "Gru({0}, UseBias = false)"];
    private static readonly int[] Units = [1, 7, 16, 17, 32, 33, 48, 64, 80, 96, 112, 128];

    private static readonly (string Name, string Layer, int Units, string Weights)[] Networks =
    [
        .. Layers.SelectMany((layer, i) => Units.Select(units => ($"Stream{i}x{units}", Sized(layer, units), units, "Float32"))),
        .. Layers.Select((layer, i) => ($"Narrow{i}x128", Sized(layer, 128), 128, "BFloat16")),
    ];

    private static readonly Lazy<CompiledNetworks> Compiled = new(() => CompiledNetworks.Compile(Networks.Select(Declaration)));

    public static TheoryData<string, int> Sizes()
    {
        var sizes = new TheoryData<string, int>();
        foreach ((string name, _, int units, _) in Networks)
        {
            sizes.Add(name, units);
        }

        return sizes;
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Steps_GiveTheRowsOfPredict(string name, int units)
    {
        INetwork network = Compiled.Value.Create(name);
        foreach (WeightView view in network.Weights.Where(view => view.Name.EndsWith("bias", StringComparison.Ordinal)))
        {
            view.CopyFrom([.. view.ToArray().Select((_, i) => MathF.Cos(i) / 4)]);
        }

        float[] input = [.. Enumerable.Range(0, Steps * Features).Select(i => MathF.Sin(1 + (i * 1.7f)))], whole = new float[Steps * units];
        network.Predict([input], [whole]);
        float[] steps = Compiled.Value.Call<float[]>(name + "Driver", "Run", network, input);
        Assert.Equal(whole, steps, (a, b) => Math.Abs(a - b) <= Tolerance * (1 + Math.Abs(a)));
        Assert.Contains(steps, value => value != 0);
    }

    private static string Sized(string layer, int units) => string.Format(System.Globalization.CultureInfo.InvariantCulture, layer, units);

    private static string Declaration((string Name, string Layer, int Units, string Weights) network) => $$"""
        [Network(Weights = WeightFormat.{{network.Weights}})]
        [Input({{Steps}}, {{Features}})]
        [{{network.Layer.Replace(")", ", ReturnSequences = true)")}}]
        public partial class {{network.Name}};

        public static class {{network.Name}}Driver
        {
            public static float[] Run(INetwork network, float[] input)
            {
                float[] state = new float[{{network.Name}}.StateLength], output = new float[{{Steps * network.Units}}];
                for (int step = 0; step < {{Steps}}; step++)
                {
                    (({{network.Name}})network).PredictNext(input.AsSpan({{Features}} * step, {{Features}}), state, output.AsSpan({{network.Units}} * step, {{network.Units}}));
                }

                return output;
            }
        }
        """;
}
