using NetCompiler.Generators.Declaration;
using NetCompiler.Generators.Ops;
using NetCompiler.Generators.Schedule.Nests;
using NetCompiler.Generators.Targets.CSharp;
using Name = NetCompiler.Generators.Schedule.Nests.Name;

namespace NetCompiler.Generators.Tests.Ops;

/// <summary>Every scalar primitive has a row everywhere: a value, a derivative, a text at each width.</summary>
public class ScalarOperationTests
{
    private const double Step = 1e-6;

    /// <summary>Central differences lose half of the digits.</summary>
    private const double Tolerance = 1e-7;

    public static TheoryData<string> All => [.. Enum.GetNames<ScalarOperation>()];

    [Theory]
    [MemberData(nameof(All))]
    public void Primitive_HasAValue(string operation)
    {
        ScalarExpression expression = Make(Enum.Parse<ScalarOperation>(operation));
        Assert.False(double.IsNaN(ScalarEvaluator.Evaluate(expression, [0.3, 0.7, 0.9])));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Primitive_HasTheDerivativeOfItsValue(string operation)
    {
        double[] at = [0.3, 0.7, 0.9];
        ScalarExpression expression = Make(Enum.Parse<ScalarOperation>(operation));
        for (int argument = 0; argument < at.Length; argument++)
        {
            double Shifted(double by) => ScalarEvaluator.Evaluate(expression, [.. at.Select((value, i) => i == argument ? value + by : value)]);
            double difference = (Shifted(Step) - Shifted(-Step)) / (2 * Step);
            Assert.Equal(difference, ScalarEvaluator.Evaluate(ScalarDerivative.Of(expression, argument), at), Tolerance);
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Primitive_HasTextAtEveryWidth(string operation)
    {
        foreach (int lanes in new[] { 4, 8, 16 })
        {
            string text = SourceWriter.TextOf(new VectorText(lanes).Of(new Apply(Make(Enum.Parse<ScalarOperation>(operation)), [new Name("a"), new Name("b"), new Name("c")])));
            Assert.DoesNotContain("Vector" + (lanes == 4 ? 512 : 128) + ".", text, StringComparison.Ordinal);
            Assert.NotEqual("", text);
        }
    }

    /// <summary>Constants are folded as the runtime computes them.</summary>
    [Theory]
    [InlineData(nameof(ScalarOperation.Log1P), double.PositiveInfinity, double.PositiveInfinity)]
    [InlineData(nameof(ScalarOperation.ExpM1), 1.5e-5, 1.5000112500562502e-05)]
    [InlineData(nameof(ScalarOperation.Erf), 2.9, 0.9999589021219005)]
    [InlineData(nameof(ScalarOperation.Softplus), 1000, 1000)]
    public void Value_IsExact(string operation, double argument, double expected)
        => Assert.Equal(expected, ScalarEvaluator.Evaluate(Make(Enum.Parse<ScalarOperation>(operation)), [argument]), 1e-15 * Math.Min(expected, 1));

    [Fact]
    public void Conditions_AreToldFromNumbers()
    {
        ScalarOperation[] conditions = [.. Enum.GetValues<ScalarOperation>().Where(operation => !ScalarEvaluator.GivesNumber(operation))];
        Assert.Equal([ScalarOperation.Less, ScalarOperation.LessOrEqual, ScalarOperation.Equal, ScalarOperation.And, ScalarOperation.Or, ScalarOperation.Not], conditions);
    }

    [Fact]
    public void Constants_AreFolded()
    {
        ScalarExpression a = ScalarExpression.Argument(0);
        Assert.Equal(a, ((a * 1.0) + 0.0) / 1.0);
        Assert.Equal(ScalarExpression.Zero, a * 0.0);
        Assert.Equal(ScalarExpression.Constant(Math.E), ScalarExpression.Of(ScalarOperation.Exp, 1.0));
        Assert.Equal(-a, a * -1.0);
        Assert.Equal(a, -(-a));
    }

    [Fact]
    public void UserFunction_BecomesARowWithItsDerivative()
    {
        // x > 0 ? x sigmoid(x) : 0.5 x
        var swish = new FunctionSpec("Swish", ["x"],
        [
            new("Constant", [], 0), new("Less", [1, 0]), new("Sigmoid", [0]), new("Multiply", [0, 3]), new("Constant", [], 0.5), new("Multiply", [5, 0]), new("Select", [2, 4, 6]),
        ], "x > 0 ? ...");
        ElementwiseOperation row = UserFunction.ToOperation(swish);
        Assert.Equal(1, row.Arity);
        foreach (double x in new[] { -3.0, -0.1, 0.2, 4 })
        {
            double sigmoid = 1 / (1 + Math.Exp(-x));
            Assert.Equal(x > 0 ? x * sigmoid : x / 2, ScalarEvaluator.Evaluate(row.Value, [x]), 1e-14);
            Assert.Equal(x > 0 ? sigmoid * (1 + (x * (1 - sigmoid))) : 0.5, ScalarEvaluator.Evaluate(row.Derivatives[0], [x, 0]), 1e-14);
        }
    }

    [Fact]
    public void UserFunctionThatReturnsItsParameter_IsTheIdentity()
    {
        ElementwiseOperation row = UserFunction.ToOperation(new FunctionSpec("Same", ["x"], default, "x"));
        Assert.Equal(ScalarExpression.Argument(0), row.Value);
        Assert.Equal(ScalarExpression.One, row.Derivatives[0]);
    }

    [Fact]
    public void UserFunctionOfAnUnknownOperation_IsRefused() => Assert.Throws<InvalidOperationException>(
        () => UserFunction.ToOperation(new FunctionSpec("F", ["x"], [new("Gamma", [0])], "")));

    // A number in every case: conditions choose between two arguments.
    private static ScalarExpression Make(ScalarOperation operation)
    {
        ScalarExpression a = ScalarExpression.Argument(0), b = ScalarExpression.Argument(1), c = ScalarExpression.Argument(2);
        ScalarExpression less = ScalarExpression.Of(ScalarOperation.Less, a, b), greater = ScalarExpression.Of(ScalarOperation.Less, c, a);
        return operation switch
        {
            ScalarOperation.Argument => a,
            ScalarOperation.Constant => ScalarExpression.Constant(0.5),
            ScalarOperation.Less or ScalarOperation.LessOrEqual or ScalarOperation.Equal => ScalarExpression.Select(ScalarExpression.Of(operation, a, b), b, c),
            ScalarOperation.And or ScalarOperation.Or => ScalarExpression.Select(ScalarExpression.Of(operation, less, greater), b, c),
            ScalarOperation.Not => ScalarExpression.Select(ScalarExpression.Of(operation, less), b, c),
            ScalarOperation.Select => ScalarExpression.Select(less, b, c),
            ScalarOperation.Add or ScalarOperation.Subtract or ScalarOperation.Multiply or ScalarOperation.Divide or ScalarOperation.Min or ScalarOperation.Max or ScalarOperation.Pow =>
                ScalarExpression.Of(operation, a, b),
            _ => ScalarExpression.Of(operation, a),
        };
    }
}
