using NetCompiler.Generators.Declaration;
using NetCompiler.Generators.Schedule;
using NetCompiler.Generators.Tests.Common;

namespace NetCompiler.Generators.Tests.Schedule;

/// <summary>Scheduled kernels compute what their graphs say, and stay inside their memory, at sizes around every vector and tile.</summary>
public class ProgramTests
{
    private const int RandomNetworkCount = 60;

    private static readonly int[] AwkwardSizes = [1, 7, 8, 9, 15, 16, 17, 31, 33];

    public static TheoryData<int, int> Sizes()
    {
        var sizes = new TheoryData<int, int>();
        foreach (int size in AwkwardSizes)
        {
            foreach (Machine machine in CompiledNetwork.Machines)
            {
                sizes.Add(size, machine.Bits);
            }
        }

        return sizes;
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void DenseLayers_EqualTheirGraph(int size, int bits)
    {
        foreach (int other in AwkwardSizes)
        {
            NetworkSpec spec = SpecBuilder.Input(size).Dense(other, "Relu", l2: 0.01).Dense(size).Loss("MeanSquaredError").Build();
            new ProgramComparison(spec, MachineOf(bits)).All(samples: other);
        }
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void SoftmaxUnderCrossentropy_EqualsItsGraph(int size, int bits) => Compare(bits, size,
        SpecBuilder.Input(5).Dense(size, "Softmax").Loss("SparseCategoricalCrossentropy"),
        SpecBuilder.Input(size).Dense(size, "Tanh").Dropout(0.4).Dense(size, "Softmax").Loss("CategoricalCrossentropy", labelSmoothing: 0.1),
        SpecBuilder.Input(size).Dense(size, "LogSoftmax").Loss("NegativeLogLikelihood", weight: 2));

    [Theory]
    [MemberData(nameof(Sizes))]
    public void OneOutput_EqualsItsGraph(int size, int bits) => Compare(bits, size,
        SpecBuilder.Input(size).Dense(1, "Sigmoid").Loss("BinaryCrossentropy"),
        SpecBuilder.Input(size).Dense(3, "Sigmoid").Dense(1).Loss("Huber", delta: 0.5).Loss("MeanAbsoluteError"),
        SpecBuilder.Input(1).Dense(size, "Elu", l1: 0.1, useBias: false).Dense(1, l1: 0.01, l2: 0.02).Loss("Hinge"));

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Sequences_EqualTheirGraph(int size, int bits) => Compare(bits, Math.Min(size, 17),
        SpecBuilder.Input(3, size).Dense(size, "Gelu").Dropout(0.3).Dense(4, "Softmax").Loss("SparseCategoricalCrossentropy"),
        SpecBuilder.Input(size, 3).Normalization().Dense(5, "Silu").Flatten().Dense(2).Loss("CosineSimilarity"),
        SpecBuilder.Input(4 * size).Reshape(4, size).Dense(6, "Softplus").Reshape(2, 3, 4).Dense(1).Loss("MeanSquaredError"));

    [Theory]
    [MemberData(nameof(Sizes))]
    public void LossesOfWholeOutputs_EqualTheirGraph(int size, int bits) => Compare(bits, size,
        SpecBuilder.Input(4).Dense(size, "Softmax").Loss("KullbackLeibler"),
        SpecBuilder.Input(4).Dense(size, "Step").Loss("Perceptron"),
        SpecBuilder.Input(size).Dense(size).Loss("BinaryCrossentropy", fromLogits: true, labelSmoothing: 0.2),
        SpecBuilder.Input(size).Dense(size).Loss("SparseCategoricalCrossentropy", fromLogits: true, labelSmoothing: 0.1),
        SpecBuilder.Input(size).Activation("Mish").Dense(size, "HardSigmoid"));

    [Theory]
    [MemberData(nameof(Sizes))]
    public void ReshapedResults_EqualTheirGraph(int size, int bits) => Compare(bits, Math.Min(size, 17),
        SpecBuilder.Input(2 * size).Reshape(2, size).Dense(size, "Tanh").Flatten().Loss("MeanSquaredError"),
        SpecBuilder.Input(2, size).Dense(3).Dropout(0.2).Flatten(),
        SpecBuilder.Input(2, size).Flatten(),
        SpecBuilder.Input(size).Dense(6, "Softsign").Reshape(3, 2).Loss("MeanSquaredError"),
        SpecBuilder.Input(size, 2).Dense(1).Flatten().Dense(size).Loss("MeanAbsoluteError"),
        SpecBuilder.Input(size).Reshape(size, 1).Dense(3, "Relu").Dense(1, l2: 0.1).Dense(2).Loss("MeanSquaredError"));

    [Theory]
    [InlineData(512)]
    [InlineData(256)]
    [InlineData(128)]
    public void RandomNetworks_EqualTheirGraph(int bits)
    {
        var random = new Random(bits);
        for (int seed = 0; seed < RandomNetworkCount; seed++)
        {
            new ProgramComparison(RandomNetworks.Make(random), MachineOf(bits)).All(1 + random.Next(20), seed);
        }
    }

    [Theory]
    [InlineData(512)]
    [InlineData(256)]
    [InlineData(128)]
    public void LongRows_EqualTheirGraph(int bits) => Compare(bits, 13,
        SpecBuilder.Input(150).Dense(100, "Softmax").Loss("SparseCategoricalCrossentropy"),
        SpecBuilder.Input(70).Dense(150, "Gelu").Dense(65, "LogSoftmax").Loss("NegativeLogLikelihood"),
        SpecBuilder.Input(300).Dense(1, "Sigmoid").Loss("BinaryCrossentropy"));

    [Theory]
    [InlineData(512)]
    [InlineData(256)]
    [InlineData(128)]
    public void ProductsAlongSamples_EqualTheirGraph(int bits)
    {
        foreach (int samples in new[] { 1, 15, 16, 17, 31, 32, 33, 50 })
        {
            // The gradient of an input, of an activation, of a part of the rows that others add to, and of rows that are several for a sample.
            Compare(bits, samples, SpecBuilder.Input(samples + 1).Dense(64, "Relu").Loss("MeanSquaredError"), SpecBuilder.Input(3).Dense(samples + 3, "Tanh").Dense(96).Loss("MeanSquaredError"));
        }

        foreach (int size in new[] { 2, 7, 8, 15, 16, 17, 24, 31, 33, 49 })
        {
            Compare(bits, 5, SpecBuilder.Input(size).Dense(128, "Relu").Loss("MeanSquaredError"), SpecBuilder.Input(3, 4).Dense(size, "Relu").Dense(64).Loss("MeanSquaredError"),
                SpecBuilder.Input(2, size).Flatten().Dense(64, "Relu", l2: 0.1).Dense(size).Loss("MeanSquaredError"));
        }
    }

    private static Machine MachineOf(int bits) => CompiledNetwork.MachineOf(bits);

    private static void Compare(int bits, int samples, params SpecBuilder[] networks)
    {
        foreach (SpecBuilder network in networks)
        {
            new ProgramComparison(network.Build(), MachineOf(bits)).All(samples);
        }
    }
}
