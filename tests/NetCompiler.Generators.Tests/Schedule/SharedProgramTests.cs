using NetCompiler.Generators.Declaration;
using NetCompiler.Generators.Schedule;
using NetCompiler.Generators.Tests.Common;

namespace NetCompiler.Generators.Tests.Schedule;

/// <summary>Programs that threads share compute what their graphs say, in whatever order the threads run between two points at which they wait.</summary>
public class SharedProgramTests
{
    private static readonly Dictionary<string, SpecBuilder> Networks = new()
    {
        ["dense layers"] = SpecBuilder.Input(40).Dense(70, "Relu", l2: 0.01).Dropout(0.3).Dense(128, "Tanh").Dense(5, "Softmax").Loss("SparseCategoricalCrossentropy"),
        ["images"] = SpecBuilder.Input(9, 8, 2).Layer("Conv2D", ("Filters", 32), ("KernelSize", 3), ("Activation", "Activation.Relu")).Layer("MaxPool2D").Layer("BatchNormalization")
            .Layer("Conv2D", ("Filters", 64), ("KernelSize", 2)).Flatten().Dense(64, "Relu").Dense(3).Loss("MeanSquaredError"),
        ["large images"] = SpecBuilder.Input(12, 11, 16).Layer("Conv2D", ("Filters", 32), ("KernelSize", 3), ("Activation", "Activation.Relu")).Layer("MaxPool2D").Dropout(0.2)
            .Layer("Conv2D", ("Filters", 48), ("KernelSize", 3), ("Padding", "Padding.Same")).Layer("BatchNormalization").Flatten().Dense(3, "Softmax").Loss("SparseCategoricalCrossentropy"),
        ["recurrence"] = SpecBuilder.Input(3, 9).Layer("Lstm", ("Units", 16), ("ReturnSequences", 1)).Layer("Gru", ("Units", 9)).Dense(1, "Sigmoid").Loss("BinaryCrossentropy"),
        ["long sequences"] = SpecBuilder.Input(64, 33).Dense(32, "Tanh").Dense(48).Layer("Gru", ("Units", 1)).Loss("MeanSquaredError"),
        ["layers over sequences"] = SpecBuilder.Input(200, 8).Dense(30).Layer("Conv1D", ("Filters", 16), ("KernelSize", 3), ("Padding", "Padding.Same")).Layer("MaxPool1D", ("PoolSize", 2)).Dense(20)
            .Layer("Conv1D", ("Filters", 16), ("KernelSize", 3)).Flatten().Dense(1).Loss("MeanSquaredError"),
        ["recurrence behind a layer"] = SpecBuilder.Input(100, 40).Dense(40).Layer("Lstm", ("Units", 10), ("ReturnSequences", 1)).Flatten().Dense(10).Loss("MeanSquaredError"),
        ["layers of few panels"] = SpecBuilder.Input(36).Dense(48, "Relu").Dense(24, "Tanh").Dense(32).Dense(96, "Relu").Dense(56).Loss("MeanSquaredError"),
        ["wide layers"] = WideLayers(),
        ["normalizations"] = SpecBuilder.Input(4, 24).Layer("LayerNormalization").Layer("MultiHeadAttention", ("Heads", 2)).Dense(24, "Gelu").Dense(2).Loss("MeanAbsoluteError"),
    };

    // In 4 and in 8 parts, with a regularizer's gradient beside the layer's.
    private static SpecBuilder WideLayers() =>
        SpecBuilder.Input(6).Dense(528, "Tanh").Dropout(0.2).Dense(64, "Relu", l2: 0.01).Dense(1040, "Relu").Dense(64).Dense(3, "Softmax").Loss("SparseCategoricalCrossentropy");

