using NetCompiler.TestKit;
using Xunit;

namespace NetCompiler.Tests.Runtime;

public class WeightInitializationTests
{
    // Moments of tens of thousands of draws stay within a few percent of their expectation; the seeds are fixed.
    private const double MomentTolerance = 0.03;

    [Theory]
    [InlineData(Initializer.GlorotUniform, double.NaN, 0.1, 0.17320508)]
    [InlineData(Initializer.HeUniform, double.NaN, 0.12909944, 0.2236068)]
    [InlineData(Initializer.LecunUniform, double.NaN, 0.09128709, 0.15811388)]
    [InlineData(Initializer.RandomUniform, double.NaN, 0.02886751, 0.05)]
    [InlineData(Initializer.RandomUniform, 0.3, 0.17320508, 0.3)]
    [InlineData(Initializer.GlorotNormal, double.NaN, 0.1, 0.2 / 0.87962566)]
    [InlineData(Initializer.HeNormal, double.NaN, 0.12909944, 0.25819889 / 0.87962566)]
    [InlineData(Initializer.LecunNormal, double.NaN, 0.09128709, 0.18257419 / 0.87962566)]
    [InlineData(Initializer.TruncatedNormal, double.NaN, 0.05 * 0.87962566, 0.1)]
    [InlineData(Initializer.RandomNormal, 2.0, 2.0, 20.0)]
    [InlineData(Initializer.Constant, double.NaN, 0, 0)]
    public void Initializers_HaveKerasMomentsAndBounds(Initializer initializer, double scale, double deviation, double bound)
    {
        float[] values = Fill(initializer, scale, [120, 80], 11);
        double mean = values.Average(value => (double)value), actual = Math.Sqrt(values.Average(value => (double)value * value));
        Expect.True(Math.Abs(mean) <= MomentTolerance * Math.Max(deviation, 1e-9), $"mean {mean}");
        Expect.True(Math.Abs(actual - deviation) <= MomentTolerance * deviation, $"deviation {actual}, expected {deviation}");
        Assert.All(values, value => Assert.InRange(Math.Abs(value), 0, bound * 1.000001));
    }

    [Theory]
    [InlineData(40, 40)]
    [InlineData(50, 20)]
    [InlineData(20, 50)]
    [InlineData(1, 9)]
    public void Orthogonal_HasOrthonormalRowsOrColumns(int rows, int columns)
    {
        const double Gain = 1.5;
        float[] values = Fill(Initializer.Orthogonal, Gain, [rows, columns], 3);
        bool isHigh = rows >= columns;
        int count = Math.Min(rows, columns);
        for (int i = 0; i < count; i++)
        {
            for (int j = 0; j < count; j++)
            {
                double dot = 0;
                for (int k = 0; k < Math.Max(rows, columns); k++)
                {
                    dot += isHigh ? values[(k * columns) + i] * (double)values[(k * columns) + j] : values[(i * columns) + k] * (double)values[(j * columns) + k];
                }

                Assert.Equal(i == j ? Gain * Gain : 0, dot, 5);
            }
        }
    }

    [Fact]
    public void OnesConstantsAndZeros_AreThat()
    {
        Assert.All(Fill(Initializer.Ones, double.NaN, [5], 0), value => Assert.Equal(1, value));
        Assert.All(Fill(Initializer.Constant, -0.5, [5], 0), value => Assert.Equal(-0.5f, value));
        Assert.All(Fill(Initializer.Zeros, double.NaN, [5], 0), value => Assert.Equal(0, value));
    }

    [Fact]
    public void Values_DependOnSeedAndOrdinalButNotOnPacking()
    {
        NetworkDescription description = FakeNetwork.Dense("Net", 33, 49, 33, 49);
        float[] panels = new FakeNetwork(description, 5).Values();
        Assert.Equal(panels, new FakeNetwork(description, 5, WeightPacking.Columns).Values());
        Assert.Equal(panels, new FakeNetwork(description, 5, WeightPacking.Flat).Values());
        Assert.NotEqual(panels, new FakeNetwork(description, 6).Values());
        Assert.NotEqual(new FakeNetwork(description, 5).Weights["dense1.kernel"].ToArray(), new FakeNetwork(description, 5).Weights["dense3.kernel"].ToArray());
    }

