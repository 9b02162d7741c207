using NetCompiler.Generators.Declaration;
using NetCompiler.Generators.Ops;
using Xunit;

namespace NetCompiler.Generators.Tests.Declaration;

public class FunctionReaderTests
{
    private static readonly double[] Points = [-3.5, -1, -0.25, 0, 0.5, 1, 2.75];

    public static TheoryData<string, Func<double, double>> Bodies => new()
    {
        { "=> x / (1 + MathF.Exp(-x));", x => x / (1 + Math.Exp(-x)) },
        { "=> x > 0 ? x : 0.1f * x;", x => x > 0 ? x : 0.1f * x },
        { "=> x;", x => x },
        { "=> 3;", _ => 3 },
        { "=> (float)(Math.Tanh(x) * Math.PI);", x => Math.Tanh(x) * Math.PI },
        { "=> Half(Half(x)) + Constant;", x => (x / 4) + 1.5 },
        { "{ float y = x * x; y += 1; return MathF.Sqrt(y); }", x => Math.Sqrt((x * x) + 1) },
        { "{ if (x < 0) { return -x; } return 2 * x; }", x => x < 0 ? -x : 2 * x },
        { "{ if (x < -1) return -1; else if (x > 1) return 1; else return x; }", x => x < -1 ? -1 : x > 1 ? 1 : x },
        { "{ float y = 1; if (x >= 0 && x != 1) { y = x; } else { y -= x; } return y; }", x => x >= 0 && x != 1 ? x : 1 - x },
        { "{ if (x > 0) { if (x > 1) { return 1; } } return x; }", x => x > 1 ? 1 : x },
        { "{ const int n = 7; int half = n / 2; return x * half; }", x => x * 3 },
        { "=> MathF.Max(MathF.Min(x, 1), -1) + Math.Clamp(x, -2f, 2f);", x => Math.Max(Math.Min(x, 1), -1) + Math.Clamp(x, -2, 2) },
        { "=> MathF.Ceiling(x) + MathF.Floor(x) + MathF.Abs(x) + MathF.Sinh(x) + float.Cosh(x);", x => Math.Ceiling(x) + Math.Floor(x) + Math.Abs(x) + Math.Sinh(x) + Math.Cosh(x) },
        { "=> !(x > 0) || x == 0.5f ? 1 : MathF.Pow(x, 2);", x => !(x > 0) || x == 0.5 ? 1 : x * x },
        { "=> Choose(x, other: 2);", x => x > 0 ? 2 : x },
        { "{ bool b; if (x < -1) { b = true; } else { b = x > 1; } return b ? 1 : 2; }", x => x < -1 || x > 1 ? 1 : 2 },
        { "=> (x < 0 ? false : x < 1) ? 1 : 2;", x => x >= 0 && x < 1 ? 1 : 2 },
        { "=> (x < 1 ? x > -1 : false) ? 1 : 2;", x => x < 1 && x > -1 ? 1 : 2 },
        { "=> (x < 1 ? x > -1 : true) ? 1 : 2;", x => x >= 1 || x > -1 ? 1 : 2 },
        { "=> (x < 0 ? x < -1 : x < 1) ? 1 : 2;", x => x < 0 ? (x < -1 ? 1 : 2) : x < 1 ? 1 : 2 },
        { "=> (x < 0 ? true : false) ? x : (x < 1 ? false : true) ? 3 : 4;", x => x < 0 ? x : x < 1 ? 4 : 3 },
        { "{ bool on = true; return (on && x < 0) || (x > 1 && !on) ? 1 : 2; }", x => x < 0 ? 1 : 2 },
        { "=> ((x < 0) == (x < 1)) ^ (x != 2.75f) ? 1 : 2;", x => ((x < 0) == (x < 1)) ^ (x != 2.75) ? 1 : 2 },
    };

    [Theory]
    [MemberData(nameof(Bodies))]
    public void Instructions_ComputeWhatTheMethodDoes(string body, Func<double, double> expected)
    {
        FunctionSpec function = Read(body);
        Assert.Equal("F", function.Method);
        Assert.Equal(["x"], function.Parameters);
        Assert.All(function.Instructions, instruction => Assert.True(Enum.TryParse<ScalarOperation>(instruction.Operation, out _)));
        foreach (double point in Points)
        {
            Assert.Equal(expected(point), ScalarEvaluator.Run(function, point), 1e-6);
        }
    }

