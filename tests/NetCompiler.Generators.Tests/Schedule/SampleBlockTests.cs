using NetCompiler.Generators.Declaration;
using NetCompiler.Generators.Schedule;
using NetCompiler.Generators.Tests.Common;

namespace NetCompiler.Generators.Tests.Schedule;

/// <summary>Kernels that take turns over a few samples at a time compute what their graph says, in whole blocks and with a rest.</summary>
public class SampleBlockTests
{
    private const int Steps = 64;

    [Theory]
    [InlineData(512)]
    [InlineData(256)]
    [InlineData(128)]
    public void LongSequences_EqualTheirGraph(int bits)
    {
        Machine machine = CompiledNetwork.MachineOf(bits);
        NetworkSpec spec = Sequences();
        int samples = Block(spec, machine).Samples;
        Assert.InRange(samples, 2, TilingPolicy.LeastWholeBatch - 1);
        new ProgramComparison(spec, machine).All(samples + 3);
        new ProgramComparison(spec, machine).Training(2 * samples);
    }

    [Fact]
    public void GradientsOfRecurrence_EqualTheirGraph()
    {
        NetworkSpec spec = SpecBuilder.Input(Steps, 9).Layer("Lstm", ("Units", 17)).Dense(2).Loss("MeanSquaredError").Build();
        new ProgramComparison(spec, Machine.Vector512).Training(Block(spec, Machine.Vector512).Samples + 1);
    }

    [Fact]
    public void ShortRows_AreNotDivided()
    {
        var network = new CompiledNetwork(SpecBuilder.Input(784).Dense(128, "Relu").Dense(10, "Softmax").Loss("SparseCategoricalCrossentropy").Build());
        Assert.DoesNotContain(network.Schedule(network.Gradients!, Machine.Vector512, ProgramMode.Training).Calls, call => call is BlocksCall);
    }

    private static NetworkSpec Sequences() => SpecBuilder.Input(Steps, 33).Dense(32, "Tanh").Dense(48).Layer("Gru", ("Units", 1)).Loss("MeanSquaredError").Build();

    private static BlocksCall Block(NetworkSpec spec, Machine machine)
    {
        var network = new CompiledNetwork(spec);
        return network.Schedule(network.Gradients!, machine, ProgramMode.Training).Calls.OfType<BlocksCall>().Last();
    }
}
