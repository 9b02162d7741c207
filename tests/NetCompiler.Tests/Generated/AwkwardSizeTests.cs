using Xunit;

namespace NetCompiler.Tests.Generated;

/// <summary>
/// Dense layers at sizes around every vector width. Each ordered pair of sizes is one layer (in, out) of a chain of three; each chain runs at every batch size.
/// The reference is three loops in double.
/// </summary>
[Trait("Category", "Numeric")]
public sealed class AwkwardSizeTests
{
    // Sums of up to 33 terms over three layers, in float against double.
    private const double Tolerance = 2e-5;

    private static readonly int[] Sizes = [1, 7, 8, 9, 15, 16, 17, 31, 33];
    private static readonly int[][] AllChains = [.. Circuit().Chunk(3).Select(edges => (int[])[edges[0].From, .. edges.Select(edge => edge.To)])];

    // All 27 chains with NETCOMPILER_LONG=1; otherwise every third, in which each size still occurs on both sides.
    private static readonly int[][] Chains = [.. AllChains.Where((_, i) => LongRun.IsOn || i % 3 == 0)];

    private static readonly Lazy<CompiledNetworks> Compiled = new(() => CompiledNetworks.Compile(Chains.Select(Source).Concat(Chains.Select(chain => CompiledNetworks.BackwardDriver(Name(chain))))));

    [Fact]
    public void EveryPairOfSizes_IsALayerOfSomeChain() => Assert.Equal(Sizes.Length * Sizes.Length, AllChains.SelectMany(chain => chain.Zip(chain[1..])).Distinct().Count());

    [Fact]
    public void EverySize_IsRun()
    {
        Assert.Equal(Sizes, Chains.SelectMany(chain => chain[..^1]).Distinct().Order());
        Assert.Equal(Sizes, Chains.SelectMany(chain => chain[1..]).Distinct().Order());
    }

    [Fact]
    public void DenseLayers_EqualLoopsInDouble_AtEveryBatchSize()
    {
        foreach (int[] chain in Chains)
        {
            INetwork network = Compiled.Value.Create(Name(chain));
            Numbers.Randomize(network, seed: chain[0] + (100 * chain[1]));
            foreach (int count in Sizes)
            {
                float[] input = Numbers.Normal(count * chain[0], seed: count), cotangent = Numbers.Normal(count * chain[^1], seed: count + 50), output = new float[count * chain[^1]];
                string what = $"{Name(chain)}, {count} samples: ";
                double[][] expected = Reference(network, chain, count, input, cotangent);
                network.Predict([input], [output]);
                Numbers.AssertClose(what + "output of Predict", expected[0], output, Tolerance);
                float[][] actual = Compiled.Value.Call<float[][]>(Name(chain) + "Driver", "Backward", network, count, input, cotangent, true);
                Numbers.AssertClose(what + "output of Forward", expected[0], actual[0], Tolerance);
                Numbers.AssertClose(what + "gradient of the input", expected[1], actual[1], Tolerance);
                for (int i = 0; i < network.Weights.Count; i++)
                {
                    Numbers.AssertClose($"{what}gradient of {network.Weights[i].Name}", expected[2 + i], actual[2 + i], Tolerance);
                }
            }
        }
    }

    [Fact]
    public void DenseLayers_EqualTheInterpreter()
    {
        foreach (int[] chain in Chains)
        {
            INetwork network = Compiled.Value.Create(Name(chain));
            Numbers.Randomize(network, seed: chain[2]);
            float[] input = Numbers.Normal(17 * chain[0], seed: 3), output = new float[17 * chain[^1]];
            network.Predict([input], [output]);
            Numbers.AssertClose($"{Name(chain)}: output", DynamicNetwork.From<double>(network).Predict([input])[0], output, Tolerance);
        }
    }

    private static string Name(int[] chain) => "Chain" + string.Join("_", chain);

    private static string Source(int[] chain) =>
        $"[Network]\n[Input({chain[0]})]\n{string.Join("\n", chain[1..].Select((units, i) => $"[Dense({units}{(i == 1 ? ", Activation = Activation.LeakyRelu" : "")})]"))}\npublic partial class {Name(chain)};\n";

    // y = x W + b, leaky in the middle layer; backwards dW = x^T dz, db = sum dz, dx = dz W^T.
    private static double[][] Reference(INetwork network, int[] chain, int count, float[] input, float[] cotangent)
    {
        double[] x = Array.ConvertAll(input, value => (double)value);
        double[][] inputs = new double[chain.Length][], kernels = new double[chain.Length - 1][];
        for (int layer = 0; layer < kernels.Length; layer++)
        {
            int width = chain[layer], units = chain[layer + 1];
            inputs[layer] = x;
            double[] kernel = kernels[layer] = Array.ConvertAll(network.Weights[2 * layer].ToArray(), value => (double)value), y = new double[count * units];
            float[] bias = network.Weights[(2 * layer) + 1].ToArray();
            for (int n = 0; n < count; n++)
            {
                for (int o = 0; o < units; o++)
                {
                    double sum = bias[o];
                    for (int i = 0; i < width; i++)
                    {
                        sum += x[(n * width) + i] * kernel[(i * units) + o];
                    }

                    y[(n * units) + o] = layer == 1 && sum <= 0 ? 0.01 * sum : sum;
                }
            }

            x = y;
        }

        inputs[^1] = x;
        double[][] results = new double[2 + (2 * kernels.Length)][];
        results[0] = x;
        double[] dy = Array.ConvertAll(cotangent, value => (double)value);
        for (int layer = kernels.Length - 1; layer >= 0; layer--)
        {
            int width = chain[layer], units = chain[layer + 1];
            double[] dx = new double[count * width], dKernel = new double[width * units], dBias = new double[units];
            for (int n = 0; n < count; n++)
            {
                for (int o = 0; o < units; o++)
                {
                    double dz = dy[(n * units) + o] * (layer == 1 && inputs[layer + 1][(n * units) + o] <= 0 ? 0.01 : 1);
                    dBias[o] += dz;
                    for (int i = 0; i < width; i++)
                    {
                        dKernel[(i * units) + o] += inputs[layer][(n * width) + i] * dz;
                        dx[(n * width) + i] += dz * kernels[layer][(i * units) + o];
                    }
                }
            }

            results[2 + (2 * layer)] = dKernel;
            results[3 + (2 * layer)] = dBias;
            dy = dx;
        }

        results[1] = dy;
        return results;
    }

    // An Eulerian circuit of the complete digraph with loops (Hierholzer): every ordered pair once, each pair beginning where the last one ended.
    private static List<(int From, int To)> Circuit()
    {
        Dictionary<int, Stack<int>> open = Sizes.ToDictionary(size => size, _ => new Stack<int>(Sizes));
        Stack<int> path = new([Sizes[0]]);
        List<int> circuit = [];
        while (path.TryPeek(out int at))
        {
            if (open[at].TryPop(out int next))
            {
                path.Push(next);
            }
            else
            {
                circuit.Add(path.Pop());
            }
        }

        circuit.Reverse();
        return [.. circuit.Zip(circuit.Skip(1))];
    }
}
