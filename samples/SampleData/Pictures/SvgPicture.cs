using System.Globalization;
using System.Net;
using System.Text;

namespace Samples.Data.Pictures;

/// <summary>A picture as SVG text, in pixels, the origin at the top left.</summary>
public sealed class SvgPicture(double width, double height)
{
    private readonly StringBuilder _body = new();

    /// <summary>A filled rectangle.</summary>
    public void Rectangle(double x, double y, double w, double h, string fill) =>
        Add($"<rect x=\"{x:0.##}\" y=\"{y:0.##}\" width=\"{w:0.##}\" height=\"{h:0.##}\" fill=\"{fill}\"/>");

    /// <summary>A disc with a thin white rim, so that neighbours stay apart.</summary>
    public void Disc(double x, double y, double radius, string fill) =>
        Add($"<circle cx=\"{x:0.##}\" cy=\"{y:0.##}\" r=\"{radius:0.##}\" fill=\"{fill}\" stroke=\"#fff\"/>");

    /// <summary>A line through points.</summary>
    public void Line(IEnumerable<(double X, double Y)> points, string colour, double thickness = 1.5, bool dashed = false)
    {
        string path = string.Join(' ', points.Select(point => string.Create(CultureInfo.InvariantCulture, $"{point.X:0.##},{point.Y:0.##}")));
        string dash = dashed ? " stroke-dasharray=\"4 3\"" : "";
        Add($"<polyline points=\"{path}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"{thickness:0.##}\"{dash}/>");
    }

    /// <summary>Text whose baseline starts, or with <paramref name="centred"/> has its middle, at a point.</summary>
    public void Text(double x, double y, string text, double size = 12, bool centred = false)
    {
        string anchor = centred ? " text-anchor=\"middle\"" : "";
        Add($"<text x=\"{x:0.##}\" y=\"{y:0.##}\" font-size=\"{size:0.##}\"{anchor}>{WebUtility.HtmlEncode(text)}</text>");
    }

    /// <summary>Writes the picture, making its folder where it is missing.</summary>
    public void Save(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        File.WriteAllText(path, ToString());
    }

    /// <summary>The whole SVG document.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width:0}\" height=\"{height:0}\" viewBox=\"0 0 {width:0} {height:0}\" font-family=\"sans-serif\">\n<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n{_body}</svg>\n");

    private void Add(FormattableString element) => _body.Append(element.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
