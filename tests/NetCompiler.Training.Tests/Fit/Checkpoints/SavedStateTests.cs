using System.Globalization;
using Xunit;

namespace NetCompiler.Tests.Training.Fit.Checkpoints;

public sealed class SavedStateTests
{
    /// <summary>A culture that writes numbers as no other reads them; named ones are not on every machine.</summary>
    internal static CultureInfo Foreign
    {
        get
        {
            CultureInfo culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            culture.NumberFormat.NumberDecimalSeparator = ",";
            culture.NumberFormat.NegativeSign = "~";
            culture.NumberFormat.NaNSymbol = "nothing";
            return culture;
        }
    }

    [Fact]
    public void Values_ComeBackToTheBitInEveryCulture()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = Foreign;
        try
        {
            double[] numbers = [0.1, -0.0, double.Epsilon, double.MaxValue, double.NaN, double.NegativeInfinity, 1 / 3.0];
            SavedState state = new();
            state.Set("row", numbers.AsSpan());
            state.Set("empty", ReadOnlySpan<double>.Empty);
            foreach (double number in numbers)
            {
                state.Set("number", number);
                Assert.Equal(BitConverter.DoubleToInt64Bits(number), BitConverter.DoubleToInt64Bits(state.GetDouble("number")));
            }

            Assert.Equal(numbers, state.GetDoubles("row"));
            Assert.Empty(state.GetDoubles("empty"));
            state.Set("whole", long.MinValue);
            state.Set("flag", true);
            state.Set("text", "a/b c\n");
            state.Set("floats", [1f, float.NaN]);
            Assert.Equal(long.MinValue, state.GetInt64("whole"));
            Assert.True(state.GetBoolean("flag"));
            Assert.Equal("a/b c\n", state.GetString("text"));
            Assert.Equal([1f, float.NaN], state.GetFloats("floats"));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void MissingAndOtherValues_AreNamed()
    {
        SavedState state = new();
        Assert.Equal("There is no saved text or number \"best\"; there is nothing.", Assert.Throws<CheckpointException>(() => state.GetDouble("best")).Message);
        state.Set("best", "much");
        state.Set("wait", 3);
        Assert.Equal("The saved value \"best\" is \"much\", but a number was expected.", Assert.Throws<CheckpointException>(() => state.GetDouble("best")).Message);
        Assert.Equal("There is no saved row of numbers \"best\"; there are best, wait.", Assert.Throws<CheckpointException>(() => state.GetFloats("best")).Message);
        Assert.Throws<CheckpointException>(() => state.GetBoolean("wait"));
    }
}
