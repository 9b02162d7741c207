using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using NetCompiler.Generators.Declaration;
using NetCompiler.Generators.Diagnostics;
using NetCompiler.Generators.Graph.Layers;
using NetCompiler.TestKit;
using Xunit;

namespace NetCompiler.Generators.Tests.Declaration;

public class ForwardReaderTests
{
    private static NetworkSpec Valid(string members) => NetworkReaderTests.ReadValid($"[Network]\npublic partial class Digits\n{{\n{members}\n}}");

    private static string Names(string members) => string.Join(" ", Valid(members).Layers.Select(layer => layer.Name));

    /// <summary>The single finding, its place as text, and its message.</summary>
    private static (string Id, string Place, string Message) Finding(string members)
    {
        Finding finding = Assert.Single(NetworkReaderTests.Read($"[Network]\npublic partial class Digits\n{{\n{members}\n}}").Findings);
        string place = finding.Location.SourceTree!.GetText().ToString(finding.Location.SourceSpan);
        return (finding.Id, place, finding.ToDiagnostic(new AnalyzerOptions([])).GetMessage(CultureInfo.InvariantCulture));
    }

    [Fact]
    public void InputsOutputsAndOperands_AreNumberedAsTheyAreRead()
    {
        NetworkSpec spec = Valid("""
            static (Tensor Genre, Tensor HighScore) Forward([Tokens(40, Vocabulary = 100, Padding = 0)] Tensor title, [Input(8, 2)] Tensor author)
            {
                Tensor seen = Tensor.Concat(title.Embedding(4).Flatten(), author.Flatten());
                return (seen.Dense(8).Softmax(), seen.Dense(1));
            }
            """);
        Assert.Equal([new InputSpec("title", [40], 100, 0), new InputSpec("author", [8, 2])], spec.Inputs);
        Assert.Equal(["embedding1", "flatten1", "flatten2", "concat1", "dense1", "activation1", "dense2"], spec.Layers.Select(layer => layer.Name));
        Assert.Equal([new OutputSpec("genre", 7), new OutputSpec("highScore", 8)], spec.Outputs);
        Assert.Equal(100, spec.Layers[0].Vocabulary);
        Assert.Equal([3, 4], spec.Layers[3].Operands);
        Assert.Equal("Softmax", spec.Layers[5].Enumeration("Activation"));
        Assert.Equal("seen.Dense(8).Softmax()", spec.Layers[5].Source);
        Assert.True(spec.IsFunctional);
    }

    [Fact]
    public void SingleOutput_IsCalledOutput_AndAnInputMayBeCalledLikeAKeyword()
    {
        NetworkSpec spec = Valid("static Tensor Forward([Input(4)] Tensor @class) => @class.Dense(2);");
        Assert.Equal("output", spec.Outputs[0].Name);
        Assert.Equal("class", spec.Inputs[0].Name);
    }