    [Fact]
    public void RepeatedExpressions_AreOneInstruction()
    {
        FunctionSpec function = Read("=> MathF.Exp(x) * MathF.Exp(x);");
        Assert.Equal(["Exp", "Multiply"], function.Instructions.Select(instruction => instruction.Operation));
        Assert.Equal("MathF.Exp(x) * MathF.Exp(x)", function.Source);
    }

    [Theory]
    [InlineData("=> Table[0] * x;", "Table[0]")]
    [InlineData("{ for (int i = 0; i < 3; i++) { x += 1; } return x; }", "for (int i = 0; i < 3; i++) { x += 1; }")]
    [InlineData("=> (int)x;", "(int)x")]
    [InlineData("=> MathF.Cbrt(x);", "MathF.Cbrt(x)")]
    [InlineData("=> x % 2;", "x % 2")]
    [InlineData("{ static float G(float y) => y; return G(x); }", "static float G(float y) => y;")]
    public void AnythingElse_IsNamedAtItsPlace(string body, string expression)
    {
        DeclarationResult result = Declare(body);
        Finding finding = Assert.Single(result.Findings);
        Assert.Equal("NC0403", finding.Id);
        Assert.Equal(expression, finding.Location.SourceTree!.ToString().Substring(finding.Location.SourceSpan.Start, finding.Location.SourceSpan.Length));
        Assert.True(result.Spec!.IsFaulty);
    }

    [Theory]
    [InlineData("=> undefined(x);")]
    [InlineData("=> ;")]
    [InlineData("{ }")]
    [InlineData("{ return")]
    [InlineData("=> x + \"a\";")]
    public void WhatTheCompilerReports_IsNotReportedAgain(string body)
    {
        DeclarationResult result = Declare(body);
        Assert.Empty(result.Findings);
        Assert.True(result.Spec!.IsFaulty);
    }

    [Fact]
    public void CallsThatDouble_EndAtTheLimit()
    {
        string chain = string.Join("\n", Enumerable.Range(0, 40).Select(i => $"static float F{i}(float x) => F{i + 1}(x) + F{i + 1}(x);"));
        DeclarationResult result = Declare("=> F0(x);\n" + chain + "\nstatic float F40(float x) => x;");
        Assert.Equal("NC0404", Assert.Single(result.Findings).Id);
    }

    [Theory]
    [InlineData("Select")]
    [InlineData("Equal")]
    public void ConditionsAreNoOperands_OfWhatTakesNumbers(string operation)
    {
        foreach (object[] row in Bodies)
        {
            FunctionSpec function = Read((string)row[0]);
            foreach (ScalarInstruction instruction in function.Instructions.Where(instruction => instruction.Operation == operation))
            {
                Assert.All(instruction.Operands.Skip(operation == "Select" ? 1 : 0), operand
                    => Assert.False(operand > 0 && function.Instructions[operand - 1].Operation is "Less" or "LessOrEqual" or "Equal" or "And" or "Or" or "Not"));
            }
        }
    }

    [Theory]
    [InlineData("y = y * y + y;", 20)]
    [InlineData("y = y + x;", 2000)]
    public void LocalsThatGrowIntoAHugeFormula_AreReported(string line, int count)
    {
        Finding finding = Assert.Single(Declare("{ float y = x;" + string.Concat(Enumerable.Repeat(line, count)) + " return y; }").Findings);
        Assert.Equal("NC0404", finding.Id);
    }

    [Fact]
    public void ReusedLocals_StayReadableBelowTheLimit()
        => Assert.Equal(12, Read("{ float y = x;" + string.Concat(Enumerable.Repeat("y = y * y + y;", 6)) + " return y; }").Instructions.Count);

    [Fact]
    public void ExpressionsThatNestTooDeeply_OverflowNoStack()
    {
        DeclarationResult result = Declare("=> x" + string.Concat(Enumerable.Repeat(" + x", 20_000)) + ";");
        Assert.Equal("NC0404", Assert.Single(result.Findings).Id);
    }

    private static FunctionSpec Read(string body)
    {
        DeclarationResult result = Declare(body);
        Assert.Empty(result.Findings);
        return result.Spec!.Layers[0].Function!;
    }

    private static DeclarationResult Declare(string body) => NetworkReaderTests.Read($$"""
        [Network]
        [Input(4)]
        [Dense(1, ActivationMethod = nameof(F))]
        public partial class Digits
        {
            const float Constant = 1.5f;
            static readonly float[] Table = [1];
            static float Half(float x) => x / 2;
            static float Choose(float x, float factor = 1, float other = 0) { if (x > 0) { x = other * factor; } return x; }
            static float F(float x) {{body}}
        }
        """);
}
