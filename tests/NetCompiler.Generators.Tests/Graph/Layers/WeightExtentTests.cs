using NetCompiler.Generators.Graph;
using NetCompiler.Generators.Graph.Layers;
using NetCompiler.Generators.Schedule;

namespace NetCompiler.Generators.Tests.Graph.Layers;

/// <summary>What a declaration may declare is what the layout of the weights takes.</summary>
public class WeightExtentTests
{
    [Theory]
    [InlineData(false, 5)]
    [InlineData(false, 40, 3)]
    [InlineData(false, 40, 1)]
    [InlineData(false, 3, 3, 5, 1)]
    [InlineData(true, 40, 3)]
    [InlineData(false, 1)]
    public void Extent_IsThatOfTheLayout(bool isFlat, params int[] sizes)
    {
        var weight = new WeightSpec("kernel", new Shape(sizes), "Zeros", double.NaN, 1, 1, IsTrainable: true, 0, 0) { IsFlat = isFlat };
        Assert.Equal(WeightPlanner.PhysicalLength(weight.Shape, WeightPlanner.Packing(weight)), WeightExtent.Of(weight));
    }

    [Fact]
    public void Constants_AreThoseOfTheSchedule()
    {
        Assert.Equal(TilingPolicy.RowAlignment, WeightExtent.Alignment);
        Assert.True(WeightExtent.HasColumns(new Shape(4, TilingPolicy.MostColumns)) && !WeightExtent.HasColumns(new Shape(4, TilingPolicy.MostColumns + 1)));
    }

    [Fact]
    public void LongRows_AreCountedInLong()
    {
        var weight = new WeightSpec("kernel", new Shape(150_000_000, 2), "Zeros", double.NaN, 1, 1, IsTrainable: true, 0, 0);
        Assert.Equal(2_400_000_000, WeightExtent.Of(weight));
    }
}