    [Theory]
    [InlineData("for (int i = 1; i <= 3; i++) { x = x.Dense(i); }", "dense1 dense2 dense3")]
    [InlineData("foreach (int units in new[] { 3, 5 }) { x = x.Dense(units); }", "dense1 dense2")]
    [InlineData("foreach (var (units, _) in new[] { (3, 1), (5, 2) }) { x = x.Dense(units); }", "dense1 dense2")]
    [InlineData("int i = 4; while (i > 1) { i /= 2; x = x.Dense(i); }", "dense1 dense2")]
    [InlineData("int i = 0; do { x = x.Dense(2); } while (++i < 2);", "dense1 dense2")]
    [InlineData("for (int i = 0; ; i++) { if (i == 1) continue; if (i > 2) break; x = x.Dense(2, name: $\"d{i}\"); }", "d0 d2")]
    [InlineData("x = x.Shape[^1] > 3 ? x.Dense(2) : x.Relu();", "dense1")]
    [InlineData("x = x.Shape.Length switch { 1 => x.Relu(), _ => x.Dense(2) };", "relu1")]
    [InlineData("switch (x.Shape[0] % 4) { case 0 when x.Shape[0] > 9: x = x.Tanh(); break; case 0: x = x.Relu(); break; default: x = x.Exp(); break; }", "relu1")]
    [InlineData("var (a, b) = (x.Dense(2), x.Dense(3)); x = Tensor.Concat([a, b], axis: 0);", "dense1 dense2 concat1")]
    [InlineData("var all = new Tensor[2]; for (int i = 0; i < all.Length; i++) all[i] = x.Dense(i + 1); x = Tensor.Concat(all);", "dense1 dense2 concat1")]
    [InlineData("Tensor[] all = [x, x.Relu()]; x = Tensor.Add([.. all, x]);", "relu1 add1")]
    [InlineData("Activation a = x.Shape[0] is > 2 and < 9 ? Activation.Relu : Activation.Tanh; x = x.Dense(2, a);", "dense1")]
    [InlineData("x = 1 - x / 2;", "constant1 divide1 constant2 subtract1")]
    [InlineData("x += 1; x *= x; x = -x;", "constant1 add1 multiply1 negate1")]
    [InlineData("Tensor Local(Tensor y) => y.Dense(2); x = Local(Local(x));", "local1.dense1 local2.dense1")]
    [InlineData("Func<Tensor, Tensor> f = y => y.Dense(2); x = f(x);", "block1.dense1")]
    [InlineData("x = Half(x, 2).Dense(Math.Max(1, x.Shape[0] / 2));", "half1.dense1 dense1")]
    [InlineData("x = Deep(x);", "deep1.half1.dense1 deep1.half2.dense1 deep1.dense1")]
    [InlineData("var shared = Tensor.Share(Half); x = shared(shared(x, 1), 1);", "half1.dense1 half1.dense1")]
    [InlineData("x = x.Sum(0).Reshape([1]);", "sum1 reshape1")]
    [InlineData("long t = 3; x = x.Dense((int)((t << 33) >> 33), name: $\"d{t << 33}\");", "d25769803776")]
    [InlineData("int i = 33, j = -1; x = x.Dense(1 << i, name: $\"d{1 << i}_{256 >> i}_{j >>> 28}_{-1L >>> 60}\");", "d2_128_15_15")]
    [InlineData("long t = 9007199254740993; x = x.Dense(t == 9007199254740992 ? 0 : 1, name: $\"d{t + 1}\");", "d9007199254740994")]
    [InlineData("float[] f = new float[2]; f[0] += 1.5f; long[] n = new long[1]; n[0]++; x = x.Dense((int)(2 * f[0]), name: $\"d{(int)(2 * f[0])}_{n[0]}\");", "d3_1")]
    public void Code_IsRunWhileItIsRead(string statements, string names)
        => Assert.Equal(names, Names($$"""
            static Tensor Forward([Input(4)] Tensor x) { {{statements}} return x; }

            static Tensor Half(Tensor x, int parts = 2) => x.Dense(x.Shape[^1] / parts);

            static Tensor Deep(Tensor x) => Half(Half(x)).Dense(3);
            """));

    [Fact]
    public void SharedBlock_UsesTheWeightsOfItsFirstCall()
    {
        NetworkSpec spec = Valid("""
            static Tensor Forward([Input(4)] Tensor a, [Input(4)] Tensor b)
            {
                var read = Tensor.Share(Read);
                return Tensor.Concat(read(a), Read(b), read(b));
            }

            static Tensor Read(Tensor x) => x.Dense(8).Relu().Dense(2);
            """);
        Assert.Equal(["read1.dense1", "read1.relu1", "read1.dense2", "read2.dense1", "read2.relu1", "read2.dense2", "read1.dense1", "read1.relu1", "read1.dense2", "concat1"], spec.Layers.Select(layer => layer.Name));
        Assert.Equal([-1, -1, -1, -1, -1, -1, 0, 1, 2, -1], spec.Layers.Select(layer => layer.SharedWith));
    }

