using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;
using NetCompiler.TestKit;

namespace NetCompiler.Generators.Tests.Generator;

/// <summary>After an edit only what changed is compiled again: told by the reasons of the named steps.</summary>
public class IncrementalityTests
{
    private const string Other = "namespace Models; public static class Other { public static int One => 1; }";

    [Fact]
    public void AddedComment_RegeneratesNothing() => Unchanged(0, text => "// a comment\n" + text);

    [Fact]
    public void MovedLines_RegenerateNothing() => Unchanged(0, text => text.Replace("[Network]", "[Network]\n\n\n", StringComparison.Ordinal));

    [Fact]
    public void EditInAnotherFile_RegeneratesNothing() => Unchanged(1, text => text.Replace("=> 1", "=> 2", StringComparison.Ordinal));

    [Fact]
    public void EditInsideAnotherMember_RegeneratesNothing() => Unchanged(0, text => text + "\npublic static class More;\n");

    [Fact]
    public void ChangedUnits_AreCompiledAgain()
    {
        GeneratorRunResult result = Edit(0, text => text.Replace("Dense(10", "Dense(11", StringComparison.Ordinal));
        Assert.Equal([IncrementalStepRunReason.Modified], Reasons(result, TrackingNames.Declaration));
        Assert.Equal([IncrementalStepRunReason.Modified], Reasons(result, TrackingNames.Compilation));
        Assert.Contains(result.GeneratedSources, source => source.SourceText.ToString().Contains("11", StringComparison.Ordinal));
    }

    [Fact]
    public void SecondNetwork_LeavesTheFirstAlone()
    {
        GeneratorRunResult result = Edit(1, text => text + "\n[NetCompiler.Network, NetCompiler.Input(2), NetCompiler.Dense(1)] public partial class Second;");
        IncrementalStepRunReason[] reasons = Reasons(result, TrackingNames.Compilation);
        Assert.Equal(2, reasons.Length);
        Assert.Contains(IncrementalStepRunReason.New, reasons);
        Assert.Contains(reasons, IsSame);
    }

    private static void Unchanged(int file, Func<string, string> edit)
    {
        GeneratorRunResult result = Edit(file, edit);
        Assert.All(Reasons(result, TrackingNames.Declaration), reason => Assert.True(IsSame(reason), reason.ToString()));
        Assert.All(Reasons(result, TrackingNames.Compilation), reason => Assert.Equal(IncrementalStepRunReason.Cached, reason));
        Assert.All(result.TrackedOutputSteps.SelectMany(step => step.Value).SelectMany(step => step.Outputs), output => Assert.Equal(IncrementalStepRunReason.Cached, output.Reason));
    }

    private static bool IsSame(IncrementalStepRunReason reason) => reason is IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged;

    private static IncrementalStepRunReason[] Reasons(GeneratorRunResult result, string step) =>
        [.. result.TrackedSteps[step].SelectMany(run => run.Outputs).Select(output => output.Reason)];

    private static GeneratorRunResult Edit(int file, Func<string, string> edit)
    {
        CSharpCompilation compilation = GeneratorHarness.Compile(GeneratorHarness.Xor, Other);
        GeneratorDriver driver = compilation.Generate(new NetworkGenerator(), out _);
        SyntaxTree tree = compilation.SyntaxTrees.Single(tree => tree.FilePath == $"Test{file}.cs");
        SyntaxTree edited = tree.WithChangedText(SourceText.From(edit(tree.GetText().ToString()), System.Text.Encoding.UTF8));
        return driver.RunGenerators(compilation.ReplaceSyntaxTree(tree, edited)).GetRunResult().Results.Single();
    }
}
