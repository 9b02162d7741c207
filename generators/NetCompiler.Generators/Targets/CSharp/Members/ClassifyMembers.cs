namespace NetCompiler.Generators.Targets.CSharp.Members;

/// <summary>Classify, for every output that is a class distribution, its logarithm, logits, or one probability.</summary>
internal static class ClassifyMembers
{
    public static void Write(MemberWriter writer)
    {
        MemberNames names = writer.Names;
        for (int i = 0; i < names.Outputs.Count; i++)
        {
            OutputMeaning meaning = OutputMeanings.Of(writer.Plan, i);
            if (meaning != OutputMeaning.None)
            {
                WriteOutput(writer, i, meaning);
            }
        }
    }

    /// <summary>A call of every Classify over two samples.</summary>
    public static string WarmUp(MemberWriter writer)
    {
        MemberNames names = writer.Names;
        List<string> calls = [];
        for (int i = 0; i < names.Outputs.Count; i++)
        {
            if (OutputMeanings.Of(writer.Plan, i) != OutputMeaning.None)
            {
                string inputs = MemberWriter.List(names.Inputs.Select((input, k) => $"new {input.Element}[2 * {names.InputLength(k)}]"));
                calls.Add($"{Name(names, i)}({inputs}, new int[{NumberText.Integer(2 * Groups(writer, i))}]);");
            }
        }

        return MemberWriter.Lines(calls);
    }

    private static string Name(MemberNames names, int output) => names.Outputs.Count == 1 ? "Classify" : "Classify" + names.Outputs[output].Member;

    // The number of classes of one distribution, along the last axis.
    private static int Classes(MemberWriter writer, int output)
    {
        int value = writer.Plan.Spec.Outputs[output].Value;
        return value < writer.Plan.Shapes.Count && writer.Plan.Shapes[value].Rank > 0 ? writer.Plan.Shapes[value][-1] : 1;
    }

    private static int Groups(MemberWriter writer, int output) => writer.Names.Outputs[output].Length / Classes(writer, output);

    private static void WriteOutput(MemberWriter writer, int output, OutputMeaning meaning)
    {
        MemberNames names = writer.Names;
        string name = Name(names, output), rule = meaning switch
        {
            OutputMeaning.Largest => "the index of the largest value",
            OutputMeaning.AboveHalf => "1 where the probability is above 0.5, else 0",
            _ => "1 where the logit is above 0, else 0",
        };
        int groups = Groups(writer, output);
        string inputs = MemberWriter.List(names.Inputs.Select(input => input.ReadParameter)), arguments = MemberWriter.List(names.Inputs.Select(input => input.Parameter));
        if (groups == 1)
        {
            string one = names.Own("one");
            writer.Method(
                MemberWriter.Lines(
                    $"/// <summary>The class of one sample by <c>{names.Outputs[output].Name}</c>: {rule}.</summary>",
                    MemberWriter.Lines(names.Inputs.Select((input, i) => $"/// <param name=\"{input.Name}\"><see cref=\"{names.InputLength(i)}\"/> values.</param>")),
                    "/// <exception cref=\"global::System.ArgumentException\">A length is not that of one sample.</exception>",
                    PredictMembers.TokenErrors(names)),
                $"public int {name}({inputs})",
                $$"""
                global::System.Span<int> {{one}} = stackalloc int[1];
                {{MemberWriter.Lines(names.Inputs.Select((input, i) => $"{MemberNames.Runtime}.Arguments.RequireSamples({input.Parameter}.Length, 1, {names.InputLength(i)}, {TextLiteral.Quote(input.Name)});"))}}
                {{name}}({{arguments}}, {{one}});
                return {{one}}[0];
                """);
        }

        writer.Method(
            MemberWriter.Lines(
                $"/// <summary>The classes of n samples by <c>{names.Outputs[output].Name}</c>: {rule}.</summary>",
                PredictMembers.InputDocs(names),
                $"/// <param name=\"classes\">One index per {(groups == 1 ? "sample" : $"distribution: {NumberText.Integer(groups)} per sample")}.</param>",
                "/// <exception cref=\"global::System.ArgumentException\">A length is wrong; nothing was written.</exception>",
                PredictMembers.TokenErrors(names)),
            $"public void {name}({inputs}, global::System.Span<int> classes)",
            Many(writer, output, meaning));
    }

    private static string Many(MemberWriter writer, int output, OutputMeaning meaning)
    {
        MemberNames names = writer.Names;
        string samples = names.Own("samples"), done = names.Own("done"), piece = names.Own("piece"), scratch = names.Own("scratch"), values = names.Own("values");
        string pool = StateMembers.Outputs(writer), groups = NumberText.Integer(Groups(writer, output));
        string Slice(SpanName input, string length) => $"{input.Parameter}.Slice({done} * {length}, {piece} * {length})";
        int offset = 0;
        List<string> outputs = [];
        for (int i = 0; i < names.Outputs.Count; i++)
        {
            outputs.Add($"{values}.Slice({NumberText.Integer(offset * writer.Plan.PredictManyRows)}, {piece} * {names.OutputLength(i)})");
            offset += names.Outputs[i].Length;
        }

        string decide = meaning switch
        {
            OutputMeaning.Largest => $"Largest({outputs[output]}, {NumberText.Integer(Classes(writer, output))}, ",
            OutputMeaning.AboveHalf => $"Above({outputs[output]}, 0.5f, ",
            _ => $"Above({outputs[output]}, 0f, ",
        };
        string predict = MemberWriter.List(names.Inputs.Select((input, i) => Slice(input, names.InputLength(i))).Concat(outputs));
        return MemberWriter.Lines(
            PredictRowsMembers.SampleChecks(names, samples, []),
            $"{MemberNames.Runtime}.Arguments.RequireSamples(classes.Length, {samples}, {groups}, \"classes\");",
            MemberWriter.Lines(names.Inputs.Select(input => $"{MemberNames.Runtime}.Arguments.RequireNoOverlap({input.Parameter}, classes, {TextLiteral.Quote(input.Name)}, \"classes\");")),
            PredictMembers.TokenChecks(names),
            $$"""
            {{MemberNames.Runtime}}.ScratchBlock {{scratch}} = {{pool}}.Rent();
            global::System.Span<float> {{values}} = {{MemberNames.MemoryMarshal}}.CreateSpan(ref {{scratch}}.Origin, {{NumberText.Integer(offset * writer.Plan.PredictManyRows)}});
            for (int {{done}} = 0; {{done}} < {{samples}}; {{done}} += {{NumberText.Integer(writer.Plan.PredictManyRows)}})
            {
                int {{piece}} = global::System.Math.Min({{NumberText.Integer(writer.Plan.PredictManyRows)}}, {{samples}} - {{done}});
                Predict({{predict}});
                {{MemberNames.Runtime}}.ClassDecision.{{decide}}classes.Slice({{done}} * {{groups}}, {{piece}} * {{groups}}));
            }

            {{pool}}.Return({{scratch}});
            """);
    }
}
