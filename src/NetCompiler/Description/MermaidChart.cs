using System.Text;

namespace NetCompiler;

/// <summary>The chart that <see cref="NetworkDescription.ToMermaid"/> writes: a node per value, an arrow with the shape per operand.</summary>
internal static class MermaidChart
{
    public static string Write(NetworkDescription network)
    {
        StringBuilder text = new("flowchart TD\n");
        for (int i = 0; i < network.Inputs.Count; i++)
        {
            text.Append($"    v{i}([\"{Escape(network.Inputs[i].Name)}\"])\n");
        }

        bool[] areRepeated = LayerText.AreRepeated(network.Layers);
        for (int i = 0; i < network.Layers.Count; i++)
        {
            LayerDescription layer = network.Layers[i];
            string parameters = LayerText.Parameters(layer, areRepeated[i]), count = parameters.Length == 0 ? "" : $"<br/>{parameters}";
            text.Append($"    v{network.Inputs.Count + i}[\"{Escape(layer.Name)}<br/>{Escape(LayerText.Kind(layer))}{count}\"]\n");
        }

        for (int i = 0; i < network.Layers.Count; i++)
        {
            foreach (int operand in network.Layers[i].Operands)
            {
                text.Append($"    v{operand} -- \"{SampleShape.Text(network.ShapeOf(operand))}\" --> v{network.Inputs.Count + i}\n");
            }
        }

        for (int i = 0; i < network.Outputs.Count; i++)
        {
            OutputDescription output = network.Outputs[i];
            text.Append($"    o{i}([\"{Escape(output.Name)}\"])\n    v{output.Value} -- \"{SampleShape.Text(output.Shape)}\" --> o{i}\n");
        }

        return text.ToString();
    }

    // Names come from declarations and are plain, but a method's name may hold letters that Mermaid or HTML read otherwise.
    private static string Escape(string text) => text.Replace("&", "#amp;").Replace("\"", "#quot;").Replace("<", "#lt;").Replace(">", "#gt;");
}