    [Fact]
    public void Padding_StaysZero()
    {
        FakeNetwork network = new(FakeNetwork.Dense("Net", 7, 10));
        Assert.All(Enumerable.Range(0, 7), row => Assert.All(Enumerable.Range(10, 6), column => Assert.Equal(0, network.Parameters.Span[(row * 16) + column])));
    }

    [Fact]
    public void UnknownWeight_IsNamed()
    {
        FakeNetwork network = new(FakeNetwork.Dense("Net", 3, 2));
        InvalidOperationException error = Assert.Throws<InvalidOperationException>(
            () => WeightInitialization.Initialize(FakeNetwork.Dense("Other", 3, 2, 2), network.Weights, 0));
        Assert.Contains("Other has the weight dense2.kernel, but its weights hold none of this name", error.Message);
    }

    [Theory]
    [InlineData(WeightPacking.Flat)]
    [InlineData(WeightPacking.Panels)]
    public void ForgetBias_StartsAtOneBesideItsInitializer(WeightPacking packing)
    {
        FakeNetwork network = new(OneWeight(new WeightDescription("lstm1.bias", [2, 6], Initializer.Constant) { Scale = 0.5, OnesStart = 3, OnesEnd = 8 }), packing: packing);
        Assert.Equal([0.5f, 0.5f, 0.5f, 1, 1, 1, 1, 1, 0.5f, 0.5f, 0.5f, 0.5f], network.Values());
    }

    [Theory]
    [InlineData(2, 5)]
    [InlineData(-1, 2)]
    public void OnesOutsideTheWeight_AreRefused(int start, int end)
    {
        InvalidOperationException error = Assert.Throws<InvalidOperationException>(
            () => new FakeNetwork(OneWeight(new WeightDescription("lstm1.bias", [4], Initializer.Zeros) { OnesStart = start, OnesEnd = end })));
        Assert.Contains($"lstm1.bias has 4 values, but those from {start} to before {end} should start at 1", error.Message);
    }

    [Fact]
    public void RecurrentKernel_IsOrthogonalAsAWhole()
    {
        // Keras draws the (units, 4 units) matrix at once: its rows are orthonormal, not each gate's block.
        float[] values = Fill(Initializer.Orthogonal, double.NaN, [3, 12], 1);
        for (int i = 0; i < 3; i++)
        {
            for (int j = 0; j < 3; j++)
            {
                Assert.Equal(i == j ? 1 : 0, Enumerable.Range(0, 12).Sum(k => (double)values[(i * 12) + k] * values[(j * 12) + k]), 5);
            }
        }
    }

    private static NetworkDescription OneWeight(WeightDescription weight) => new()
    {
        Name = "One",
        Inputs = [],
        Outputs = [],
        Layers = [new LayerDescription("lstm1", "Lstm", [0], [weight.Length]) { Weights = [weight] }],
        ParameterCount = weight.Length,
        StatisticsCount = 0,
        ArchitectureHash = "",
    };

    private static float[] Fill(Initializer initializer, double scale, int[] shape, int seed)
    {
        NetworkDescription description = new()
        {
            Name = "One",
            Inputs = [],
            Outputs = [],
            Layers =
            [
                new LayerDescription("dense1", "Dense", [0], shape)
                {
                    Weights = [new WeightDescription("dense1.kernel", shape, initializer) { Scale = scale, FanIn = 120, FanOut = 80 }],
                },
            ],
            ParameterCount = 0,
            StatisticsCount = 0,
            ArchitectureHash = "",
        };
        return new FakeNetwork(description, seed).Values();
    }
}
