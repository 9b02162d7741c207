using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;

namespace NetCompiler.Generators.Tests.Pages;

/// <summary>The summaries of a package's members as Markdown, from the XML file beside its assembly.</summary>
internal sealed partial class XmlSummaries
{
    private readonly Dictionary<string, XElement> _members;

    /// <summary>Reads the file of the assembly at that path.</summary>
    public XmlSummaries(string assembly) => _members = XDocument.Load(Path.ChangeExtension(assembly, ".xml")).Descendants("member")
        .ToDictionary(member => member.Attribute("name")!.Value);

    /// <summary>The summary of a member, in one line that fits a cell of a table.</summary>
    /// <exception cref="KeyNotFoundException">The member has none.</exception>
    public string Of(ISymbol symbol)
    {
        string id = symbol.GetDocumentationCommentId()!;
        return _members.GetValueOrDefault(id)?.Element("summary") is { } summary
            ? Space().Replace(Text(summary), " ").Trim().Replace("|", "\\|", StringComparison.Ordinal)
            : throw new KeyNotFoundException($"{id} has no summary.");
    }

    private static string Text(XElement element) => string.Concat(element.Nodes().Select(node => node switch
    {
        XText text => Escape(text.Value),
        XElement { Name.LocalName: "c" } code => $"`{code.Value}`",
        XElement { Name.LocalName: "see" } see when see.Value.Length > 0 => see.Value,
        XElement { Name.LocalName: "see" } see => $"`{Name(see.Attribute("cref")?.Value ?? see.Attribute("langword")!.Value)}`",
        XElement { Name.LocalName: "paramref" } parameter => $"`{parameter.Attribute("name")!.Value}`",
        XElement inner => Text(inner),
        _ => "",
    }));

    // Padding.Same for F:NetCompiler.Padding.Same, Tokens for T:NetCompiler.TokensAttribute, Strides for P:NetCompiler.Pool2DAttribute.Strides.
    private static string Name(string reference)
    {
        string[] parts = reference[(reference.IndexOf(':', StringComparison.Ordinal) + 1)..].Split('(')[0].Split('.');
        string last = parts[^1].EndsWith("Attribute", StringComparison.Ordinal) ? parts[^1][..^9] : parts[^1];
        return reference.StartsWith("F:", StringComparison.Ordinal) ? string.Create(CultureInfo.InvariantCulture, $"{parts[^2]}.{last}") : last;
    }

    private static string Escape(string text) => text.Replace("*", "\\*", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal);

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();
}