    [Fact]
    public void Parameter_IsNamedBehindItsBlock()
    {
        NetworkSpec spec = Valid("""
            static Tensor Forward([Input(4)] Tensor x) => ScaleRows(x) + Tensor.Parameter("shift", [x.Shape[0]], Initializer.Zeros, l2: 0.1);

            static Tensor ScaleRows(Tensor x) => x * Tensor.Parameter("scale", [4], Initializer.Ones);
            """);
        Assert.Equal(["scale_rows1.scale", "scale_rows1.multiply1", "shift", "add1"], spec.Layers.Select(layer => layer.Name));
        Assert.Equal([4], spec.Layers[2].Integers("Shape"));
        Assert.Equal("Zeros", spec.Layers[2].Enumeration("Initializer"));
        Assert.Equal(0.1, spec.Layers[2].Real("L2"));
    }

    [Fact]
    public void Losses_JudgeTheirOutputs_AndTargetsAreCalledAfterThem()
    {
        NetworkSpec spec = NetworkReaderTests.ReadValid("""
            [Network]
            [Loss(Loss.SparseCategoricalCrossentropy, Output = "genre", Weight = 2)]
            [Loss(nameof(Both))]
            [NoLoss("Rest")]
            public partial class Digits
            {
                static (Tensor Genre, Tensor Score, Tensor Rest) Forward([Input(4)] Tensor x) => (x.Dense(8).Softmax(), x.Dense(8).Sigmoid(), x.Dense(1));

                static Tensor Both(Tensor score, Tensor genre, [Input(8)] Tensor truth, [Setting(0.5)] float lambda) => ((score - genre) * truth * lambda).Mean();
            }
            """);
        Assert.Equal(new TargetSpec("genre", default, 8), spec.Losses[0].Targets[0]);
        Assert.Equal([0], spec.Losses[0].Outputs);
        Assert.Equal([1, 0], spec.Losses[1].Outputs);
        Assert.Equal("truth", spec.Losses[1].Targets[0].Name);
    }

    [Fact]
    public void Choices_GiveAVariantPerCombination()
    {
        NetworkSpec spec = Valid("static Tensor Forward([Input(4)] Tensor x, [Choice(8, 16)] int units, [Choice(1, 0)] int extra) => extra > 0 ? x.Dense(units).Relu().Dense(1) : x.Dense(1);");
        Assert.Equal(["Units8Extra1", "Units8Extra0", "Units16Extra1", "Units16Extra0"], spec.Variants.Select(variant => variant.Name));
        Assert.Null(spec.Variants[0].Network);
        Assert.Equal(8, spec.Layers[0].Integer("Units"));
        NetworkSpec last = spec.Variants[3].Network!;
        Assert.Equal(["partial class Digits"], last.Containers);
        Assert.Equal(1, Assert.Single(last.Layers).Integer("Units"));
        Assert.Equal(16, spec.Variants[2].Network!.Layers[0].Integer("Units"));
    }

    [Fact]
    public void EveryVariant_HasTheFormatOfItsClass()
    {
        NetworkSpec spec = NetworkReaderTests.ReadValid("[Network(Weights = WeightFormat.BFloat16)]\npublic partial class Digits\n{\nstatic Tensor Forward([Input(4)] Tensor x, [Choice(8, 16)] int units) => x.Dense(units);\n}");
        Assert.Equal(["BFloat16", "BFloat16"], spec.Variants.Select(variant => (variant.Network ?? spec).WeightFormat));
    }

