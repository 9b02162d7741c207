using System.Diagnostics;
using Benchmarks.Measuring;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NetCompiler.Generators;

namespace Benchmarks.Startup;

/// <summary>How long the generator takes for 784-512-512-10 inside a running compiler, and what it does again after an edit elsewhere.</summary>
internal static class GeneratorTime
{
    private const int Runs = 5;
    private const int WarmingRuns = 40;

    private static readonly CSharpParseOptions Language = new(LanguageVersion.CSharp13);

    /// <summary>Measures the generator.</summary>
    public static GeneratorFigures Measure()
    {
        // The compiler, not the generator, is warm for the first figure: another compilation has been checked before.
        CSharpCompilation small = Compile("[Network, Input(3), Dense(2), Loss(Loss.MeanSquaredError)] public partial class Small;");
        small.GetDiagnostics();
        CSharpCompilation wide = Compile("""
            [Network]
            [Input(784)]
            [Dense(512, Activation = Activation.Relu)]
            [Dense(512, Activation = Activation.Relu)]
            [Dense(10, Activation = Activation.Softmax)]
            [Loss(Loss.SparseCategoricalCrossentropy)]
            public partial class Wide;
            """);

        (double firstUse, _) = Time(CreateDriver(), wide);

        // A compiler is warm when it has built other networks before: the runtime has then optimised the generator's own code.
        for (int run = 0; run < WarmingRuns; run++)
        {
            Time(CreateDriver(), small);
        }

        var cold = new List<double>();
        GeneratorDriver driver = CreateDriver();
        for (int run = 0; run < Runs; run++)
        {
            // Fresh drivers hold nothing of earlier runs.
            (double seconds, driver) = Time(CreateDriver(), wide);
            cold.Add(seconds);
        }

        SyntaxTree elsewhere = CSharpSyntaxTree.ParseText("// an edit\npublic static class Elsewhere { public const int Number = 1; }", Language);
        (double edit, driver) = Time(driver, wide.AddSyntaxTrees(elsewhere));
        return new GeneratorFigures(firstUse, Median.Of(cold), edit, CountRegenerated(driver));
    }

    private static (double Seconds, GeneratorDriver Driver) Time(GeneratorDriver driver, CSharpCompilation compilation)
    {
        long start = Stopwatch.GetTimestamp();
        driver = driver.RunGenerators(compilation);
        return (Stopwatch.GetElapsedTime(start).TotalSeconds, driver);
    }

    private static int CountRegenerated(GeneratorDriver driver) =>
        driver.GetRunResult().Results.SelectMany(result => result.TrackedOutputSteps.Values).SelectMany(steps => steps).SelectMany(step => step.Outputs)
            .Count(output => output.Reason is IncrementalStepRunReason.New or IncrementalStepRunReason.Modified);

    private static CSharpGeneratorDriver CreateDriver() => CSharpGeneratorDriver.Create(
        [new NetworkGenerator().AsSourceGenerator()],
        parseOptions: Language,
        driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));

    private static CSharpCompilation Compile(string source)
    {
        string platform = (string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!;
        IEnumerable<MetadataReference> references = platform.Split(Path.PathSeparator).Select(path => MetadataReference.CreateFromFile(path));
        SyntaxTree tree = CSharpSyntaxTree.ParseText("using NetCompiler;\n" + source, Language);
        return CSharpCompilation.Create("Measured", [tree], references, new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
    }
}

/// <summary>The generator's times in seconds.</summary>
/// <param name="FirstUse">The first run of the process: a warm compiler that has never run the generator.</param>
/// <param name="Cold">A run without anything cached, in a compiler that has run the generator before.</param>
/// <param name="AfterEdit">A run after an edit in another file.</param>
/// <param name="Regenerated">The outputs that the edit made the generator write again.</param>
internal sealed record GeneratorFigures(double FirstUse, double Cold, double AfterEdit, int Regenerated);
