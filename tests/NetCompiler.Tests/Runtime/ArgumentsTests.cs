using System.Runtime.InteropServices;
using Xunit;

namespace NetCompiler.Tests.Runtime;

public class ArgumentsTests
{
    [Fact]
    public void WrongLength_SaysWhatItHasAndNeeds()
    {
        Arguments.RequireLength(80, 80, "output", "8 samples of 10 values");
        ArgumentException error = Assert.Throws<ArgumentException>(() => Arguments.RequireLength(1, 80, "output", "8 samples of 10 values"));
        Assert.Equal("output", error.ParamName);
        Assert.StartsWith("output has 1 value, but needs 80: 8 samples of 10 values.", error.Message);
    }

    [Fact]
    public void SamplesOfAnotherLength_AreRefused()
    {
        Arguments.RequireSamples(80, 8, 10, "output");
        ArgumentException error = Assert.Throws<ArgumentException>(() => Arguments.RequireSamples(79, 8, 10, "output"));
        Assert.StartsWith("output has 79 values, but needs 80: 8 samples of 10 values.", error.Message);
        error = Assert.Throws<ArgumentException>(() => Arguments.RequireSamples(0, int.MaxValue, 10, "output"));
        Assert.Contains("needs 21474836470", error.Message);
    }

    [Theory]
    [InlineData(0, 784, 0)]
    [InlineData(784, 784, 1)]
    [InlineData(7840, 784, 10)]
    [InlineData(7, 1, 7)]
    public void WholeSamples_AreCounted(int length, int unit, int expected) => Assert.Equal(expected, Arguments.RequireMultiple(length, unit, "input"));

    [Theory]
    [InlineData(785)]
    [InlineData(783)]
    [InlineData(1)]
    public void PartsOfSamples_AreRefused(int length)
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => Arguments.RequireMultiple(length, 784, "input"));
        Assert.Contains("but needs a multiple of 784: a sample has 784 values.", error.Message);
    }

    [Theory]
    [InlineData(0, 4, 4, 4, false)]
    [InlineData(4, 4, 0, 4, false)]
    [InlineData(0, 5, 4, 4, true)]
    [InlineData(4, 4, 0, 5, true)]
    [InlineData(2, 2, 0, 8, true)]
    [InlineData(0, 8, 2, 2, true)]
    [InlineData(3, 3, 3, 3, true)]
    [InlineData(2, 0, 0, 8, false)]
    [InlineData(0, 8, 2, 0, false)]
    public void OverlappingSpans_AreRefused(int firstStart, int firstLength, int secondStart, int secondLength, bool overlap)
    {
        float[] values = new float[16];
        Action check = () => Arguments.RequireNoOverlap(values.AsSpan(firstStart, firstLength), values.AsSpan(secondStart, secondLength), "input", "output");
        if (!overlap)
        {
            check();
            return;
        }

        ArgumentException error = Assert.Throws<ArgumentException>(check);
        Assert.Equal("output", error.ParamName);
        Assert.StartsWith("output shares memory with input", error.Message);
    }

    [Fact]
    public void IntegersThatOverlap_AreRefusedAsFloatsAre()
    {
        int[] integers = new int[16];
        Span<float> floats = MemoryMarshal.Cast<int, float>(integers);
        float[] values = new float[16];
        Span<int> cast = MemoryMarshal.Cast<float, int>(values);
        Assert.Equal("output", Assert.Throws<ArgumentException>(() => Arguments.RequireNoOverlap(integers.AsSpan(0, 4), MemoryMarshal.Cast<int, float>(integers.AsSpan(3, 4)), "input", "output")).ParamName);
        Assert.Equal("classes", Assert.Throws<ArgumentException>(() => Arguments.RequireNoOverlap(integers.AsSpan(4, 4), integers.AsSpan(1, 4), "input", "classes")).ParamName);
        Assert.Equal("classes", Assert.Throws<ArgumentException>(() => Arguments.RequireNoOverlap(values.AsSpan(0, 4), MemoryMarshal.Cast<float, int>(values.AsSpan(3, 1)), "input", "classes")).ParamName);
        Arguments.RequireNoOverlap(integers.AsSpan(0, 4), floats.Slice(4, 4), "input", "output");
        Arguments.RequireNoOverlap(integers.AsSpan(0, 4), integers.AsSpan(4, 4), "input", "classes");
        Arguments.RequireNoOverlap(values.AsSpan(0, 4), cast[4..], "input", "classes");
    }

    [Fact]
    public void ResultsThatNoArrayHolds_AreRefused()
    {
        Assert.Equal(Array.MaxLength / 2 * 2, Arguments.RequireResult(Array.MaxLength / 2, 2, "input"));
        ArgumentException error = Assert.Throws<ArgumentException>(() => Arguments.RequireResult(300_000, 20_000, "input"));
        Assert.Equal("input", error.ParamName);
        Assert.StartsWith($"input has 300000 samples, whose outputs have 6000000000 values, but an array holds at most {Array.MaxLength}: predict fewer at once.", error.Message);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(10)]
    [InlineData(int.MinValue)]
    public void ClassOutsideTheClasses_IsNamedWithItsPosition(int value)
    {
        Arguments.RequireClasses([0, 9, 5], 10, "target");
        ArgumentOutOfRangeException error = Assert.Throws<ArgumentOutOfRangeException>(() => Arguments.RequireClasses([0, 9, value], 10, "target"));
        Assert.StartsWith(FormattableString.Invariant($"target[2] is {value}, but classes go from 0 to 9."), error.Message);
        Assert.Equal(value, error.ActualValue);
    }

    [Fact]
    public void BatchesOutsideThePlan_AreRefused()
    {
        Arguments.RequireBatch(0, 32, "input");
        Arguments.RequireBatch(32, 32, "input");
        Assert.Contains("holds 33 samples, but this training was planned for 0 to 32", Assert.Throws<ArgumentOutOfRangeException>(() => Arguments.RequireBatch(33, 32, "input")).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => Arguments.RequireBatch(-1, 32, "input"));
        Assert.Contains("at least 1 sample", Assert.Throws<ArgumentOutOfRangeException>(() => Arguments.RequireBatchSize(0, "batchSize")).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => Arguments.RequireThreads(-1, "threads"));
        Assert.Equal(3, Arguments.RequireThreads(3, "threads"));
        Assert.Equal(Environment.ProcessorCount, Arguments.RequireThreads(0, "threads"));
    }
}
