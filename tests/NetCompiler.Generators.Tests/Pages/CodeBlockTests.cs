namespace NetCompiler.Generators.Tests.Pages;

/// <summary>Every block of C# on every page compiles, with the generator and all packages; and the test would say so if one did not.</summary>
public class CodeBlockTests
{
    public static TheoryData<string> Paths => [.. Page.All.Select(page => page.Path)];

    [Theory]
    [MemberData(nameof(Paths))]
    public async Task EveryBlock_Compiles(string path)
    {
        IReadOnlyList<string> errors = await PageCompiler.FindErrorsAsync(Page.All.Single(page => page.Path == path));
        Assert.True(errors.Count == 0, string.Join("\n", errors));
    }

    /// <summary>Options that compile may still not belong together.</summary>
    [Fact]
    public async Task BlockOfRunsThatAreKilled_Runs()
    {
        Page page = Page.All.Single(page => page.Path == "README.md");
        await PageCompiler.RunAsync(page, page.Blocks.Single(block => block.Code.Contains("new BackupAndRestore(", StringComparison.Ordinal)));
    }

    [Fact]
    public void EveryPage_IsFound() => Assert.Superset(
        new HashSet<string>(["README.md", "src/README.md", "generators/README.md", "tests/README.md", "src/NetCompiler/PACKAGE.md", "src/NetCompiler.Training/PACKAGE.md"]),
        Page.All.Select(page => page.Path).ToHashSet());

    [Theory]
    [InlineData("int digit = network.Classify(image);", "Page.md(17): CS0103: The name 'network' does not exist in the current context")]
    [InlineData("var network = new Digits(seed: 1);\nnetwork.Clasify([0]);", "Page.md(18): CS1061: 'Digits' does not contain a definition for 'Clasify'")]
    [InlineData("int digit = ;", "Page.md(17): CS1525: Invalid expression term ';'")]
    [InlineData("[Network]\n[Input(4)]\n[Dense(0)]\npublic partial class Price;", "Page.md(19): NC0201: ")]
    [InlineData("new Digits().Predict(new float[3], new float[10]);", "Page.md(17): NC0501: ")]
    [InlineData("string text = null;", "Page.md(17): CS8600: ")]
    [InlineData("public class Digits;", "Page.md(17): CS0260: ")]
    public async Task BrokenBlock_FailsWithPageAndLine(string code, string error)
    {
        string text = $"""
            # A page

            ```csharp
            using NetCompiler;

            [Network]
            [Input(784)]
            [Dense(10, Activation = Activation.Softmax)]
            [Loss(Loss.SparseCategoricalCrossentropy)]
            public partial class Digits;
            ```

            Behind it:

            <!-- expect nothing -->
            ```csharp
            """;
        IReadOnlyList<string> errors = await PageCompiler.FindErrorsAsync(new Page("Page.md", $"{text}\n{code}\n```\n"));
        Assert.StartsWith(error, errors[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task GivenCode_StandsBeforeItsBlockAlone()
    {
        const string Text = """
            <!-- given: using NetCompiler;
            [Network, Input(2), Dense(1)] public partial class Line;
            float[] point = [1, 2];
            -->

            ```csharp
            float y = new Line(seed: 1).Predict(point)[0];
            ```

            ```csharp
            float[] other = new Line().Predict(point);
            ```
            """;
        Assert.Equal(["Page.md(11): CS0103: The name 'point' does not exist in the current context"], await PageCompiler.FindErrorsAsync(new Page("Page.md", Text)));
    }

    [Theory]
    [InlineData("NC0201", 0, null)]
    [InlineData("NC0201", 4, "Page.md(3): expected NC0201, but the block gives none.")]
    [InlineData("NC0202", 0, "Page.md(3): expected NC0202, but the block gives Page.md(5): NC0201: ")]
    public async Task ExpectedDiagnostic_IsReported(string id, int units, string? error)
    {
        string text = $$"""
            <!-- expect: {{id}} -->
            ```csharp
            using NetCompiler;

            [Network, Input(2), Dense({{units}})]
            public partial class Line;
            ```

            ```csharp
            public class Line;
            ```
            """;
        IReadOnlyList<string> errors = await PageCompiler.FindErrorsAsync(new Page("Page.md", text));
        Assert.Equal(error is null ? 0 : 1, errors.Count);
        Assert.StartsWith(error ?? "", errors.FirstOrDefault() ?? "", StringComparison.Ordinal);
    }

    [Fact]
    public void UnclosedBlock_IsNamed() =>
        Assert.Equal("Page.md(3): this block is not closed.", Assert.Throws<FormatException>(() => new Page("Page.md", "# A page\n\n```csharp\nint x;\n").Blocks).Message);
}
