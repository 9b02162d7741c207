using System.Globalization;
using System.Text;

namespace NetCompiler;

/// <summary>
/// The picture that <see cref="NetworkDescription.ToSvg"/> draws: one box per value, each on a line of its own from top to bottom, arrows
/// with shapes between them. An arrow that skips lines bends around the boxes on the right.
/// </summary>
internal static class SvgPicture
{
    private const int BoxWidth = 300;
    private const int BoxHeight = 44;
    private const int Gap = 34;
    private const int Margin = 16;

    // How far apart arrows that skip lines run, one beside the other.
    private const int Lane = 14;

    public static string Write(NetworkDescription network)
    {
        bool[] areRepeated = LayerText.AreRepeated(network.Layers);
        List<(string Title, string Detail, IReadOnlyList<int> Operands, string Style)> boxes =
        [
            .. network.Inputs.Select(input => (input.Name, input.IsTokens ? "tokens" : "input", (IReadOnlyList<int>)[], "end")),
            .. network.Layers.Select((layer, i) => (layer.Name, Detail(layer, areRepeated[i]), layer.Operands, LayerText.ParameterCount(layer) > 0 ? "trained" : "plain")),
            .. network.Outputs.Select(output => (output.Name, "output", (IReadOnlyList<int>)[output.Value], "end")),
        ];
        int lanes = boxes.Select((box, i) => box.Operands.Count(operand => operand != i - 1)).Sum();
        int width = BoxWidth + (2 * Margin) + (lanes == 0 ? 0 : (lanes + 1) * Lane);
        int height = (2 * Margin) + (boxes.Count * BoxHeight) + ((boxes.Count - 1) * Gap);
        StringBuilder text = new();
        text.Append(string.Create(CultureInfo.InvariantCulture, $$"""
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {{width}} {{height}}" width="{{width}}" height="{{height}}" font-family="system-ui, sans-serif">
            <title>{{Escape(network.Name)}}</title>
            <style>
            .box { fill: #ffffff; stroke: #57606a; stroke-width: 1.2 } .trained { fill: #ddf4ff; stroke: #0969da } .end { fill: #eaeef2 }
            .name { fill: #1f2328; font-size: 13px; font-weight: 600 } .detail { fill: #59636e; font-size: 11px }
            .arrow { fill: none; stroke: #818b98; stroke-width: 1.4 } .head { fill: #818b98 } .shape { fill: #818b98; font-size: 11px }
            @media (prefers-color-scheme: dark) {
            .box { fill: #212830; stroke: #9198a1 } .trained { fill: #0c2d6b; stroke: #4493f8 } .end { fill: #2f3742 }
            .name { fill: #f0f6fc } .detail { fill: #b7bdc8 } }
            </style>
            <defs><marker id="head" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path class="head" d="M0 0 8 4 0 8z"/></marker></defs>

            """).ReplaceLineEndings("\n"));
        int lane = 0;
        for (int i = 0; i < boxes.Count; i++)
        {
            foreach (int operand in boxes[i].Operands)
            {
                string shape = SampleShape.Text(network.ShapeOf(operand));
                WriteArrow(text, operand, i, operand == i - 1 ? 0 : ++lane, shape);
            }

            WriteBox(text, i, boxes[i].Title, boxes[i].Detail, boxes[i].Style);
        }

        return text.Append("</svg>\n").ToString();
    }

    private static void WriteBox(StringBuilder text, int line, string title, string detail, string style)
    {
        int top = Top(line), middle = Margin + (BoxWidth / 2);
        text.Append(CultureInfo.InvariantCulture, $"<rect class=\"box {style}\" x=\"{Margin}\" y=\"{top}\" width=\"{BoxWidth}\" height=\"{BoxHeight}\" rx=\"{(style == "end" ? BoxHeight / 2 : 8)}\"/>\n");
        text.Append(CultureInfo.InvariantCulture, $"<text class=\"name\" x=\"{middle}\" y=\"{top + 19}\" text-anchor=\"middle\">{Escape(title)}</text>\n");
        text.Append(CultureInfo.InvariantCulture, $"<text class=\"detail\" x=\"{middle}\" y=\"{top + 34}\" text-anchor=\"middle\">{Escape(detail)}</text>\n");
    }

    private static void WriteArrow(StringBuilder text, int from, int to, int lane, string shape)
    {
        int middle = Margin + (BoxWidth / 2), start = Top(from) + BoxHeight, end = Top(to);
        if (lane == 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"<path class=\"arrow\" marker-end=\"url(#head)\" d=\"M{middle} {start}V{end}\"/>\n");
            text.Append(CultureInfo.InvariantCulture, $"<text class=\"shape\" x=\"{middle + 8}\" y=\"{start + (Gap / 2) + 4}\">{shape}</text>\n");
            return;
        }

        int right = Margin + BoxWidth, x = right + (lane * Lane);
        text.Append(CultureInfo.InvariantCulture, $"<path class=\"arrow\" marker-end=\"url(#head)\" d=\"M{right} {start - (BoxHeight / 2)}H{x}V{end + (BoxHeight / 2)}H{right}\"><title>{shape}</title></path>\n");
    }

    private static string Detail(LayerDescription layer, bool isRepeated)
    {
        string parameters = LayerText.Parameters(layer, isRepeated);
        return parameters.Length == 0 ? LayerText.Kind(layer) : $"{LayerText.Kind(layer)}, {parameters}";
    }

    private static int Top(int line) => Margin + (line * (BoxHeight + Gap));

    private static string Escape(string text) => text.Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;").Replace("\"", "&quot;");
}
