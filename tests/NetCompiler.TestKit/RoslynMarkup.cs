using System.Text;
using Microsoft.CodeAnalysis.Text;

namespace NetCompiler.TestKit;

/// <summary>A source with marked places: <c>{|NC0204:Reshape(5408)|}</c> expects the diagnostic there.</summary>
/// <param name="Source">The source without the marks.</param>
/// <param name="Spans">The marked places.</param>
public sealed record RoslynMarkup(string Source, IReadOnlyList<(string Id, TextSpan Span)> Spans)
{
    /// <summary>Reads the marks; they may nest.</summary>
    /// <exception cref="FormatException">A mark is not closed, or closed without being open.</exception>
    public static RoslynMarkup Parse(string markup)
    {
        var source = new StringBuilder(markup.Length);
        var open = new Stack<(string Id, int Start)>();
        var spans = new List<(string Id, TextSpan Span)>();
        for (int i = 0; i < markup.Length; i++)
        {
            if (markup.AsSpan(i).StartsWith("{|"))
            {
                int colon = markup.IndexOf(':', i);
                open.Push((markup[(i + 2)..colon], source.Length));
                i = colon;
            }
            else if (markup.AsSpan(i).StartsWith("|}"))
            {
                (string id, int start) = open.Count > 0 ? open.Pop() : throw new FormatException($"The mark at {i} is closed without being open.");
                spans.Add((id, TextSpan.FromBounds(start, source.Length)));
                i++;
            }
            else
            {
                source.Append(markup[i]);
            }
        }

        return open.Count == 0 ? new RoslynMarkup(source.ToString(), spans) : throw new FormatException($"The mark {open.Peek().Id} is not closed.");
    }
}