    public static TheoryData<string, int, int> Cases()
    {
        var cases = new TheoryData<string, int, int>();
        foreach (string name in Networks.Keys)
        {
            foreach (Machine machine in CompiledNetwork.Machines)
            {
                cases.Add(name, machine.Bits, machine.Bits == 256 ? 3 : 2);
            }
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Shares_EqualTheirGraph(string network, int bits, int threads) =>
        new ProgramComparison(Networks[network].Build(), CompiledNetwork.MachineOf(bits)).TrainingOnThreads(samples: 35, threads);

    [Theory]
    [InlineData(512)]
    [InlineData(256)]
    [InlineData(128)]
    public void DenseLayers_AreSharedBySamplesAndByGradients(int bits)
    {
        var network = new CompiledNetwork(Networks["dense layers"].Build());
        IReadOnlyList<ProgramStage> stages = ProgramStage.Of(network.Schedule(network.Gradients!, CompiledNetwork.MachineOf(bits), ProgramMode.Training).Calls);
        Assert.Contains(stages, stage => stage.Sharing == Sharing.Samples && stage.Calls.Count > 3);
        Assert.Contains(stages, stage => stage.Sharing == Sharing.Gradients && stage.Calls.OfType<KernelCall>().Any(call => call.Arguments.Any(argument => argument is ShareArgument)));
    }

    // The loss and the last layer's gradients would each make all threads wait for one.
    [Theory]
    [InlineData(512)]
    [InlineData(256)]
    [InlineData(128)]
    public void SmallLayersBehindLargeOnes_AreSharedBySamples(int bits)
    {
        var network = new CompiledNetwork(SpecBuilder.Input(784).Dense(128, "Relu").Dense(10, "Softmax").Loss("SparseCategoricalCrossentropy").Build());
        IReadOnlyList<ProgramStage> stages = ProgramStage.Of(network.Schedule(network.Gradients!, CompiledNetwork.MachineOf(bits), ProgramMode.Training).Calls);
        Assert.Equal([Sharing.Columns, Sharing.Whole, Sharing.Samples, Sharing.Gradients], stages.Select(stage => stage.Sharing));
        Assert.All(stages[1].Calls, call => Assert.IsType<TransposeWeightsCall>(call));
        Assert.Equal(5, stages[3].Calls.OfType<KernelCall>().Count()); // the loss, two biases, two matrices
        Assert.True(ProgramStage.IsCut(stages[3].Calls.OfType<KernelCall>().OrderByDescending(call => call.Products).First()));
    }

    // The panels of its filters, whose zeroing is shared with them.
    [Theory]
    [InlineData(512)]
    [InlineData(256)]
    [InlineData(128)]
    public void FiltersOfSeveralPanels_AreSharedInTheirGradient(int bits)
    {
        var network = new CompiledNetwork(Networks["images"].Build());
        KernelProgram program = network.Schedule(network.Gradients!, CompiledNetwork.MachineOf(bits), ProgramMode.Training);
        Assert.Contains(program.Calls, call => call is KernelCall kernel && kernel.Kernel.Name.EndsWith("KernelGradient", StringComparison.Ordinal) && ProgramStage.IsCut(call));
        Assert.Contains(program.Calls, call => call is ClearCall { Units: 2 });
    }

    // Batches of images are small: a thread that had 16 of them at least would leave others without any.
    [Fact]
    public void LargeImages_AreSharedOneByOne()
    {
        var network = new CompiledNetwork(Networks["large images"].Build());
        IReadOnlyList<ProgramStage> stages = ProgramStage.Of(network.Schedule(network.Gradients!, Machine.Vector512, ProgramMode.Training).Calls);
        Assert.True(stages.Count(stage => stage.IsBySingles) >= 2, string.Join(", ", stages.Select(stage => $"{stage.Sharing} {stage.IsBySingles}")));
        Assert.DoesNotContain(stages.Where(stage => stage.IsBySingles).SelectMany(stage => stage.Calls), call => call is MaskCall or BlockSumsCall);

        var small = new CompiledNetwork(Networks["dense layers"].Build());
        Assert.DoesNotContain(ProgramStage.Of(small.Schedule(small.Gradients!, Machine.Vector512, ProgramMode.Training).Calls), stage => stage.IsBySingles);
    }

    [Fact]
    public void SmallSums_StandBehindAllThatGoesThroughTheSamples()
    {
        var network = new CompiledNetwork(SpecBuilder.Input(40).Dense(20, "Relu").Dense(6, "Tanh").Dense(4).Loss("MeanSquaredError").Build());
        ProgramCall[] calls = [.. network.Schedule(network.Gradients!, Machine.Vector512, ProgramMode.Training).Calls];
        int sums = calls.Count(call => call.Sharing == Sharing.Gradients);
        Assert.True(sums >= 7, $"{sums} sums");
        Assert.All(calls[^sums..], call => Assert.Equal(Sharing.Gradients, call.Sharing));
    }

    [Theory]
    [InlineData(128)]
    [InlineData(512)]
    public void WideLayers_EqualTheirGraphOnOneThread(int bits)
    {
        var comparison = new ProgramComparison(WideLayers().Build(), CompiledNetwork.MachineOf(bits));
        comparison.Training(samples: 19);
        comparison.ForwardBackward(samples: 19);
        comparison.TrainingOnThreads(samples: 19, threads: 7);
    }

    // Whole panels, 20 columns behind 11 of them, one panel for two threads, less than is worth it.
    private static SpecBuilder LargeLayers() => SpecBuilder.Input(360).Dense(372, "Relu").Dense(64).Dense(2080, "Relu").Dense(64, "Sigmoid").Dense(3, "Softmax").Loss("SparseCategoricalCrossentropy");

    [Theory]
    [InlineData(128)]
    [InlineData(256)]
    [InlineData(512)]
    public void OneSample_EqualsItsGraph(int bits)
    {
        var comparison = new ProgramComparison(LargeLayers().Build(), CompiledNetwork.MachineOf(bits));
        comparison.PredictOne();
        Assert.All([1, 2, 3, 7], comparison.PredictOneOnThreads);
    }

    [Fact]
    public void OneSample_IsSharedByColumnsOfLargeLayers()
    {
        var network = new CompiledNetwork(LargeLayers().Build());
        foreach (Machine machine in CompiledNetwork.Machines)
        {
            IReadOnlyList<ProgramStage> stages = ProgramStage.Of(network.Schedule(network.Inference, machine, ProgramMode.PredictOne).Calls);
            Assert.Equal([Sharing.Columns, Sharing.Whole, Sharing.Columns, Sharing.Columns, Sharing.Whole], stages.Select(stage => stage.Sharing));
            ShareArgument[] Shares(int stage) => [.. stages[stage].Calls.OfType<KernelCall>().SelectMany(call => call.Arguments).OfType<ShareArgument>()];
            Assert.Equal([new(11, 1, IsFirst: true), new(11, 1, IsFirst: false), new(1, 1, IsFirst: false)], Shares(0));
            Assert.Equal([new(2, 1, IsFirst: true), new(2, 1, IsFirst: false)], Shares(3));
        }
    }

    // What threads share of one sample that is not a single row, and how: kind of the kernel, what is cut into how many units on a machine of 512 bits.
    private static readonly Dictionary<string, (SpecBuilder Network, string Kernel, int[] Units)> OneSampleNetworks = new()
    {
        ["rows of an image"] = (SpecBuilder.Input(30, 29, 3).Layer("Conv2D", ("Filters", 20), ("KernelSize", 5), ("Activation", "Activation.Relu")), "Convolution", [26]),
        ["rows of pools"] = (SpecBuilder.Input(30, 28, 8).Layer("Conv2D", ("Filters", 32), ("KernelSize", 5), ("Activation", "Activation.Relu")).Layer("MaxPool2D"), "Convolution", [13]),
        ["narrow images"] = (SpecBuilder.Input(23, 4, 32).Layer("Conv2D", ("Filters", 32), ("KernelSize", 3), ("Strides", 1), ("Padding", "Padding.Same"), ("DilationRate", 2)), "Convolution", [8]),
        ["strips of a sequence"] = (SpecBuilder.Input(250, 8).Layer("Conv1D", ("Filters", 48), ("KernelSize", 5)), "Convolution", [19]),
        ["filters"] = (SpecBuilder.Input(5, 5, 64).Layer("Conv2D", ("Filters", 128), ("KernelSize", 5), ("Padding", "Padding.Same")), "Convolution", [4]),
        ["rows of a sequence"] = (SpecBuilder.Input(40, 64).Dense(208, "Gelu").Dense(64, "Tanh"), "Product", [6, 2]),
    };

    public static TheoryData<string, int> OneSampleCases()
    {
        var cases = new TheoryData<string, int>();
        foreach (string name in OneSampleNetworks.Keys)
        {
            foreach (Machine machine in CompiledNetwork.Machines)
            {
                cases.Add(name, machine.Bits);
            }
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(OneSampleCases))]
    public void RowsOfOneSample_EqualTheirGraph(string name, int bits)
    {
        (SpecBuilder network, string kernel, int[] units) = OneSampleNetworks[name];
        Machine machine = CompiledNetwork.MachineOf(bits);
        NetworkSpec spec = network.Build();
        var comparison = new ProgramComparison(spec, machine);
        comparison.PredictOne();
        Assert.All([1, 2, 3, 7], comparison.PredictOneOnThreads);

        var compiled = new CompiledNetwork(spec);
        KernelCall[] calls = [.. compiled.Schedule(compiled.Inference, machine, ProgramMode.PredictOne).Calls.OfType<KernelCall>().Where(call => call.Sharing == Sharing.Columns)];
        Assert.All(calls, call => Assert.EndsWith(kernel, call.Kernel.Name, StringComparison.Ordinal));
        Assert.Equal(units.Length, calls.Length);
        Assert.Equal(bits == 512 ? units : [.. calls.Select(Units)], calls.Select(Units));
        Assert.All(calls, call => Assert.InRange(Units(call), 2, int.MaxValue));

        static int Units(KernelCall call) => call.Arguments.OfType<ShareArgument>().First().Units;
    }

    /// <summary>What a thread multiplies by, makes the gradients with and updates are the same rows of the weights.</summary>
    [Fact]
    public void WideLayers_AreSharedByTheInputsInAllOfAStep()
    {
        var network = new CompiledNetwork(WideLayers().Build());
        KernelProgram program = network.Schedule(network.Gradients!, Machine.Vector512, ProgramMode.Training);
        Assert.Equal(2, program.SplitWeights.Count);
        ShareArgument[] OfKernels(string ending) => [.. program.Kernels.Where(call => call.Kernel.Name.EndsWith(ending, StringComparison.Ordinal)).SelectMany(call => call.Arguments).OfType<ShareArgument>().Where(share => share.IsFirst)];
        Assert.Equal([4, 8], OfKernels("Part").Select(share => share.Units));
        Assert.Equal([1040 / 16, 528 / 16], OfKernels("TransposedProduct").Select(share => share.Units));
        Assert.Contains(OfKernels("WeightGradient"), share => share.Units == 8);
        Assert.Contains(OfKernels("WeightGradient"), share => share.Units == 4);

        // What one thread or another adds up are sums of whole parts.
        Assert.All(ProgramStage.Of(program.Calls).Where(stage => stage.Calls.OfType<KernelCall>().Any(call => call.Kernel.Name.EndsWith("Part", StringComparison.Ordinal))), stage => Assert.Equal(Sharing.Columns, stage.Sharing));
    }

    [Fact]
    public void FirstLayers_AreSharedByTheirColumns()
    {
        // 1,040 features of the input itself: nobody needs their gradient, and each thread reads the columns that it updates.
        var network = new CompiledNetwork(SpecBuilder.Input(1040).Dense(64, "Relu").Dense(3).Loss("MeanSquaredError").Build());
        Assert.Empty(network.Schedule(network.Gradients!, Machine.Vector512, ProgramMode.Training).SplitWeights);
    }

    [Fact]
    public void StatisticsOfTheBatch_AreOneThreads()
    {
        var network = new CompiledNetwork(Networks["images"].Build());
        Assert.Contains(ProgramStage.Of(network.Schedule(network.Gradients!, Machine.Vector512, ProgramMode.Training).Calls), stage => stage.Sharing == Sharing.Whole);
    }
}
