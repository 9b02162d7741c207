using System.Reflection;
using NetCompiler.Generators.Graph.Losses;
using NetCompiler.Generators.Ops;
using NetCompiler.TestKit;

namespace NetCompiler.Generators.Tests.Ops;

/// <summary>Every row of the elementwise table has the value of its definition, and the derivative of that.</summary>
public class ElementwiseTests
{
    private const int Points = 400;

    /// <summary>Definitions are written in another way than the table, so the last digits differ; erf is a series.</summary>
    private const double ValueTolerance = 1e-12;

    /// <summary>Of central differences: the third derivative times the squared step, and rounding over the step.</summary>
    private const double DerivativeTolerance = 2e-7;

    private const double Step = 1e-5;

    private static readonly Dictionary<string, Row> Rows = new()
    {
        ["Copy"] = new(Elementwise.Copy, x => x[0]),
        ["Add"] = new(Elementwise.Add, x => x[0] + x[1]),
        ["Subtract"] = new(Elementwise.Subtract, x => x[0] - x[1]),
        ["Multiply"] = new(Elementwise.Multiply, x => x[0] * x[1]),
        ["Divide"] = new(Elementwise.Divide, x => x[0] / x[1], Low: 0.2),
        ["Maximum"] = new(Elementwise.Maximum, x => x[0] > x[1] ? x[0] : x[1], Kink: x => x[0] - x[1]),
        ["Minimum"] = new(Elementwise.Minimum, x => x[0] < x[1] ? x[0] : x[1], Kink: x => x[0] - x[1]),
        ["Equal"] = new(Elementwise.Equal, x => x[0] == x[1] ? 1 : 0, Kink: x => x[0] - x[1]),
        ["NotEqual"] = new(Elementwise.NotEqual, x => x[0] == x[1] ? 0 : 1, Kink: x => x[0] - x[1]),
        ["AtMost"] = new(Elementwise.AtMost, x => x[0] > x[1] ? 0 : 1, Kink: x => x[0] - x[1]),
        ["Choose"] = new(Elementwise.Choose, x => x[0] > 0 ? x[1] : x[2], Kink: x => x[0]),
        ["Negate"] = new(Elementwise.Negate, x => 0 - x[0]),
        ["Abs"] = new(Elementwise.Abs, x => x[0] < 0 ? -x[0] : x[0], Kink: x => x[0]),
        ["Square"] = new(Elementwise.Square, x => Math.Pow(x[0], 2)),
        ["Reciprocal"] = new(Elementwise.Reciprocal, x => Math.Pow(x[0], -1), Low: 0.2),
        ["Sqrt"] = new(Elementwise.Sqrt, x => Math.Pow(x[0], 0.5), Low: 0.05),
        ["Exp"] = new(Elementwise.Exp, x => Math.Pow(Math.E, x[0])),
        ["Log"] = new(Elementwise.Log, x => Math.Log2(x[0]) * Math.Log(2), Low: 0.1),
        ["Sigmoid"] = new(Elementwise.Sigmoid, x => Math.Exp(x[0]) / (1 + Math.Exp(x[0]))),
        ["Tanh"] = new(Elementwise.Tanh, x => (Math.Exp(2 * x[0]) - 1) / (Math.Exp(2 * x[0]) + 1)),
        ["Relu"] = new(Elementwise.Relu, x => x[0] > 0 ? x[0] : 0, Kink: x => x[0]),
        ["Softplus"] = new(Elementwise.Softplus, x => Math.Log(1 + Math.Exp(x[0]))),
        ["Softsign"] = new(Elementwise.Softsign, x => x[0] / (1 + Math.Abs(x[0]))),
        ["HardSigmoid"] = new(Elementwise.HardSigmoid, x => Math.Clamp((x[0] + 3) / 6, 0, 1), Kink: x => Math.Abs(x[0]) - 3),
        ["Step"] = new(Elementwise.Step, x => x[0] >= 0 ? 1 : 0, Kink: x => x[0]),
        ["Gelu"] = new(Elementwise.Gelu, x => x[0] * Normal(x[0]), Tolerance: 1e-9),
        ["GeluTanh"] = new(Elementwise.GeluTanh, x => x[0] / (1 + Math.Exp(-2 * Math.Sqrt(2 / Math.PI) * (x[0] + (0.044715 * x[0] * x[0] * x[0]))))),
        ["Silu"] = new(Elementwise.Silu, x => x[0] / (1 + Math.Exp(-x[0]))),
        ["Mish"] = new(Elementwise.Mish, x => x[0] * Math.Tanh(Math.Log(1 + Math.Exp(x[0])))),
        ["BinaryCrossentropyFromLogits"] = new(Elementwise.BinaryCrossentropyFromLogits,
            x => -(x[1] * Math.Log(1 / (1 + Math.Exp(-x[0])))) - ((1 - x[1]) * Math.Log(1 / (1 + Math.Exp(x[0]))))),
        ["Flush"] = new(Elementwise.Flush, x => x[0]),
        ["LeakyRelu"] = new(Elementwise.LeakyRelu(0.3), x => x[0] > 0 ? x[0] : 0.3 * x[0], Kink: x => x[0]),
        ["Elu"] = new(Elementwise.Elu(0.7), x => x[0] > 0 ? x[0] : 0.7 * (Math.Exp(x[0]) - 1), Kink: x => x[0]),
        ["Selu"] = new(Elementwise.Selu(), x => 1.0507009873554805 * (x[0] > 0 ? x[0] : 1.6732632423543772 * (Math.Exp(x[0]) - 1)), Kink: x => x[0]),
        ["Clip"] = new(Elementwise.Clip(-0.5, 1.5), x => Math.Clamp(x[0], -0.5, 1.5), Kink: x => Math.Min(Math.Abs(x[0] + 0.5), Math.Abs(x[0] - 1.5))),
        ["Huber"] = new(Elementwise.Huber(0.8), x => Math.Abs(x[0]) <= 0.8 ? x[0] * x[0] / 2 : 0.8 * (Math.Abs(x[0]) - 0.4), Kink: x => Math.Abs(x[0]) - 0.8),
        ["Power"] = new(Elementwise.Power(2.5), x => Math.Exp(2.5 * Math.Log(x[0])), Low: 0.1),
        ["BinaryCrossentropy"] = new(LossLowering.BinaryCrossentropy, x => -(x[1] * Math.Log(x[0])) - ((1 - x[1]) * Math.Log(1 - x[0])), Low: 0.05, High: 0.95),
    };

