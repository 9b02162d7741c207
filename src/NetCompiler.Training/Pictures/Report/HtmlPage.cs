using System.Net;
using System.Text;

namespace NetCompiler;

/// <summary>Writes an HTML page with everything inside it. Whatever text it is given, it escapes.</summary>
internal sealed class HtmlPage
{
    // Cards of at least 330 pixels stand beside each other where there is room, and one under the other on a phone. The names of classes begin with r-: pictures bring styles of their own.
    private const string Style = """
        :root{color-scheme:light dark;--paper:#ffffff;--ink:#24292f;--quiet:#59636e;--rule:#d0d7de;--band:#f6f8fa}
        @media (prefers-color-scheme:dark){:root{--paper:#0d1117;--ink:#e6edf3;--quiet:#9198a1;--rule:#3d444d;--band:#151b23}}
        *{box-sizing:border-box}
        body{margin:0 auto;max-width:1120px;padding:16px;background:var(--paper);color:var(--ink);font:15px/1.5 system-ui,"Segoe UI",Helvetica,Arial,sans-serif;overflow-wrap:anywhere}
        h1{font-size:1.5em;line-height:1.25;margin:.4em 0}
        h2{font-size:1.15em;margin:1.8em 0 .5em;border-bottom:1px solid var(--rule)}
        .r-lead{color:var(--quiet);margin:0}
        .r-wide{overflow-x:auto}
        table{border-collapse:collapse;font-variant-numeric:tabular-nums}
        th,td{padding:3px 14px 3px 6px;text-align:left;overflow-wrap:normal;vertical-align:top;border-bottom:1px solid var(--rule)}
        th{color:var(--quiet);font-weight:600}
        @media (max-width:480px){table{font-size:13px}th,td{padding:3px 7px 3px 3px}}
        tbody tr:nth-child(even){background:var(--band)}
        .r-cards{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,340px),1fr));gap:12px;align-items:start}
        figure{margin:0;min-width:0}
        svg{max-width:100%;height:auto}
        summary{cursor:pointer;margin:.8em 0}
        """;

    private readonly StringBuilder _text = new();

    public HtmlPage(string title)
    {
        _text.Append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n");
        _text.Append("<title>").Append(Escape(title)).Append("</title>\n<style>\n").Append(Style.ReplaceLineEndings("\n")).Append("\n</style>\n</head>\n<body>\n");
        _text.Append("<h1>").Append(Escape(title)).Append("</h1>\n");
    }

    /// <summary>Closes the page.</summary>
    public string Finish() => _text.Append("</body>\n</html>\n").ToString();

    /// <summary>A sentence under the title.</summary>
    public void Lead(string text) => _text.Append("<p class=\"r-lead\">").Append(Escape(text)).Append("</p>\n");

    /// <summary>A heading.</summary>
    public void Section(string title) => _text.Append("<h2>").Append(Escape(title)).Append("</h2>\n");

    /// <summary>A paragraph.</summary>
    public void Text(string text) => _text.Append("<p>").Append(Escape(text)).Append("</p>\n");

    /// <summary>A table that scrolls by itself where it is too wide. Without any word in the header there is none.</summary>
    public void Table(string[] header, string[][] rows)
    {
        _text.Append("<div class=\"r-wide\"><table>\n");
        if (Array.Exists(header, word => word.Length > 0))
        {
            _text.Append("<thead><tr>").AppendJoin("", header.Select(word => $"<th>{Escape(word)}</th>")).Append("</tr></thead>\n");
        }

        _text.Append("<tbody>\n");
        foreach (string[] row in rows)
        {
            _text.Append("<tr>").AppendJoin("", row.Select(cell => $"<td>{Escape(cell)}</td>")).Append("</tr>\n");
        }

        _text.Append("</tbody>\n</table></div>\n");
    }

    /// <summary>Pictures beside each other.</summary>
    public void Pictures(IReadOnlyList<Picture> pictures)
    {
        _text.Append("<div class=\"r-cards\">\n");
        foreach (Picture picture in pictures)
        {
            _text.Append("<figure>\n").Append(picture.ToSvg()).Append("</figure>\n");
        }

        _text.Append("</div>\n");
    }

    /// <summary>A drawing that opens at a click.</summary>
    public void Fold(string title, string svg) => _text.Append("<details>\n<summary>").Append(Escape(title)).Append("</summary>\n").Append(svg).Append("</details>\n");

    private static string Escape(string text) => WebUtility.HtmlEncode(text);
}
