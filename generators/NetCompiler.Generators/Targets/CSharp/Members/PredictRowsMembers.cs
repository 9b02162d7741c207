namespace NetCompiler.Generators.Targets.CSharp.Members;

/// <summary>The private part of Predict: checks of any number of samples, and the loop over pieces that one kernel call takes.</summary>
internal static class PredictRowsMembers
{
    public static void Write(MemberWriter writer)
    {
        if (!writer.IsFaulty)
        {
            WriteChecked(writer);
            WriteRows(writer);
            PredictThreadMembers.Write(writer);
            PredictOneThreadMembers.Write(writer);
        }
    }

    /// <summary>The method that checks any number of samples, then predicts them.</summary>
    public static string Checked(MemberWriter writer) => writer.Names.Own("PredictChecked");

    /// <summary>The method that predicts checked rows.</summary>
    public static string Rows(MemberWriter writer) => writer.Names.Own("PredictRows");

    /// <summary>The arguments of PredictOne and, with the rows behind, PredictMany.</summary>
    public static string KernelArguments(MemberWriter writer, Func<SpanName, string> reference, string scratch) =>
        MemberWriter.List(writer.Names.Inputs.Select(reference)
            .Append(PredictMembers.ArenaReference(StateMembers.Parameters(writer), writer.Plan.ParameterLength))
            .Append(PredictMembers.ArenaReference(StateMembers.Statistics(writer), writer.Plan.StatisticsLength))
            .Concat(writer.Plan.DerivedLength > 0 ? [$"ref {StateMembers.Derived(writer)}.Origin"] : [])
            .Concat(writer.Names.Outputs.Select(reference))
            .Append(scratch));

    /// <summary>Counts the samples by the first input and asks the other spans for as many.</summary>
    public static string SampleChecks(MemberNames names, string samples, IEnumerable<(SpanName Span, string Length)> others)
    {
        SpanName first = names.Inputs[0];
        return MemberWriter.Lines(
            $"int {samples} = {MemberNames.Runtime}.Arguments.RequireMultiple({first.Parameter}.Length, {names.InputLength(0)}, {TextLiteral.Quote(first.Name)});",
            MemberWriter.Lines(names.Inputs.Select((span, i) => (Span: span, Length: names.InputLength(i))).Skip(1).Concat(others).Select(pair =>
                $"{MemberNames.Runtime}.Arguments.RequireSamples({pair.Span.Parameter}.Length, {samples}, {pair.Length}, {TextLiteral.Quote(pair.Span.Parameter.TrimStart('@'))});")));
    }

    private static void WriteChecked(MemberWriter writer)
    {
        MemberNames names = writer.Names;
        string samples = names.Own("samples"), parts = names.Own("parts");
        string references = MemberWriter.List(names.Inputs.Concat(names.Outputs).Select(span => span.Reference));
        writer.Method(
            "",
            $"private void {Checked(writer)}({PredictMembers.Signature(names)}, int threads)",
            MemberWriter.Lines(
                SampleChecks(names, samples, names.Outputs.Select((output, i) => (output, names.OutputLength(i)))),
                PredictMembers.OverlapChecks(names),
                PredictMembers.TokenChecks(names),
                PrepareMembers.Check(writer),
                $$"""
                int {{parts}} = {{MemberNames.Runtime}}.ChosenWork.PartsOf({{samples}}, threads, {{NumberText.Integer(writer.Plan.ProductsPerSample)}});
                if ({{parts}} > 1)
                {
                    {{PredictThreadMembers.Run(writer)}}({{PredictMembers.Arguments(names)}}, {{samples}}, {{parts}});
                }
                else
                {
                    {{Rows(writer)}}({{references}}, {{samples}});
                }
                """));
    }

    private static void WriteRows(MemberWriter writer)
    {
        MemberNames names = writer.Names;
        string scratch = names.Own("scratch"), rows = names.Own("rows"), done = names.Own("done"), piece = names.Own("piece"), pool = StateMembers.ManyScratch(writer);
        string most = NumberText.Integer(writer.Plan.PredictManyRows);
        string At(SpanName span, string length) => $"ref {MemberNames.Unsafe}.Add(ref {span.Parameter}, (nint){done} * {length})";
        Dictionary<string, string> lengths = [];
        for (int i = 0; i < names.Inputs.Count; i++)
        {
            lengths[names.Inputs[i].Parameter] = names.InputLength(i);
        }

        for (int i = 0; i < names.Outputs.Count; i++)
        {
            lengths[names.Outputs[i].Parameter] = names.OutputLength(i);
        }

        string kernel = $"PredictMany({KernelArguments(writer, span => At(span, lengths[span.Parameter]), $"ref {scratch}.Origin")}, {piece})";
        writer.Method(
            MemberWriter.Optimized,
            $"private void {Rows(writer)}({MemberWriter.List(names.Inputs.Concat(names.Outputs).Select(span => $"ref {span.Element} {span.Parameter}"))}, int {rows})",
            $$"""
            if ({{rows}} == 0)
            {
                return;
            }

            {{MemberNames.Runtime}}.ScratchBlock {{scratch}} = {{pool}}.Rent();
            for (int {{done}} = 0; {{done}} < {{rows}}; {{done}} += {{most}})
            {
                int {{piece}} = global::System.Math.Min({{most}}, {{rows}} - {{done}});
            {{MemberWriter.Indent(MemberWriter.Dispatch(kernel))}}
            }

            {{pool}}.Return({{scratch}});
            """);
    }
}
