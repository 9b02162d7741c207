using System.Globalization;
using System.Security;
using System.Text;

namespace NetCompiler;

/// <summary>Writes SVG. Colours of a theme are classes, so that the dark scheme of a page replaces them; no element has an id, so that many pictures fit into one page.</summary>
internal sealed class SvgCanvas : ICanvas
{
    private readonly StringBuilder _text = new();

    /// <summary>Opens a document.</summary>
    public SvgCanvas(int width, int height, PictureTheme theme, string title)
    {
        Append($"<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"plot\" role=\"img\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" font-family=\"Arimo,'Liberation Sans',Arial,Helvetica,sans-serif\">\n");
        if (title.Length > 0)
        {
            _text.Append("  <title>").Append(Escape(title)).Append("</title>\n");
        }

        _text.Append("  <style>").Append(Palette.ToCss(theme)).Append("</style>\n");
        Append($"  <rect {Colour(Paint.Paper)} fill=\"currentColor\" width=\"{width}\" height=\"{height}\"/>\n");
    }

    /// <summary>Closes the document.</summary>
    public string Finish() => _text.Append("</svg>\n").ToString();

    public void Line(double x1, double y1, double x2, double y2, Paint paint, double width = 1, Dash dash = Dash.Solid)
        => Append($"  <line {Colour(paint)} stroke=\"currentColor\" x1=\"{x1:0.##}\" y1=\"{y1:0.##}\" x2=\"{x2:0.##}\" y2=\"{y2:0.##}\" stroke-width=\"{width:0.##}\"{Dashes(dash)}/>\n");

    public void Polyline(ReadOnlySpan<(double X, double Y)> points, Paint paint, double width = 2, Dash dash = Dash.Solid, double opacity = 1)
        => Append($"  <polyline {Colour(paint)} stroke=\"currentColor\" fill=\"none\" stroke-linejoin=\"round\" stroke-width=\"{width:0.##}\"{Dashes(dash)}{Opacity("stroke", opacity)} points=\"{Places(points)}\"/>\n");

    public void Polygon(ReadOnlySpan<(double X, double Y)> points, Paint paint, bool hasEdge = false)
    {
        string places = Places(points);
        if (hasEdge)
        {
            Append($"  <polygon {Colour(Paint.Paper)} fill=\"none\" stroke=\"currentColor\" stroke-width=\"{2 * CanvasEdge.Width:0.##}\" points=\"{places}\"/>\n");
        }

        Append($"  <polygon {Colour(paint)} fill=\"currentColor\" points=\"{places}\"/>\n");
    }

    public void Disc(double x, double y, double radius, Paint paint, bool hasEdge = true)
    {
        if (hasEdge)
        {
            Append($"  <circle {Colour(Paint.Paper)} fill=\"currentColor\" cx=\"{x:0.##}\" cy=\"{y:0.##}\" r=\"{radius + CanvasEdge.Width:0.##}\"/>\n");
        }

        Append($"  <circle {Colour(paint)} fill=\"currentColor\" cx=\"{x:0.##}\" cy=\"{y:0.##}\" r=\"{radius:0.##}\"/>\n");
    }

    public void Rectangle(double x, double y, double width, double height, Paint paint, double opacity = 1)
        => Append($"  <rect {Colour(paint)} fill=\"currentColor\" x=\"{x:0.##}\" y=\"{y:0.##}\" width=\"{width:0.##}\" height=\"{height:0.##}\"{Opacity("fill", opacity)}/>\n");

    public void Text(double x, double y, string text, Paint paint, double size = 12, Anchor anchor = Anchor.Middle, bool upwards = false)
    {
        if (text.Length == 0)
        {
            return;
        }

        string place = anchor switch { Anchor.Start => "start", Anchor.End => "end", _ => "middle" };
        string turn = upwards ? string.Create(CultureInfo.InvariantCulture, $" transform=\"rotate(-90 {x:0.##} {y:0.##})\"") : "";
        Append($"  <text {Colour(paint)} fill=\"currentColor\" x=\"{x:0.##}\" y=\"{y:0.##}\" font-size=\"{size:0.##}\" text-anchor=\"{place}\"{turn}>{Escape(text)}</text>\n");
    }

    public void Image(double x, double y, double width, double height, ReadOnlySpan<byte> rgba, int columns, int rows)
        => Append($"  <image x=\"{x:0.##}\" y=\"{y:0.##}\" width=\"{width:0.##}\" height=\"{height:0.##}\" preserveAspectRatio=\"none\" style=\"image-rendering:pixelated\" href=\"data:image/png;base64,{Convert.ToBase64String(PngEncoder.Encode(rgba, columns, rows))}\"/>\n");

    // An inner document clips without an id, which would have to be unique in the page.
    public void BeginClip(double x, double y, double width, double height)
        => Append($"  <svg x=\"{x:0.##}\" y=\"{y:0.##}\" width=\"{width:0.##}\" height=\"{height:0.##}\" viewBox=\"{x:0.##} {y:0.##} {width:0.##} {height:0.##}\" overflow=\"hidden\">\n");

    public void EndClip() => _text.Append("  </svg>\n");

    /// <summary>XML forbids control characters and lone surrogates, escaped ones too.</summary>
    private static string Escape(string text)
    {
        StringBuilder legal = new();
        foreach (Rune rune in text.EnumerateRunes())
        {
            legal.Append(Rune.IsControl(rune) || rune.Value is 0xFFFE or 0xFFFF ? " " : rune.ToString());
        }

        return SecurityElement.Escape(legal.ToString());
    }

    private static string Colour(Paint paint) => paint.Name is null ? FormattableString.Invariant($"color=\"#{paint.Rgb:x6}\"") : $"class=\"{paint.Name}\"";

    private static string Dashes(Dash dash) => dash == Dash.Solid ? "" : $" stroke-dasharray=\"{string.Join(' ', DashPattern.Of(dash).ToArray().Select(length => length.ToString(CultureInfo.InvariantCulture)))}\"";

    private static string Opacity(string what, double opacity) => opacity == 1 ? "" : FormattableString.Invariant($" {what}-opacity=\"{opacity:0.###}\"");

    private static string Places(ReadOnlySpan<(double X, double Y)> points)
    {
        StringBuilder places = new();
        foreach ((double x, double y) in points)
        {
            places.Append(CultureInfo.InvariantCulture, $"{(places.Length == 0 ? "" : " ")}{x:0.##},{y:0.##}");
        }

        return places.ToString();
    }

    private void Append(FormattableString text) => _text.Append(text.ToString(CultureInfo.InvariantCulture));
}