    [Theory]
    [InlineData("return x.Dense(Random.Shared.Next());", "NC0403", "Random.Shared.Next()")]
    [InlineData("return Console.In is null ? x : x.Relu();", "NC0403", "Console.In")]
    [InlineData("try { return x; } finally { }", "NC0403", "try { return x; } finally { }")]
    [InlineData("return x.Map(y => y * y);", "NC0403", "y => y * y")]
    [InlineData("return x.BatchMean();", "NC0403", "x.BatchMean()")]
    [InlineData("while (true) { }", "NC0404", "while (true)")]
    [InlineData("for (int i = 0; i < 1_000_000; i++) { for (int k = 0; k < 2; k++) { } } return x;", "NC0404", "for (int i = 0; i < 1_000_000; i++)")]
    [InlineData("for (int i = 0; i < 20_000; i++) { x = x.Relu(); } return x;", "NC0404", "for (int i = 0; i < 20_000; i++)")]
    [InlineData("return Endless(x);", "NC0404", "Endless(y)")]
    [InlineData("return x.Dense(0);", "NC0201", "0")]
    [InlineData("for (int i = 0; i < 3; i++) { x = x.Dense(0); } return x;", "NC0201", "0")]
    [InlineData("return x + x.Dense(3);", "NC0233", "x + x.Dense(3)")]
    [InlineData("return Tensor.Concat([x, x], axis: 3);", "NC0312", "axis: 3")]
    [InlineData("return x.Dense(x.Shape[2]);", "NC0312", "x.Shape[2]")]
    [InlineData("return x.Dense(x.Shape[-2]);", "NC0312", "x.Shape[-2]")]
    [InlineData("return x.Dense(x.Shape[1]);", "NC0605", "x.Shape[1]")]
    [InlineData("return x.Mean(1);", "NC0605", "1")]
    [InlineData("return x.Dense(1, name: \"9\");", "NC0103", "name: \"9\"")]
    [InlineData("return Tensor.Parameter(\"w\", [-1]) + x;", "NC0210", "[-1]")]
    [InlineData("return x.Dropout(double.NaN);", "NC0205", "double.NaN")]
    [InlineData("return x.Sum().Dense(1);", "NC0202", "Dense(1)")]
    public void WhatForwardMayNotContain_IsMarkedThere(string statements, string id, string place)
    {
        (string found, string marked, string message) = Finding($"static Tensor Forward([Input(4)] Tensor x) {{ {statements} }} static Tensor Endless(Tensor y) => Endless(y);");
        Assert.Equal((id, place), (found, marked));
        Assert.True(id != "NC0403" || message.Contains("allowed are", StringComparison.Ordinal), message);
    }

    [Fact]
    public void BranchesOfDifferentShapes_NameBothShapesAndBothOrigins()
        => Assert.Equal(
            "add1: (8) from dense1 and (3) from dense2 do not fit; from the last axis on, sizes must be equal or 1",
            Finding("static Tensor Forward([Input(4)] Tensor x) => x.Dense(8) + x.Dense(3);").Message);

    [Theory]
    [InlineData("x.Dense(8).Mean(1)", "Axis 1 does not exist in (8) of dense1; the batch is not an axis here, so Keras's axis 1 is 0")]
    [InlineData("x.Dense(x.Dense(8).Shape[^2])", "Axis ^2 does not exist in (8) of dense1; axes count from 0, or from the end with -1, and the batch is not among them")]
    [InlineData("x.Dense(x.Shape[7])", "Axis 7 does not exist in (4) of x; axes count from 0, or from the end with -1, and the batch is not among them")]
    public void AxesThatDoNotExist_NameWhatHasOthers(string expression, string message)
        => Assert.Equal(message, Finding($"static Tensor Forward([Input(4)] Tensor x) => {expression};").Message);

    [Fact]
    public void SharedBlock_OfAnotherShape_NamesBothUses()
        => Assert.Equal(
            "Read is shared, but needs read1.dense1.kernel (3, 8) for b (3) here and (4, 8) for a (4) in its first call",
            Finding("""
                static Tensor Forward([Input(4)] Tensor a, [Input(3)] Tensor b) { var read = Tensor.Share(Read); return read(a) + read(b); }
                static Tensor Read(Tensor x) => x.Dense(8);
                """).Message);

    [Fact]
    public void BlockOfAnotherAssembly_IsReported()
    {
        Compilation library = RoslynHarness.Compile("using NetCompiler; public static class Blocks { public static Tensor Residual(Tensor x) => x; }").WithAssemblyName("Library");
        Compilation project = RoslynHarness.Compile("using NetCompiler; [Network] public partial class Digits { static Tensor Forward([Input(4)] Tensor x) => Blocks.Residual(x); }")
            .AddReferences(library.ToMetadataReference());
        Finding finding = Assert.Single(NetworkReader.Read(project.Type("Digits"), CancellationToken.None).Findings);
        Assert.Equal("NC0601", finding.Id);
        Assert.Equal(["Blocks.Residual", "Library"], finding.Arguments);
    }

