using Microsoft.CodeAnalysis;
using NetCompiler.TestKit;
using Xunit;

namespace NetCompiler.Generators.Tests.Diagnostics;

/// <summary>A user's source with what is generated for it.</summary>
internal static class GeneratedTogether
{
    /// <summary>Asserts that the two together give exactly the diagnostics marked in the source, the compiler's own included.</summary>
    /// <param name="markup">Source with places marked as <c>{|NC0204:...|}</c>, without the using of NetCompiler.</param>
    public static async Task ExpectAsync(string markup)
    {
        RoslynMarkup marked = RoslynMarkup.Parse("using NetCompiler;\n\n" + markup);
        RoslynHarness.Compile(marked.Source).Generate(new NetworkGenerator(), out Compilation result);
        Assert.Equal(
            marked.Spans.Select(mark => $"{mark.Id} {mark.Span}"),
            (await result.AnalyzeAsync(RuleTests.Analyzers)).Select(diagnostic => $"{diagnostic.Id} {diagnostic.Location.SourceSpan}"));
    }
}
