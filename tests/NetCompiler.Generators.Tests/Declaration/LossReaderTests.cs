using NetCompiler.Generators.Declaration;
using NetCompiler.Generators.Graph.Layers;
using Xunit;

namespace NetCompiler.Generators.Tests.Declaration;

public class LossReaderTests
{
    [Fact]
    public void PerElementLoss_NamesItsTargetAfterTheParameter()
    {
        LossSpec loss = Read("static float L(float guess, float truth) => (guess - truth) * (guess - truth);");
        Assert.Equal("L", loss.Method);
        Assert.Equal(new TargetSpec("truth", new[] { 1 }, 0), loss.Targets[0]);
        Assert.Equal(4, ScalarEvaluator.Run(loss.Function!, 3, 1));
    }

    [Theory]
    [InlineData("begin")]
    [InlineData("want")]
    [InlineData("toString")]
    [InlineData("equals")]
    [InlineData("getType")]
    [InlineData("stagedWeights")]
    [InlineData("inputLength")]
    [InlineData("training")]
    public void SettingsNamedAsMembersOfTraining_AreReportedAndRenamed(string name)
    {
        DeclarationResult result = NetworkReaderTests.Read($$"""
            [Network]
            [Input(4)]
            [Dense(1)]
            [Loss(nameof(L))]
            public partial class Digits
            {
                static Tensor L(Tensor output, [Input(1)] Tensor target, [Setting(0.1)] float {{name}}) => ({{name}} * (output - target)).Mean();
            }
            """);
        Assert.Equal("NC0105", Assert.Single(result.Findings).Id);
        Assert.Equal(name + "X", result.Spec!.Losses[0].Settings[0].Name);
    }

    [Theory]
    [InlineData("rate", "rate")]
    [InlineData("my_rate", "myRate")]
    public void SettingsOfOneMemberName_AreReportedAndRenamed(string first, string second)
    {
        DeclarationResult result = NetworkReaderTests.Read($$"""
            [Network]
            [Input(4)]
            [Dense(1)]
            [Loss(nameof(L))]
            [Loss(nameof(M))]
            public partial class Digits
            {
                static Tensor L(Tensor output, [Input(1)] Tensor target, [Setting(0.1)] float {{first}}) => ({{first}} * (output - target)).Mean();
                static Tensor M(Tensor output, [Input(1)] Tensor target, [Setting(0.1)] float {{second}}) => ({{second}} * (output - target)).Mean();
            }
            """);
        Assert.Equal("NC0105", Assert.Single(result.Findings).Id);
        Assert.Equal([first, second + "X"], result.Spec!.Losses.SelectMany(loss => loss.Settings).Select(setting => setting.Name));
    }

    [Fact]
    public void FairScore_ReadsTargetsSettingsAndOperations()
    {
        LossSpec loss = Read("""
            static Tensor L(Tensor score, [Input(1)] Tensor label, [Input(1)] Tensor group, [Setting(0.1)] float lambda)
            {
                Tensor gap = (score * group).BatchSum() / group.BatchSum()
                           - (score * (1 - group)).BatchSum() / (1 - group).BatchSum();
                return Losses.BinaryCrossentropy(score, label) + lambda * gap.Square();
            }
            """);
        Assert.Equal(["label", "group"], loss.Targets.Select(target => target.Name));
        Assert.Equal(new SettingSpec("lambda", 0.1), loss.Settings[0]);
        Assert.Equal(
            """
            4: Multiply(0, 2) score * group
            5: BatchSum(4) (score * group).BatchSum()
            6: BatchSum(2) group.BatchSum()
            7: Divide(5, 6) (score * group).BatchSum() / group.BatchSum()
            8: Constant() 1
            9: Subtract(8, 2) 1 - group
            10: Multiply(0, 9) score * (1 - group)
            11: BatchSum(10) (score * (1 - group)).BatchSum()
            12: Constant() 1
            13: Subtract(12, 2) 1 - group
            14: BatchSum(13) (1 - group).BatchSum()
            15: Divide(11, 14) (score * (1 - group)).BatchSum() / (1 - group).BatchSum()
            16: Subtract(7, 15) (score * group).BatchSum() / group.BatchSum() - (score * (1 - group)).BatchSum() / (1 - group).BatchSum()
            17: Losses.BinaryCrossentropy(0, 1) Losses.BinaryCrossentropy(score, label)
            18: Square(16) gap.Square()
            19: Multiply(3, 18) lambda * gap.Square()
            20: Add(17, 19) Losses.BinaryCrossentropy(score, label) + lambda * gap.Square()
            """.ReplaceLineEndings("\n"),
            Print(loss, 4));
    }

