namespace NetCompiler.Generators.Tests.Pages;

/// <summary>A fenced block of a page.</summary>
/// <param name="Language">The word behind the fence, or nothing.</param>
/// <param name="Code">The text between the fences, without the fence's indentation.</param>
/// <param name="Line">The line of the page on which the code starts, counted from 1.</param>
internal sealed record PageBlock(string Language, string Code, int Line)
{
    /// <summary>C# that stands before the block and is not shown: what <c>&lt;!-- given: .. --&gt;</c> above it says.</summary>
    public string Given { get; init; } = "";

    /// <summary>The line on which <see cref="Given"/> starts.</summary>
    public int GivenLine { get; init; }

    /// <summary>The diagnostics that the block is about, as <c>&lt;!-- expect: NC0204 --&gt;</c> above it says; such a block is no part of what the later ones build upon.</summary>
    public IReadOnlyList<string> Expected { get; init; } = [];

    public bool IsCSharp => Language is "csharp" or "cs" or "c#";
}
