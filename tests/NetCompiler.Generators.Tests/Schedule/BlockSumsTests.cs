using NetCompiler.Generators.Declaration;
using NetCompiler.Generators.Schedule;
using NetCompiler.Generators.Tests.Common;

namespace NetCompiler.Generators.Tests.Schedule;

/// <summary>Small gradients that blocks of samples sum for themselves are those of the graph, in whole blocks and with a rest, on one thread and on several.</summary>
public class BlockSumsTests
{
    private const int Samples = (2 * BlockSums.Samples) + 5;

    private static readonly NetworkSpec[] Networks =
    [
        SpecBuilder.Input(9, 8, 2).Layer("Conv2D", ("Filters", 32), ("KernelSize", 3), ("Activation", "Activation.Relu")).Layer("MaxPool2D").Flatten().Dense(3).Loss("MeanSquaredError").Build(),
        SpecBuilder.Input(7, 6, 1).Layer("Conv2D", ("Filters", 5), ("KernelSize", 3), ("Padding", "Padding.Same")).Flatten().Dense(2).Loss("MeanSquaredError").Build(),
        SpecBuilder.Input(20, 3).Layer("Conv1D", ("Filters", 48), ("KernelSize", 2)).Layer("GlobalAveragePool1D").Dense(2).Loss("MeanSquaredError").Build(),
    ];

    public static TheoryData<int, int> Cases()
    {
        var cases = new TheoryData<int, int>();
        foreach (Machine machine in CompiledNetwork.Machines)
        {
            for (int network = 0; network < Networks.Length; network++)
            {
                cases.Add(machine.Bits, network);
            }
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Blocks_EqualTheGraph(int bits, int network)
    {
        Machine machine = CompiledNetwork.MachineOf(bits);
        Assert.NotEmpty(Sums(Networks[network], machine));
        var comparison = new ProgramComparison(Networks[network], machine);
        comparison.Training(Samples);
        comparison.ForwardBackward(Samples);
        comparison.TrainingOnThreads(Samples, threads: 2);
        comparison.TrainingOnThreads(Samples, threads: 7);
    }

    [Fact]
    public void KernelAndBias_AreSharedByTheSamplesOfOneThread_AndAddedUpAtTheEnd()
    {
        Assert.Equal([9 * 32, 32], Sums(Digits().Build(), Machine.Vector512).Select(sums => sums.Length).OrderDescending());
        IReadOnlyList<ProgramStage> stages = Stages(Digits().Build(), Machine.Vector512);
        Assert.All(stages.Where(stage => stage.Calls.Any(call => call is BlockSumsCall)), stage => Assert.Equal(Sharing.Samples, stage.Sharing));
        Assert.All(stages.Where(stage => stage.Calls.Any(call => call is AddBlocksCall)), stage => Assert.Same(stages[^1], stage));
    }

    [Fact]
    public void LargeOrSharedOrRegularizedGradients_HaveOneSum()
    {
        // 3 x 3 x 32 x 64 weights; a regularizer's part of the same gradient; one row per sample.
        Assert.Equal([64], Sums(SpecBuilder.Input(12, 12, 32).Layer("Conv2D", ("Filters", 64), ("KernelSize", 3)).Flatten().Dense(2).Loss("MeanSquaredError").Build(), Machine.Vector512).Select(sums => sums.Length));
        Assert.Equal([32], Sums(SpecBuilder.Input(12, 12, 1).Layer("Conv2D", ("Filters", 32), ("KernelSize", 3), ("KernelL2", 0.1)).Flatten().Dense(2).Loss("MeanSquaredError").Build(), Machine.Vector512).Select(sums => sums.Length));
        Assert.Empty(Sums(SpecBuilder.Input(40).Dense(70, "Relu").Dense(5).Loss("MeanSquaredError").Build(), Machine.Vector512));
    }

    private static SpecBuilder Digits() => SpecBuilder.Input(28, 28, 1).Layer("Conv2D", ("Filters", 32), ("KernelSize", 3), ("Activation", "Activation.Relu")).Layer("MaxPool2D").Flatten()
        .Dense(128, "Relu").Dense(10, "Softmax").Loss("SparseCategoricalCrossentropy");

    private static IEnumerable<AddBlocksCall> Sums(NetworkSpec spec, Machine machine) => Stages(spec, machine).SelectMany(stage => stage.Calls).OfType<AddBlocksCall>();

    private static IReadOnlyList<ProgramStage> Stages(NetworkSpec spec, Machine machine)
    {
        var network = new CompiledNetwork(spec);
        return ProgramStage.Of(network.Schedule(network.Gradients!, machine, ProgramMode.Training).Calls);
    }
}