    [Fact]
    public void HelpersConstantsAndFunctions_AreInlined()
    {
        LossSpec loss = Read("""
            const double Floor = 0.01;
            static float Soft(float x) => MathF.Log(1 + MathF.Exp(x));
            static Tensor Distance(Tensor a, Tensor b, double power) => (a - b).Pow(power).Clip(Floor, 10 / 4.0);
            static Tensor L(Tensor output, [Input(1)] Tensor target)
            {
                Tensor distance = Distance(output, target, 1.5 * 2);
                distance += -distance.Map(Soft);
                return Tensor.Maximum(distance, 0).Mean();
            }
            """);
        Assert.Equal(
            """
            2: Subtract(0, 1) a - b
            3: Pow(2) (a - b).Pow(power)
            4: Clip(3) (a - b).Pow(power).Clip(Floor, 10 / 4.0)
            5: Map(4) distance.Map(Soft)
            6: Negate(5) -distance.Map(Soft)
            7: Add(4, 6) distance += -distance.Map(Soft)
            8: Constant() 0
            9: Maximum(7, 8) Tensor.Maximum(distance, 0)
            10: Mean(9) Tensor.Maximum(distance, 0).Mean()
            """.ReplaceLineEndings("\n"),
            Print(loss, 2));
        Assert.Equal(3, loss.Operations[1].Real("Exponent"));
        Assert.Equal(0.01, loss.Operations[2].Real("Min"));
        Assert.Equal(2.5, loss.Operations[2].Real("Max"));
        Assert.Equal("Soft", loss.Operations[3].Function!.Method);
    }

    [Fact]
    public void LoopsBlocksAndLayersWithoutWeights_AreReadAsInForward()
    {
        LossSpec loss = Read("""
            static Tensor L(Tensor output, [Input(1)] Tensor target, [Setting(0.5)] float lambda)
            {
                Tensor Part(Tensor x, int place) => x.Slice(0, place, 1).Softmax();
                Tensor total = 0;
                for (int i = 0; i < 2; i++)
                {
                    total += Part(Tensor.Concat([output, target], axis: 0), i) * (i switch { 0 => 1, _ => -2 });
                }

                return total.Mean() * System.MathF.Exp(lambda);
            }
            """);
        Assert.Equal(
            """
            3: Concat(0, 1) Tensor.Concat([output, target], axis: 0)
            4: Slice(3) x.Slice(0, place, 1)
            5: Activation(4) x.Slice(0, place, 1).Softmax()
            6: Constant() 1
            7: Multiply(5, 6) Part(Tensor.Concat([output, target], axis: 0), i) * (i switch { 0 => 1, _ => -2 })
            8: Constant() 0
            9: Add(8, 7) total += Part(Tensor.Concat([output, target], axis: 0), i) * (i switch { 0 => 1, _ => -2 })
            10: Concat(0, 1) Tensor.Concat([output, target], axis: 0)
            11: Slice(10) x.Slice(0, place, 1)
            12: Activation(11) x.Slice(0, place, 1).Softmax()
            13: Constant() -2
            14: Multiply(12, 13) Part(Tensor.Concat([output, target], axis: 0), i) * (i switch { 0 => 1, _ => -2 })
            15: Add(9, 14) total += Part(Tensor.Concat([output, target], axis: 0), i) * (i switch { 0 => 1, _ => -2 })
            16: Mean(15) total.Mean()
            17: Exp(2) System.MathF.Exp(lambda)
            18: Multiply(16, 17) total.Mean() * System.MathF.Exp(lambda)
            """.ReplaceLineEndings("\n"),
            Print(loss, 3));
        Assert.Equal("part2.slice1", loss.Operations[8].Name);
        Assert.Equal(1, loss.Operations[8].Integer("Start"));
    }

    [Theory]
    [InlineData("static Tensor L(Tensor o) => 3;", "1: Constant() 3")]
    [InlineData("static Tensor L(Tensor o) => o;", "1: Constant() 1|2: Multiply(0, 1) ")]
    [InlineData("static Tensor L(Tensor o) { Tensor y = o.Square(); Tensor z = y.Exp(); return y; }", "1: Square(0) o.Square()")]
    public void Result_IsTheLastOperation(string members, string expected) => Assert.Equal(expected, string.Join("|", Print(Read(members), 1).Split('\n').Select(line => line.Split("=> ")[0])).Replace(") static Tensor L(Tensor o) ", ") ", StringComparison.Ordinal));

