using System.Globalization;
using System.Text;

namespace NetCompiler;

/// <summary>A path with places for values, as <c>best-{epoch:00}-{val_loss:0.000}.safetensors</c>; doubled braces are braces.</summary>
internal sealed class PathTemplate
{
    private readonly List<(string Text, string? Name, string? Format)> _parts = [];

    /// <summary>Reads the places.</summary>
    /// <exception cref="ArgumentException">The path is empty, or its braces do not pair.</exception>
    public PathTemplate(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        Text = path;
        StringBuilder literal = new();
        for (int i = 0; i < path.Length; i++)
        {
            if (path[i] is not ('{' or '}'))
            {
                literal.Append(path[i]);
            }
            else if (i + 1 < path.Length && path[i + 1] == path[i])
            {
                literal.Append(path[i++]);
            }
            else
            {
                int end = path[i] == '{' ? path.IndexOf('}', i) : -1;
                if (end < 0)
                {
                    throw new ArgumentException($"The path \"{path}\" has a '{path[i]}' at {i} without its partner; write it twice for the character itself.", nameof(path));
                }

                string[] place = path[(i + 1)..end].Split(':', 2);
                _parts.Add((literal.ToString(), place[0], place.Length > 1 ? place[1] : null));
                literal.Clear();
                i = end;
            }
        }

        _parts.Add((literal.ToString(), null, null));
    }

    /// <summary>The path as it was given.</summary>
    public string Text { get; }

    /// <summary>A path in the innermost folder that is known without the values; the path itself where it has no places.</summary>
    public string KnownPath => _parts.Count == 1 ? _parts[0].Text : Path.Combine(Path.GetDirectoryName(_parts[0].Text) ?? Path.GetPathRoot(_parts[0].Text) ?? "", "{}");

    /// <summary>Asks that every name is known, and its format one for the value.</summary>
    /// <param name="callback">Whose path it is.</param>
    /// <param name="counts">The names of whole numbers.</param>
    /// <param name="series">The names of other numbers.</param>
    /// <exception cref="ArgumentException">A name is not known, or a format does not fit; the message quotes the place.</exception>
    public void Check(string callback, IReadOnlyList<string> counts, IReadOnlyList<string> series)
    {
        foreach ((_, string? name, string? format) in _parts.Where(part => part.Name is not null))
        {
            bool isCount = counts.Contains(name);
            if (!isCount && !series.Contains(name))
            {
                throw new ArgumentException($"The path \"{Text}\" of {callback} has a place for \"{name}\", but known are {string.Join(", ", counts.Concat(series))}.");
            }

            try
            {
                _ = (isCount ? 1 : (IFormattable)1.5).ToString(format, CultureInfo.InvariantCulture);
            }
            catch (FormatException exception)
            {
                throw new ArgumentException($"The path \"{Text}\" of {callback} has the place \"{{{name}:{format}}}\", but \"{format}\" is no format of {(isCount ? "whole numbers" : "numbers")}.", exception);
            }
        }
    }

    /// <summary>The path with values in its places, in the invariant culture.</summary>
    public string Fill(Func<string, IFormattable> value)
    {
        StringBuilder result = new();
        foreach ((string text, string? name, string? format) in _parts)
        {
            result.Append(text).Append(name is null ? "" : value(name).ToString(format, CultureInfo.InvariantCulture));
        }

        return result.ToString();
    }
}
