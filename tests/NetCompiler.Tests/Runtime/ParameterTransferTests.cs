using Xunit;

namespace NetCompiler.Tests.Runtime;

public class ParameterTransferTests
{
    [Fact]
    public void Export_IsDeclarationOrderAndImportItsInverse()
    {
        FakeNetwork network = new FakeNetwork(FakeNetwork.Dense("Net", 5, 33, 7)).Scramble(1);
        float[] values = new float[network.Description.ParameterCount];
        ParameterTransfer.ExportParameters(network.Weights, network.TrainedCount, values);
        Assert.Equal(network.Values(), values);
        FakeNetwork other = new(network.Description, 9, WeightPacking.Columns);
        int version = other.Parameters.Version;
        ParameterTransfer.ImportParameters(other.Weights, other.TrainedCount, values);
        Assert.Equal(values, other.Values());
        Assert.NotEqual(version, other.Parameters.Version);
        Assert.Throws<ArgumentException>(() => ParameterTransfer.ExportParameters(network.Weights, network.TrainedCount, new float[values.Length + 1]));
        Assert.Throws<ArgumentException>(() => ParameterTransfer.ImportParameters(network.Weights, network.TrainedCount, new float[1]));
        Assert.Equal(values, network.Values());
    }

    [Fact]
    public void Blend_MovesEveryValueByTheFraction()
    {
        FakeNetwork target = new(FakeNetwork.Dense("Net", 5, 33, 7), 1), source = new(FakeNetwork.Dense("Net", 5, 33, 7), 2);
        float[] before = target.Values(), from = source.Values();
        int version = target.Parameters.Version;
        ParameterTransfer.Blend(target.Parameters, source.Parameters, 0.25);
        Assert.Equal(before.Zip(from, (t, s) => t + (0.25f * (s - t))), target.Values());
        Assert.NotEqual(version, target.Parameters.Version);
        ParameterTransfer.Blend(target.Parameters, source.Scramble(3).Parameters, 1);
        Assert.Equal(source.Values(), target.Values());
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1.1)]
    [InlineData(double.NaN)]
    public void FractionsOutsideTheUnitInterval_AreRefused(double fraction)
    {
        WeightArena arena = new(16);
        Assert.Throws<ArgumentOutOfRangeException>(() => ParameterTransfer.Blend(arena, arena, fraction));
        Assert.Throws<ArgumentException>(() => ParameterTransfer.Blend(arena, new WeightArena(32), 0.5));
    }
}