    [Fact]
    public void SizesOfShapes_AreKnownWhileReading()
    {
        LossSpec loss = Read("static Tensor L(Tensor o, [Input(1)] Tensor t) { if (o.Shape[-1] > 1 || o.Shape[^1] > 1) { return o; } return (o - t).Square().Sum() / (2 * o.Shape[0]); }");
        Assert.Equal(["Subtract", "Square", "Sum", "Constant", "Divide"], loss.Operations.Select(operation => operation.Kind));
        Assert.Equal(2, loss.Operations[3].Real("Value"));
    }

    [Theory]
    [InlineData("static Tensor L(Tensor o, [Input(1)] Tensor t) => (o - t) * o.Shape[1];", "NC0605")]
    [InlineData("static Tensor L(Tensor o, [Input(1)] Tensor t) => (o - t) * o.Shape[2];", "NC0312")]
    [InlineData("static Tensor L(Tensor o, [Input(1)] Tensor t) => (o - t) * o.Shape[^2];", "NC0312")]
    [InlineData("static Tensor L(Tensor o, [Input(1)] Tensor t) => (o - t) * o.Shape[^0];", "NC0312")]
    [InlineData("static Tensor L(Tensor o, [Input(1)] Tensor t) => (o - t).Mean(1);", "NC0605")]
    [InlineData("static Tensor L(Tensor o, [Input(1)] Tensor t) { if (t.Equals(o)) { return o; } return t; }", "NC0403")]
    [InlineData("static Tensor L(Tensor o, [Input(1)] Tensor t) => L(o, t);", "NC0404")]
    [InlineData("static Tensor L(Tensor o, [Input(1)] Tensor t) { while (true) { o += t; } }", "NC0404")]
    [InlineData("static Tensor L(Tensor o, [Input(1)] Tensor t, [Setting(1)] float s) { if (s > 0) { return o; } return t; }", "NC0403")]
    [InlineData("static Tensor L(Tensor o, [Input(1)] Tensor t) => (o - t.BatchNormalization()).Mean();", "NC0403")]
    [InlineData("static Tensor L(Tensor o, [Input(1)] Tensor t) => (o * Tensor.Parameter(\"scale\", [1])).Mean();", "NC0403")]
    [InlineData("static Tensor L(Tensor o, [Input(1)] Tensor t) => Losses.SparseCategoricalCrossentropy(o.RepeatVector(3), t);", "NC0311")]
    [InlineData("static Tensor L(Tensor o, Tensor t) => o - t;", "NC0303")]
    [InlineData("static Tensor L([Input(1)] Tensor t) => t;", "NC0303")]
    [InlineData("static Tensor L(Tensor o, float number) => o * number;", "NC0303")]
    [InlineData("Tensor L(Tensor o) => o;", "NC0303")]
    [InlineData("static Tensor L(Tensor o, [Input(0)] Tensor t) => o - t;", "NC0210")]
    [InlineData("static Tensor L(Tensor o, [Input(1)] Tensor threads) => o - threads;", "NC0105")]
    [InlineData("static Tensor L(Tensor o, [Setting(1)] float losses) => o * losses;", "NC0105")]
    public void Mistakes_GiveOneFinding(string members, string id) => Assert.Equal(id, Assert.Single(Declare(members).Findings).Id);

    [Theory]
    [InlineData("static Tensor L(Tensor o, [Input(1)] Tensor t) => (o - t).Square().Mean(2);", "2|(1)|(o - t).Square()")]
    [InlineData("static Tensor L(Tensor o, [Input(1)] Tensor t) => (o - t) * t.Shape[2];", "2|(1)|t")]
    [InlineData("static Tensor L(Tensor o, [Input(1)] Tensor t) => o.Slice(1, 0, 1) - t;", "1|(1)|0|o")]
    [InlineData("static Tensor L(Tensor o, [Input(1)] Tensor t) => (o + t).Exp().Permute([1]).Mean();", "permute1|1|(1)|Keras counts from 1: write Permute(0)|(o + t).Exp()")]
    public void Mistakes_NameTheExpressionThatTheyAreOf(string members, string arguments) => Assert.Equal(arguments, string.Join("|", Assert.Single(Declare(members).Findings).Arguments));

    private static LossSpec Read(string members)
    {
        DeclarationResult result = Declare(members);
        Assert.Empty(result.Findings);
        return Assert.Single(result.Spec!.Losses);
    }

    private static DeclarationResult Declare(string members)
        => NetworkReaderTests.Read($"[Network]\n[Input(4)]\n[Dense(1, Activation = Activation.Sigmoid)]\n[Loss(nameof(L))]\npublic partial class Digits\n{{\n{members}\n}}");

    private static string Print(LossSpec loss, int first)
        => string.Join("\n", loss.Operations.Select((operation, i) => $"{first + i}: {operation.Kind}({string.Join(", ", operation.Operands)}) {operation.Source}"));
}
