using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace NetCompiler.Generators.Diagnostics;

/// <summary>Where the pages of the rules lie on this machine, so that the link of a diagnostic opens the page of the version in use, without a network.</summary>
internal static class RulePages
{
    /// <summary>The property by which the package's props name the folder of the pages.</summary>
    public const string FolderProperty = "build_property.NetCompilerRulePages";

    /// <summary>The folder of the pages, or nothing where the build does not name one.</summary>
    public static string FolderOf(AnalyzerConfigOptionsProvider options) =>
        options.GlobalOptions.TryGetValue(FolderProperty, out string? folder) ? folder : "";

    /// <summary>The entry with the address of its page in that folder; without a folder, the entry as it is.</summary>
    public static DiagnosticDescriptor WithPageIn(this DiagnosticDescriptor entry, string folder) =>
        folder.Length > 0 && Uri.TryCreate($"{folder.TrimEnd('/', '\\')}/{entry.Id}.md", UriKind.Absolute, out Uri? page)
            ? new DiagnosticDescriptor(
                entry.Id, entry.Title, entry.MessageFormat, entry.Category, entry.DefaultSeverity, entry.IsEnabledByDefault, entry.Description, page.AbsoluteUri, [.. entry.CustomTags])
            : entry;
}
