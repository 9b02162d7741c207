namespace NetCompiler;

public sealed partial class NetworkDescription
{
    /// <summary>A table with the name, kind, shape and number of parameters of each layer, and the totals.</summary>
    public override string ToString() => SummaryTable.Write(this);

    /// <summary>A flow chart in the language of Mermaid, which Markdown viewers draw.</summary>
    public string ToMermaid() => MermaidChart.Write(this);

    /// <summary>A picture of the layers from top to bottom as an SVG document, legible on light and on dark ground.</summary>
    public string ToSvg() => SvgPicture.Write(this);

    /// <summary>The shape of a value: of an input, or of a layer's result.</summary>
    internal IReadOnlyList<int> ShapeOf(int value) => value < Inputs.Count ? Inputs[value].Shape : Layers[value - Inputs.Count].Shape;
}
