namespace NetCompiler.Generators.Targets.CSharp.Members;

/// <summary>Forward and Backward over spans.</summary>
internal static class TrainingForwardMembers
{
    private const string Guards = """
        /// <exception cref="global::System.ArgumentException">A length is wrong, or there are more samples than planned for; nothing was changed.</exception>
        /// <exception cref="global::System.ObjectDisposedException">The training was disposed.</exception>
        """;

    public static void Write(MemberWriter writer)
    {
        WriteForward(writer);
        WriteBackward(writer);
    }

    private static void WriteForward(MemberWriter writer)
    {
        MemberNames names = writer.Names;
        string samples = names.Own("samples"), call = names.Own("call");
        writer.Method(
            MemberWriter.Lines(
                "/// <summary>Computes the outputs of up to the planned number of samples and keeps what <see cref=\"Backward\"/> needs.</summary>",
                PredictMembers.InputDocs(names),
                MemberWriter.Lines(names.Outputs.Select((output, i) => $"/// <param name=\"{output.Name}\">n times <see cref=\"{names.OutputLength(i)}\"/> values.</param>")),
                writer.Plan.UpdatesStatistics
                    ? "/// <param name=\"training\">Whether this is training, with dropout and statistics of the batch; if so, moving statistics and <see cref=\"StepIndex\"/> advance.</param>"
                    : "/// <param name=\"training\">Whether dropout is on; if so, <see cref=\"StepIndex\"/> advances.</param>",
                Guards,
                PredictMembers.TokenErrors(names),
                "/// <exception cref=\"global::System.InvalidOperationException\">Another call is under way.</exception>"),
            $"public void Forward({PredictMembers.Signature(names)}, bool training = true)",
            TrainingLossMembers.Guarded(MemberWriter.Lines(
                PredictRowsMembers.SampleChecks(names, samples, names.Outputs.Select((output, i) => (output, names.OutputLength(i)))),
                $"{MemberNames.Runtime}.GeneratedArguments.RequireBatch({samples}, _buffers.BatchSize, {TextLiteral.Quote(names.Inputs[0].Name)});",
                PredictMembers.OverlapChecks(names),
                PredictMembers.TokenChecks(names),
                $$"""
                if ({{samples}} == 0)
                {
                    return;
                }

                TrainingCall {{call}} = Begin({{samples}});
                """,
                MemberWriter.Lines(names.Inputs.Select(Keep)),
                $"BindKept(ref {call});",
                $"{call}.IsTraining = training;",
                Dispatch(writer, "Forward", "training", call),
                MemberWriter.Lines(names.Outputs.Select((output, i) =>
                    $"_output{NumberText.Integer(i)}.Span.Slice(0, {output.Parameter}.Length).CopyTo({output.Parameter});")),
                $$"""
                _forwardRows = {{samples}};
                _forwardTraining = training;
                _forwardStep = StepIndex;
                if (training)
                {
                    StepIndex++;{{Touched(writer)}}
                }
                """)));
    }

    private static string Touched(MemberWriter writer) =>
        writer.Plan.UpdatesStatistics ? $"\n    _network.{StateMembers.Statistics(writer)}.Touch();" : "";

    private static string Keep(SpanName input, int i)
    {
        string field = "_read" + NumberText.Integer(i), length = NumberText.Integer(input.Length);
        return input.IsInteger
            ? $"{input.Parameter}.CopyTo({field} ??= new int[_buffers.Capacity * {length}]);"
            : $"{input.Parameter}.CopyTo(({field} ??= _buffers.NewColumn({length})).Span);";
    }

    private static void WriteBackward(MemberWriter writer)
    {
        MemberNames names = writer.Names;
        string call = names.Own("call");
        writer.Method(
            MemberWriter.Lines(
                "/// <summary>Differentiates the most recent <see cref=\"Forward\"/>: gradients, summed over the batch, of sum(output x outputGradient), plus those of the regularizers.</summary>",
                MemberWriter.Lines(names.OutputGradients.Select((gradient, i) =>
                    $"/// <param name=\"{gradient.Parameter.TrimStart('@')}\">The derivative by each output: as many samples as the last Forward had, times <see cref=\"{names.OutputLength(i)}\"/>.</param>")),
                TrainingLossMembers.GradientDocs,
                Guards,
                "/// <exception cref=\"global::System.InvalidOperationException\">There was no Forward, or another method has used the buffers since; or another call is under way.</exception>"),
            $"public void Backward({MemberWriter.List(names.OutputGradients.Select(gradient => gradient.ReadParameter))}, {TrainingLossMembers.GradientsDefault})",
            TrainingLossMembers.Guarded(MemberWriter.Lines(
                $$"""
                if (_forwardRows < 0)
                {
                    throw {{MemberNames.Runtime}}.GeneratedArguments.NoForward({{TextLiteral.Quote(writer.Plan.Spec.Name)}});
                }

                """,
                MemberWriter.Lines(names.OutputGradients.Select((gradient, i) =>
                    $"{MemberNames.Runtime}.Arguments.RequireSamples({gradient.Parameter}.Length, _forwardRows, {names.OutputLength(i)}, {TextLiteral.Quote(gradient.Parameter.TrimStart('@'))});")),
                $"TrainingCall {call} = Begin(_forwardRows);",
                $"_forwardRows = {call}.Rows;",
                $"BindKept(ref {call});",
                MemberWriter.Lines(names.OutputGradients.Select((gradient, i) => $"{call}.OutputGradient{NumberText.Integer(i)} = {gradient.Reference};")),
                $"_buffers.FillSampleScaleWithOnes({call}.Rows);",
                $"{call}.IsTraining = _forwardTraining;",
                $"{call}.Step = _forwardStep;",
                $"Want(ref {call}, gradients, accumulate);",
                Dispatch(writer, "Backward", "_forwardTraining", call))));
    }

    // Statistics of the batch cannot be switched off by a flag, as dropout can: inference with gradients is a program of its own.
    private static string Dispatch(MemberWriter writer, string program, string isTraining, string call) => !writer.Plan.UpdatesStatistics
        ? TrainingThreadMembers.Run(program, call)
        : $$"""
            if ({{isTraining}})
            {
            {{MemberWriter.Indent(TrainingThreadMembers.Run(program, call))}}
            }
            else
            {
            {{MemberWriter.Indent(TrainingThreadMembers.Run("Inference" + program, call))}}
            }
            """;
}
