using System.Globalization;
using NetCompiler.Generators.Ops;
using NetCompiler.Generators.Targets.CSharp;
using NetCompiler.Generators.Targets.CSharp.Members;

namespace NetCompiler.Generators.Tests.Targets.Members;

public class NumberTextTests
{
    [Theory]
    [InlineData(0.1, "0.1d")]
    [InlineData(-0.0, "-0d")]
    [InlineData(1, "1d")]
    [InlineData(1e300, "1e300d")]
    [InlineData(0.05, "0.05d")]
    [InlineData(1e-7, "1e-7d")]
    [InlineData(123456.75, "123456.75d")]
    [InlineData(5e-324, "5e-324d")]
    [InlineData(double.MaxValue, "1.7976931348623157e308d")]
    [InlineData(double.NaN, "double.NaN")]
    [InlineData(double.NegativeInfinity, "double.NegativeInfinity")]
    public void Real_IsTheShortestText(double value, string expected) => Assert.Equal(expected, NumberText.Real(value));

    [Fact]
    public void Real_ReadsBackToTheSameBits()
    {
        Random random = new(7);
        for (int i = 0; i < 2000; i++)
        {
            double value = i % 2 == 0 ? BitConverter.Int64BitsToDouble(random.NextInt64()) : Math.ScaleB(1, random.Next(-1074, 1024));
            if (double.IsFinite(value))
            {
                string text = NumberText.Real(value).TrimEnd('d');
                Assert.Equal(BitConverter.DoubleToInt64Bits(value), BitConverter.DoubleToInt64Bits(double.Parse(text, CultureInfo.InvariantCulture)));
            }
        }
    }

    [Fact]
    public void EveryScalarOperation_HasText()
    {
        foreach (string operation in Enum.GetNames<ScalarOperation>())
        {
            Assert.True(ScalarFunctionText.Knows(operation), operation);
        }
    }

    [Fact]
    public void Quote_EscapesWhatAFileCannotHold() => Assert.Equal("\"a\\\"\\\\\\u000A\\u00E4\"", TextLiteral.Quote("a\"\\\n\u00e4"));
}
