using NetCompiler.Generators.Declaration;
using NetCompiler.Generators.Graph;
using NetCompiler.Generators.Schedule;

namespace NetCompiler.Generators.Targets.CSharp.Members;

/// <summary>The comment at the head of the file: layers, shapes, parameters and the sizes of all buffers.</summary>
internal static class NetworkTable
{
    public static void Write(MemberWriter writer)
    {
        NetworkPlan plan = writer.Plan;
        NetworkSpec spec = plan.Spec;
        List<string[]> rows = [["layer", "kind", "reads", "shape", "parameters", "declared as"]];
        for (int i = 0; i < spec.Inputs.Count; i++)
        {
            InputSpec input = spec.Inputs[i];
            rows.Add([input.Name, input.Vocabulary > 0 ? $"tokens below {NumberText.Integer(input.Vocabulary)}" : "input", "", ShapeOf(plan, i), "", ""]);
        }

        for (int i = 0; i < spec.Layers.Count; i++)
        {
            LayerSpec layer = spec.Layers[i];
            long parameters = plan.Weights.Where(weight => weight.Layer == i).Sum(weight => weight.Spec.Shape.Length);
            rows.Add([layer.Name, layer.Kind, string.Join(", ", layer.Operands.Select(value => ValueName(spec, value))),
                ShapeOf(plan, spec.Inputs.Count + i), NumberText.Integer(parameters), OneLine(layer.Source)]);
        }

        writer.Line($"// {spec.Name}: {OneLine(Sentence(writer))}");
        writer.Line("//");
        WriteColumns(writer, rows);
        writer.Line("//");
        WriteBuffers(writer, plan);
    }

    /// <summary>The network in one sentence.</summary>
    public static string Sentence(MemberWriter writer)
    {
        NetworkPlan plan = writer.Plan;
        return writer.IsFaulty
            ? "A network whose declaration has errors; every member throws."
            : $"A network of {Count(plan.Spec.Layers.Count, "layer")} with {Count(plan.ParameterCount, "parameter")}: "
                + $"{Shapes(writer.Names.Inputs)} to {Shapes(writer.Names.Outputs)}.";
    }

    private static void WriteColumns(MemberWriter writer, List<string[]> rows)
    {
        int[] widths = [.. Enumerable.Range(0, rows[0].Length).Select(column => rows.Max(row => row[column].Length))];
        foreach (string[] row in rows)
        {
            IEnumerable<string> cells = row.Select((cell, column) => column == 4 ? cell.PadLeft(widths[column]) : cell.PadRight(widths[column]));
            writer.Line(("//   " + string.Join("  ", cells)).TrimEnd());
        }
    }

    private static void WriteBuffers(MemberWriter writer, NetworkPlan plan)
    {
        writer.Line($"//   floats, with padding: parameters {NumberText.Integer(plan.ParameterLength)}, statistics {NumberText.Integer(plan.StatisticsLength)}");
        writer.Line($"//   prediction: scratch of one sample {NumberText.Integer(plan.PredictOneScratch)}, of up to {Count(plan.PredictManyRows, "row")} {NumberText.Integer(plan.PredictManyScratch)}");
        writer.Line($"//   training: {NumberText.Integer(plan.BatchedFloats)} per sample and {NumberText.Integer(plan.FixedFloats)}, beside the gradients");
        foreach (PlannedWeight weight in plan.Weights)
        {
            string arena = weight.Spec.IsTrainable ? "parameters" : "statistics";
            writer.Line($"//   {weight.FileName} {weight.Spec.Shape}: {arena}[{NumberText.Integer(weight.Offset)}..{NumberText.Integer(weight.Offset + weight.PhysicalLength)}], {weight.Packing}");
        }
    }

    private static string Shapes(IReadOnlyList<SpanName> spans) =>
        string.Join(", ", spans.Select(span => spans.Count == 1 ? span.Shape : $"{span.Name} {span.Shape}"));

    private static string ValueName(NetworkSpec spec, int value) =>
        value < spec.Inputs.Count ? spec.Inputs[value].Name : value - spec.Inputs.Count < spec.Layers.Count ? spec.Layers[value - spec.Inputs.Count].Name : "?";

    private static string ShapeOf(NetworkPlan plan, int value) => value < plan.Shapes.Count ? plan.Shapes[value].ToString() : "?";

    private static string Count(int count, string noun) => NumberText.Integer(count) + " " + noun + (count == 1 ? "" : "s");

    // Text of the user's goes into a comment of one line: every line end that C# knows becomes a space.
    private static string OneLine(string text) => string.Concat(text.Select(letter => letter is '\r' or '\n' or '\u0085' or '\u2028' or '\u2029' ? ' ' : letter));
}
