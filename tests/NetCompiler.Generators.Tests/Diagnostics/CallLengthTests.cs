using Microsoft.CodeAnalysis.Diagnostics;
using NetCompiler.Generators.Diagnostics;
using NetCompiler.TestKit;
using Xunit;

namespace NetCompiler.Generators.Tests.Diagnostics;

public class CallLengthTests
{
    private const string Network = """
        using NetCompiler;

        [Network]
        [Input(4)]
        [Dense(3, Activation = Activation.Softmax)]
        [Loss(Loss.SparseCategoricalCrossentropy)]
        public partial class Iris;


        """;

    private const string Generated = """
        partial class Iris
        {
            public void Predict(System.ReadOnlySpan<float> input, System.Span<float> output) { }
            public float[] Predict(System.ReadOnlySpan<float> input) => [];
            public int Classify(System.ReadOnlySpan<float> input) => 0;
            public void Classify(System.ReadOnlySpan<float> input, System.Span<int> classes) { }
            public const int ParameterCount = 15;
            public void ExportParameters(System.Span<float> destination) { }
            public void ImportParameters(System.ReadOnlySpan<float> source) { }
            public static Iris Load(System.ReadOnlySpan<byte> file) => new();

            public sealed class Training
            {
                public float Step(System.ReadOnlySpan<float> input, System.ReadOnlySpan<int> target, System.ReadOnlySpan<float> sampleWeights = default) => 0;
            }
        }
        """;

    [Theory]
    [InlineData("echo.PredictNext([7], state, output);")]
    [InlineData("echo.PredictNext({|NC0501:[7, 8]|}, state, output);")]
    public async Task PredictNext_TakesOneStep(string call)
    {
        string source = $$"""
            using NetCompiler;

            [Network]
            [Tokens(4, Vocabulary = 9)]
            [Embedding(3)]
            [Lstm(3, ReturnSequences = true)]
            [Loss(Loss.MeanSquaredError)]
            public partial class Echo;

            public static class Use { public static void Call(Echo echo, float[] state, float[] output) { {{call}} } }
            """;
        await RoslynHarness.ExpectAsync(source, Analyzers, "partial class Echo { public void PredictNext(System.ReadOnlySpan<int> input, System.Span<float> state, System.Span<float> output) { } }");
    }

    private static readonly DiagnosticAnalyzer[] Analyzers = [new DeclarationAnalyzer(), new CallLengthAnalyzer()];

    [Theory]
    [InlineData("iris.Predict(new float[4]);")]
    [InlineData("iris.Predict(new float[8], new float[6]);")]
    [InlineData("iris.Predict({|NC0501:new float[5]|});")]
    [InlineData("iris.Predict({|NC0501:[1, 2, 3]|});")]
    [InlineData("iris.Predict({|NC0501:stackalloc float[3]|});")]
    [InlineData("iris.Predict({|NC0501:stackalloc[] { 1f, 2f }|});")]
    [InlineData("iris.Predict({|NC0501:new[] { 1f }|});")]
    [InlineData("iris.Predict(new float[4], {|NC0501:new float[4]|});")]
    [InlineData("iris.Predict(new float[8], {|NC0502:new float[3]|});")]
    [InlineData("iris.Classify({|NC0501:new float[8]|});")]
    [InlineData("iris.Classify(new float[8], new int[2]);")]
    [InlineData("iris.Classify(new float[8], {|NC0502:new int[3]|});")]
    [InlineData("training.Step(new float[8], {|NC0502:[1]|});")]
    [InlineData("training.Step(new float[8], [1, 2], new float[2]);")]
    [InlineData("training.Step(new float[8], [1, 2], []);")]
    [InlineData("training.Step(new float[8], [1, 2], {|NC0502:sampleWeights: new float[3]|});")]
    [InlineData("iris.ImportParameters(new float[15]); iris.ExportParameters(new float[n]); Iris.Load(new byte[7]);")]
    [InlineData("iris.ImportParameters({|NC0501:new float[14]|});")]
    [InlineData("iris.ExportParameters({|NC0501:new float[30]|});")]
    [InlineData("iris.Predict(new float[n]); iris.Predict([.. new float[n]]);")]
    public async Task KnownLengths_AreChecked(string statements)
    {
        string source = Network + "public static class Use\n{\n    public static void Call(Iris iris, Iris.Training training, int n)\n    {\n        " + statements + "\n    }\n}\n";
        await RoslynHarness.ExpectAsync(source, Analyzers, Generated);
    }
}
