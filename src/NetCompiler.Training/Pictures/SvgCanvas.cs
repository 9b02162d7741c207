using System.Globalization;
using System.Security;
using System.Text;

namespace NetCompiler;

/// <summary>Writes SVG. Colours are classes, so that the dark scheme of a page replaces those that would vanish.</summary>
internal sealed class SvgCanvas : ICanvas
{
    // The series' colours have a contrast of at least 3 on white and on nearly black.
    private const string Style = """
          <style>
            .paper{fill:#ffffff} .ink{fill:#24292f;stroke:#24292f} .faint{fill:#d0d7de;stroke:#d0d7de} .on-accent{fill:#ffffff;stroke:#ffffff}
            .s0{fill:#2f7fd1;stroke:#2f7fd1} .s1{fill:#d9692b;stroke:#d9692b} .s2{fill:#2e9b5b;stroke:#2e9b5b} .s3{fill:#c8508a;stroke:#c8508a}
            .s4{fill:#8a6fd1;stroke:#8a6fd1} .s5{fill:#a3841a;stroke:#a3841a} .s6{fill:#1f9aa8;stroke:#1f9aa8} .s7{fill:#85807a;stroke:#85807a}
            text{font-family:system-ui,"Segoe UI",Helvetica,Arial,sans-serif} polyline{stroke-linejoin:round} .edge{stroke:#ffffff}
            @media (prefers-color-scheme:dark){.paper{fill:#0d1117} .ink{fill:#e6edf3;stroke:#e6edf3} .faint{fill:#3d444d;stroke:#3d444d} .edge{stroke:#0d1117}}
          </style>

        """;

    private readonly StringBuilder _text = new();

    public SvgCanvas(int width, int height)
    {
        Append($"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\">\n");
        _text.Append(Style.ReplaceLineEndings("\n"));
        Append($"  <rect class=\"paper\" width=\"{width}\" height=\"{height}\"/>\n");
    }

    /// <summary>Closes the document.</summary>
    public string Finish() => _text.Append("</svg>\n").ToString();

    public void Line(double x1, double y1, double x2, double y2, string paint, double width = 1, bool dashed = false)
    {
        Append($"  <line class=\"{paint}\" x1=\"{x1:0.##}\" y1=\"{y1:0.##}\" x2=\"{x2:0.##}\" y2=\"{y2:0.##}\" stroke-width=\"{width:0.##}\"");
        _text.Append(dashed ? " stroke-dasharray=\"5 4\"/>\n" : "/>\n");
    }

    public void Polyline(ReadOnlySpan<(double X, double Y)> points, string paint, double width = 2)
    {
        Append($"  <polyline class=\"{paint}\" style=\"fill:none\" stroke-width=\"{width:0.##}\" points=\"");
        foreach ((double x, double y) in points)
        {
            Append($"{x:0.##},{y:0.##} ");
        }

        _text.Length -= points.IsEmpty ? 0 : 1;
        _text.Append("\"/>\n");
    }

    public void Disc(double x, double y, double radius, string paint)
        => Append($"  <circle class=\"{paint} edge\" cx=\"{x:0.##}\" cy=\"{y:0.##}\" r=\"{radius:0.##}\" stroke-width=\"0.8\"/>\n");

    public void Rectangle(double x, double y, double width, double height, string paint, double opacity = 1)
        => Append($"  <rect class=\"{paint}\" x=\"{x:0.##}\" y=\"{y:0.##}\" width=\"{width:0.##}\" height=\"{height:0.##}\" style=\"stroke:none\" fill-opacity=\"{opacity:0.###}\"/>\n");

    public void Text(double x, double y, string text, string paint, double size = 12, string anchor = "middle", bool upwards = false)
    {
        Append($"  <text class=\"{paint}\" x=\"{x:0.##}\" y=\"{y:0.##}\" font-size=\"{size:0.##}\" text-anchor=\"{anchor}\" style=\"stroke:none\"");
        if (upwards)
        {
            Append($" transform=\"rotate(-90 {x:0.##} {y:0.##})\"");
        }

        _text.Append('>').Append(SecurityElement.Escape(WithoutControls(text))).Append("</text>\n");
    }

    public void Image(double x, double y, double width, double height, ReadOnlySpan<byte> rgba, int columns, int rows)
        => Append($"  <image x=\"{x:0.##}\" y=\"{y:0.##}\" width=\"{width:0.##}\" height=\"{height:0.##}\" preserveAspectRatio=\"none\" style=\"image-rendering:pixelated\" href=\"data:image/png;base64,{Convert.ToBase64String(PngEncoder.Encode(rgba, columns, rows))}\"/>\n");

    /// <summary>XML forbids control characters, escaped ones too.</summary>
    private static string WithoutControls(string text) => string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c));

    private void Append(FormattableString text) => _text.Append(text.ToString(CultureInfo.InvariantCulture));
}
