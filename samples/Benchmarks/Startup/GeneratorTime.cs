using System.Diagnostics;
using System.Text.Json;
using Benchmarks.Measuring;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NetCompiler.Generators;

namespace Benchmarks.Startup;

/// <summary>
/// How long the generator takes inside a running compiler, how much it writes, and what it does again after an edit that changes no network. A process of its own
/// collects garbage as the compiler's server is configured to.
/// </summary>
internal static class GeneratorTime
{
    /// <summary>The hidden argument that makes this program a child.</summary>
    public const string ChildArgument = "--generator";

    private const int Runs = 5;
    private const int WarmingRuns = 40;

    private const int LeastRunsBefore = 15;

    // Until the runtime has optimised the generator's own code: an editor runs it with every keystroke, so that it is there within a minute of work.
    private static readonly TimeSpan Warming = TimeSpan.FromSeconds(10);

    private static readonly CSharpParseOptions Language = new(LanguageVersion.CSharp13);

    /// <summary>Measures the generator on every case.</summary>
    /// <exception cref="InvalidOperationException">The child failed.</exception>
    public static IReadOnlyList<GeneratorFigures> Measure()
    {
        string figures = ChildProcess.Run(published: null, [("DOTNET_gcServer", "1")], [ChildArgument]);
        return JsonSerializer.Deserialize<GeneratorFigures[]>(figures) ?? throw new InvalidOperationException("A child process printed no figures of the generator.");
    }

    /// <summary>What a child does; the figures as JSON are its only output.</summary>
    public static void RunAsChild()
    {
        // The compiler, not the generator, is warm for the first figure: another compilation has been checked before.
        CSharpCompilation small = Compile("[Network, Input(3), Dense(2), Loss(Loss.MeanSquaredError)] public partial class Small;");
        small.GetDiagnostics();
        (double firstUse, _) = Time(CreateDriver(), Compile(GeneratorCase.All[0].Source));

        // A compiler is warm when it has built other networks before: the runtime has then optimised the generator's own code.
        for (int run = 0; run < WarmingRuns; run++)
        {
            Time(CreateDriver(), small);
        }

        Console.WriteLine(JsonSerializer.Serialize(GeneratorCase.All.Select((measured, i) => Measure(measured, i == 0 ? firstUse : null))));
    }

    private static GeneratorFigures Measure(GeneratorCase measured, double? firstUse)
    {
        CSharpCompilation compilation = Compile(measured.Source);
        (double firstTime, GeneratorDriver driver) = Time(CreateDriver(), compilation);
        long start = Stopwatch.GetTimestamp();
        for (int run = 0; run < LeastRunsBefore || Stopwatch.GetElapsedTime(start) < Warming; run++)
        {
            Time(CreateDriver(), compilation);
        }

        var cold = new List<double>();
        for (int run = 0; run < Runs; run++)
        {
            // Fresh drivers hold nothing of earlier runs.
            (double seconds, driver) = Time(CreateDriver(), compilation);
            cold.Add(seconds);
        }

        long characters = driver.GetRunResult().GeneratedTrees.Sum(tree => (long)tree.Length);
        SyntaxTree elsewhere = CSharpSyntaxTree.ParseText("// an edit\npublic static class Elsewhere { public const int Number = 1; }", Language);
        (double otherFile, GeneratorDriver after) = Time(driver, compilation.AddSyntaxTrees(elsewhere));
        int regenerated = CountRegenerated(after);
        SyntaxTree declaration = compilation.SyntaxTrees[0];
        (double comment, after) = Time(driver, compilation.ReplaceSyntaxTree(declaration, CSharpSyntaxTree.ParseText("// a comment\n" + declaration, Language)));
        return new GeneratorFigures(measured, firstUse, firstTime, Median.Of(cold), characters, otherFile, regenerated, comment, CountRegenerated(after));
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

/// <summary>The generator on one network.</summary>
/// <param name="Case">The network.</param>
/// <param name="FirstUse">The seconds of the first run of the process, in a compiler that has never run the generator; null but for the first case.</param>
/// <param name="FirstTime">The seconds of the first run on it, in a compiler that has run the generator on a small network before.</param>
/// <param name="Cold">The seconds of a run without anything cached, in a compiler that has compiled it before, as an editor has.</param>
/// <param name="Characters">What is generated.</param>
/// <param name="AfterEdit">The seconds of a run after an edit in another file.</param>
/// <param name="Regenerated">The outputs that this edit made the generator write again.</param>
/// <param name="AfterComment">The seconds of a run after a comment was put into the declaring file.</param>
/// <param name="RegeneratedByComment">The outputs that the comment made the generator write again.</param>
internal sealed record GeneratorFigures(
    GeneratorCase Case, double? FirstUse, double FirstTime, double Cold, long Characters, double AfterEdit, int Regenerated, double AfterComment, int RegeneratedByComment);
