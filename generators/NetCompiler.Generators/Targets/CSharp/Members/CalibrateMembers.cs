using NetCompiler.Generators.Schedule;

namespace NetCompiler.Generators.Targets.CSharp.Members;

/// <summary>Calibrate: fixes the ranges that inference in integers of 8 bits rounds rows by.</summary>
internal static class CalibrateMembers
{
    private const string Ranges = MemberNames.Runtime + ".Int8Ranges";

    public static void Write(MemberWriter writer)
    {
        if (writer.Plan.Spec.WeightFormat != "Int8")
        {
            return;
        }

        MemberNames names = writer.Names;
        IReadOnlyList<PlannedDerived> ranges = writer.Plan.Ranges;
        if (ranges.Count > 0)
        {
            writer.Private($"private static readonly string[] {Keys(writer)} = [{MemberWriter.List(ranges.Select(range => TextLiteral.Quote("int8." + writer.Plan.Weights[range.RangeOf!.Value].FileName)))}];");
            writer.Private("");
        }

        string samples = names.Own("samples");
        writer.Method(
            MemberWriter.Lines(
                """
                /// <summary>
                /// Fixes the ranges by which inference rounds what it multiplies with integers of 8 bits to what these samples bring there, where otherwise each row is rounded by its own range. What
                /// later lies beyond is cut off. Without samples each row has its own range again. The ranges are kept in <see cref="Metadata"/>, so in files and copies too; measure
                /// them again when the weights have changed. No prediction may run at the same time.
                /// </summary>
                """,
                PredictMembers.InputDocs(names),
                "/// <exception cref=\"global::System.ArgumentException\">A length is wrong, or a sample brings a NaN or an infinity; nothing was changed.</exception>",
                PredictMembers.TokenErrors(names)),
            $"public void Calibrate({MemberWriter.List(names.Inputs.Select(input => input.ReadParameter))})",
            MemberWriter.Lines(
                PredictRowsMembers.SampleChecks(names, samples, []),
                PredictMembers.TokenChecks(names),
                ranges.Count == 0 ? "" : Measure(writer, samples)));
    }

    /// <summary>Takes the ranges from the network's texts, or nothing where no row is rounded.</summary>
    public static string Read(MemberWriter writer) => writer.Plan.Ranges.Count == 0 ? "" : $"{Ranges}.Read({First(writer)}, {Keys(writer)}, Metadata);";

    private static string Measure(MemberWriter writer, string samples)
    {
        MemberNames names = writer.Names;
        string outputs = MemberWriter.Lines(names.Outputs.Select((output, i) => $"float[] {output.Parameter} = new float[{samples} * {names.OutputLength(i)}];"));
        string references = MemberWriter.List(names.Inputs.Select(input => input.Reference).Concat(names.Outputs.Select(output => $"ref {output.Parameter}[0]")));
        return $$"""
            {{PrepareMembers.Check(writer)}}
            lock ({{StateMembers.Derived(writer)}})
            {
                if ({{samples}} == 0)
                {
                    {{Ranges}}.Forget({{First(writer)}}, {{Keys(writer)}}, Metadata);
                    return;
                }

            {{MemberWriter.Indent(outputs)}}
                {{Ranges}}.Observe({{First(writer)}}, {{NumberText.Integer(writer.Plan.Ranges.Count)}});
                {{PredictRowsMembers.Rows(writer)}}({{references}}, {{samples}});
                {{Ranges}}.Fix({{First(writer)}}, {{Keys(writer)}}, Metadata);
            }
            """;
    }

    private static string First(MemberWriter writer) =>
        $"ref {MemberNames.Unsafe}.Add(ref {StateMembers.Derived(writer)}.Origin, {NumberText.Integer(writer.Plan.Ranges[0].Offset)})";

    private static string Keys(MemberWriter writer) => writer.Names.Own("_rangeKeys");
}