    public static TheoryData<string> Names => [.. Rows.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Value_IsThatOfTheDefinition(string name)
    {
        Row row = Rows[name];
        foreach (double[] point in row.Points())
        {
            Close(row.Definition(point), ScalarEvaluator.Evaluate(row.Operation.Value, point), row.Tolerance, name, point);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Derivative_IsTheCentralDifference(string name)
    {
        Row row = Rows[name];
        foreach (double[] point in row.Points().Where(point => Math.Abs(row.Kink(point)) > 2 * Step))
        {
            for (int argument = 0; argument < row.Operation.Arity; argument++)
            {
                double Shifted(double by) => row.Definition([.. point.Select((value, i) => i == argument ? value + by : value)]);
                double difference = (Shifted(Step) - Shifted(-Step)) / (2 * Step);
                double result = ScalarEvaluator.Evaluate(row.Operation.Value, point);
                Close(difference, ScalarEvaluator.Evaluate(row.Operation.Derivatives[argument], [.. point, result]), DerivativeTolerance, $"{name} by argument {argument}", point);
            }
        }
    }

    [Theory]
    [InlineData(1.1e-30, 1.1e-30)]
    [InlineData(-1.1e-30, -1.1e-30)]
    [InlineData(0.9e-30, 0)]
    [InlineData(-1e-40, 0)]
    [InlineData(double.NaN, double.NaN)]
    public void Flush_LeavesNothingBelowItsBound(double value, double expected) => Assert.Equal(expected, ScalarEvaluator.Evaluate(Elementwise.Flush.Value, [value]));

    [Theory]
    [InlineData(-69, 0, 1.08e-30)]
    [InlineData(-69.1, 0, 0)]
    [InlineData(-69.1, 1, -1)]
    [InlineData(double.NegativeInfinity, 0, 0)]
    [InlineData(double.NaN, 0, double.NaN)]
    public void GradientOfABinaryCrossentropy_IsZeroForANegligibleProbability(double logit, double target, double expected) =>
        Assert.Equal(expected, ScalarEvaluator.Evaluate(Elementwise.BinaryCrossentropyFromLogits.Derivatives[0], [logit, target, 0]), 1e-32);

    [Fact]
    public void EveryRowOfTheTable_HasADefinitionHere()
    {
        IEnumerable<string> table = typeof(Elementwise).GetMembers(BindingFlags.Static | BindingFlags.Public)
            .Where(member => member is PropertyInfo property ? property.PropertyType == typeof(ElementwiseOperation) : member is MethodInfo { IsSpecialName: false } method && method.ReturnType == typeof(ElementwiseOperation))
            .Select(member => member.Name);
        Assert.Empty(table.Except(Rows.Keys));
    }

    // The distribution by Simpson's rule, since there is no erf in the BCL.
    private static double Normal(double x)
    {
        const int Intervals = 2000;
        double width = x / Intervals, sum = 0;
        double Density(double at) => Math.Exp(-at * at / 2) / Math.Sqrt(2 * Math.PI);
        for (int i = 0; i < Intervals; i++)
        {
            sum += (Density(i * width) + (4 * Density((i + 0.5) * width)) + Density((i + 1) * width)) * width / 6;
        }

        return 0.5 + sum;
    }

    private static void Close(double expected, double actual, double tolerance, string what, double[] point) =>
        Expect.True(Math.Abs(expected - actual) <= tolerance * (1 + Math.Abs(expected)), $"{what} at ({string.Join(", ", point)}) is {actual}, expected {expected}.");

    /// <summary>A row and what it should be.</summary>
    private sealed record Row(ElementwiseOperation Operation, Func<double[], double> Definition, double Low = -5, double High = 5, double Tolerance = ValueTolerance, Func<double[], double>? Kink = null)
    {
        /// <summary>Zero where the function has no derivative.</summary>
        public Func<double[], double> Kink { get; } = Kink ?? (_ => 1);

        public IEnumerable<double[]> Points()
        {
            var random = new Random(Operation.Name.Length);
            return Enumerable.Range(0, ElementwiseTests.Points).Select(_ => Enumerable.Range(0, Operation.Arity).Select(_ => Low + ((High - Low) * random.NextDouble())).ToArray());
        }
    }
}
