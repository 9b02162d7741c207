using System.Text;

namespace NetCompiler.Generators.Targets.CSharp;

/// <summary>Strings as C# text.</summary>
internal static class TextLiteral
{
    /// <summary>A string literal; anything but plain ASCII is escaped, so that the file's encoding does not matter.</summary>
    public static string Quote(string text)
    {
        StringBuilder literal = new("\"");
        foreach (char letter in text)
        {
            literal.Append(letter switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                >= ' ' and <= '~' => letter.ToString(),
                _ => "\\u" + ((int)letter).ToString("X4", System.Globalization.CultureInfo.InvariantCulture),
            });
        }

        return literal.Append('"').ToString();
    }

    /// <summary>Text inside an XML comment.</summary>
    public static string Xml(string text) => text.Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;").Replace("\r", " ").Replace("\n", " ");

    /// <summary>A type in the cref of an XML comment, where type parameters stand in braces.</summary>
    public static string Cref(string type) => type.Replace('<', '{').Replace('>', '}');

    /// <summary>An array of strings.</summary>
    public static string List(IEnumerable<string> texts) => "[" + string.Join(", ", texts.Select(Quote)) + "]";

    /// <summary>An array of integers.</summary>
    public static string List(IEnumerable<int> numbers) => "[" + string.Join(", ", numbers.Select(number => NumberText.Integer(number))) + "]";
}