    [Theory]
    [InlineData("static Tensor Forward([Input(4)] Tensor threads) => threads.Dense(1);", "NC0105")]
    [InlineData("static (Tensor A, Tensor B) Forward([Input(4)] Tensor a) => (a.Dense(1), a.Dense(1));", "NC0105")]
    [InlineData("static Tensor Forward([Input(4)] Tensor a, [Input(4)] Tensor weight) => a + weight;", "NC0105")]
    [InlineData("static (Tensor, Tensor) Forward([Input(4)] Tensor a) => (a.Dense(1), a.Dense(1));", "NC0010")]
    [InlineData("Tensor Forward([Input(4)] Tensor a) => a.Dense(1);", "NC0010")]
    [InlineData("static Tensor Forward([Input(4)] Tensor a, int units) => a.Dense(units);", "NC0606")]
    [InlineData("static Tensor Forward([Tokens(4)] Tensor a) => a.Embedding(2);", "NC0201")]
    [InlineData("static Tensor Forward([Tokens(4, Vocabulary = 3, Padding = 3)] Tensor a) => a.Embedding(2);", "NC0201")]
    [InlineData("static Tensor Forward([Tokens(4, Vocabulary = 3)] Tensor a) => a;", "NC0232")]
    [InlineData("static Tensor Forward([Tokens(4, Vocabulary = 3)] Tensor a) => a * 2;", "NC0232")]
    [InlineData("static Tensor Forward([Input(4)] Tensor a, [Input(4)] Tensor b) => a + b; const int ALength = 3;", "NC0104")]
    public void SignaturesAndNames_ThatCannotStand(string members, string id) => Assert.Equal(id, Finding(members).Id);

    [Fact]
    public void OutputWhoseNameCannotStand_IsOneMistake()
    {
        DeclarationResult result = NetworkReaderTests.Read("""
            [Network]
            [Loss(Loss.SparseCategoricalCrossentropy, Output = "Kind")]
            [Loss(Loss.MeanSquaredError, Output = "Weight")]
            public partial class Digits
            {
                static (Tensor Kind, Tensor Weight) Forward([Input(4)] Tensor title) => (title.Dense(2).Softmax(), title.Dense(1));
            }
            """);
        Assert.Equal("NC0105", Assert.Single(result.Findings).Id);
        Assert.Equal([0, 1], result.Spec!.Losses.Select(loss => loss.Outputs[0]));
    }

    [Fact]
    public void FaultyForward_StillNamesInputsOutputsAndTargets()
    {
        NetworkSpec spec = NetworkReaderTests.Read("""
            [Network]
            [Loss(Loss.MeanSquaredError, Output = "Score")]
            public partial class Digits
            {
                static (Tensor Genre, Tensor Score) Forward([Input(4)] Tensor title, [Input(3)] Tensor text) => (title.Dense(2), Unknown.Call(text));
            }
            """).Spec!;
        Assert.True(spec.IsFaulty);
        Assert.Equal(["title", "text"], spec.Inputs.Select(input => input.Name));
        Assert.Equal(["genre", "score"], spec.Outputs.Select(output => output.Name));
        Assert.Equal("score", spec.Losses[0].Targets[0].Name);
    }

    [Fact]
    public void SameSource_GivesEqualSpecs()
    {
        const string Members = "static Tensor Forward([Input(4)] Tensor x, [Choice(1, 2)] int units) => (x * Tensor.Parameter(\"w\", [4])).Dense(units);";
        NetworkSpec first = Valid(Members), second = Valid("// moved by a line\n" + Members);
        Assert.Equal(first, second);
        Assert.Equal(first.GetHashCode(), second.GetHashCode());
    }
}
