namespace NetCompiler.Generators.Targets.CSharp.Members;

/// <summary>Step, ComputeGradients and ComputeLoss over spans.</summary>
internal static class TrainingLossMembers
{
    public const string GradientsDefault = MemberNames.Runtime + ".GradientTargets gradients = " + MemberNames.Runtime + ".GradientTargets.Parameters, bool accumulate = false";
    private const string WeightsDefault = "global::System.ReadOnlySpan<float> sampleWeights = default";

    public static void Write(MemberWriter writer)
    {
        WriteStep(writer);
        WriteComputeGradients(writer);
        WriteComputeLoss(writer);
        WriteSharedGradients(writer);
    }

    /// <summary>The inputs and targets as parameters.</summary>
    public static string Spans(MemberNames names) => MemberWriter.List(names.Inputs.Concat(names.Targets).Select(span => span.ReadParameter));

    public static string SpanArguments(MemberNames names) => MemberWriter.List(names.Inputs.Concat(names.Targets).Select(span => span.Parameter));

    /// <summary>A body between entering and leaving the guard.</summary>
    public static string Guarded(string body) => $$"""
        _guard.Enter();
        try
        {
        {{MemberWriter.Indent(body)}}
        }
        finally
        {
            _guard.Leave();
        }
        """;

    private static void WriteStep(MemberWriter writer)
    {
        MemberNames names = writer.Names;
        string parameters = StateMembers.Parameters(writer);
        writer.Method(
            Docs(
                writer,
                "One step of training over up to the planned number of samples: gradients, then the optimizer's update. An empty batch does nothing.",
                "/// <param name=\"optimizer\">An optimizer's state that was made for this training.</param>",
                "The loss before the update: sum(weight x loss) / n, plus the regularizers."),
            $"public float Step({Spans(names)}, {MemberNames.Runtime}.OptimizerState optimizer, {WeightsDefault})",
            Guarded(MemberWriter.Lines(
                "global::System.ArgumentNullException.ThrowIfNull(optimizer);",
                "optimizer.RequireFor(this);",
                $$"""
                if (!ComputeGradientsCore({{SpanArguments(names)}}, {{MemberNames.Runtime}}.GradientTargets.Parameters, false, sampleWeights))
                {
                    return 0;
                }

                _buffers.Update(optimizer, _network.{{parameters}});
                _network.{{parameters}}.Touch();
                StepIndex++;
                return _buffers.TotalLoss;
                """)));
    }

    private static void WriteComputeGradients(MemberWriter writer)
    {
        MemberNames names = writer.Names;
        writer.Method(
            Docs(
                writer,
                "The loss in training mode and its gradients, which <see cref=\"Gradients\"/>, <see cref=\"WeightGradients\"/> and the input gradients show. An empty batch does nothing.",
                GradientDocs,
                "The loss: sum(weight x loss) / n, plus the regularizers."),
            $"public float ComputeGradients({Spans(names)}, {GradientsDefault}, {WeightsDefault})",
            Guarded($$"""
                if (!ComputeGradientsCore({{SpanArguments(names)}}, gradients, accumulate, sampleWeights))
                {
                    return 0;
                }

                StepIndex++;
                return _buffers.TotalLoss;
                """));
    }

    /// <summary>Documentation of the two parameters that gradients take.</summary>
    public const string GradientDocs = """
        /// <param name="gradients">Which gradients to compute.</param>
        /// <param name="accumulate">Whether to add to the gradients of the weights instead of overwriting them.</param>
        """;

    private static void WriteComputeLoss(MemberWriter writer)
    {
        MemberNames names = writer.Names;
        string samples = names.Own("samples"), call = names.Own("call");
        writer.Method(
            Docs(writer, "The loss in inference mode: no dropout, nothing changes but the outputs and losses of the last batch.", "", "The loss: sum(weight x loss) / n, plus the regularizers; 0 for an empty batch."),
            $"public float ComputeLoss({Spans(names)}, {WeightsDefault})",
            Guarded(MemberWriter.Lines(
                $"int {samples} = RequireSamples({SpanArguments(names)}, sampleWeights);",
                $$"""
                if ({{samples}} == 0)
                {
                    return 0;
                }

                TrainingCall {{call}} = Begin({{samples}});
                """,
                Bind(names, call),
                $"_buffers.FillSampleScale({samples}, sampleWeights);",
                TrainingThreadMembers.Run("Loss", call),
                "return _buffers.TotalLoss;")));
    }

    private static void WriteSharedGradients(MemberWriter writer)
    {
        if (writer.IsFaulty)
        {
            return;
        }

        MemberNames names = writer.Names;
        string samples = names.Own("samples"), call = names.Own("call");
        writer.Method(
            "",
            $"private bool ComputeGradientsCore({Spans(names)}, {MemberNames.Runtime}.GradientTargets gradients, bool accumulate, global::System.ReadOnlySpan<float> sampleWeights)",
            MemberWriter.Lines(
                $"int {samples} = RequireSamples({SpanArguments(names)}, sampleWeights);",
                $$"""
                if ({{samples}} == 0)
                {
                    return false;
                }

                TrainingCall {{call}} = Begin({{samples}});
                """,
                Bind(names, call),
                $"_buffers.FillSampleScale({samples}, sampleWeights);",
                $"{call}.IsTraining = true;",
                $"Want(ref {call}, gradients, accumulate);",
                TrainingThreadMembers.Run("Gradients", call),
                writer.Plan.UpdatesStatistics ? $"_network.{StateMembers.Statistics(writer)}.Touch();" : "",
                "return true;"));
    }

    private static string Bind(MemberNames names, string call) =>
        MemberWriter.Lines(
            names.Inputs.Select((span, i) => $"{call}.Input{NumberText.Integer(i)} = {span.Reference};")
                .Concat(names.Targets.Select((span, i) => $"{call}.Target{NumberText.Integer(i)} = {span.Reference};")));

    private static string Docs(MemberWriter writer, string summary, string extra, string returns)
    {
        MemberNames names = writer.Names;
        return MemberWriter.Lines(
            $"/// <summary>{summary}</summary>",
            PredictMembers.InputDocs(names),
            MemberWriter.Lines(names.Targets.Select(target =>
                $"/// <param name=\"{target.Name}\">n times {NumberText.Integer(target.Length)} {(target.IsInteger ? $"classes from 0 to {NumberText.Integer(target.Limit - 1)}" : "values")}.</param>")),
            extra,
            "/// <param name=\"sampleWeights\">One weight per sample; empty means 1 for each.</param>",
            $"/// <returns>{returns}</returns>",
            "/// <exception cref=\"global::System.ArgumentException\">A length is wrong, or there are more samples than planned for; nothing was changed.</exception>",
            names.Inputs.Concat(names.Targets).Any(span => span.IsInteger)
                ? "/// <exception cref=\"global::System.ArgumentOutOfRangeException\">A token or a class lies outside its range; nothing was changed.</exception>"
                : "",
            "/// <exception cref=\"global::System.InvalidOperationException\">Another call is under way.</exception>",
            "/// <exception cref=\"global::System.ObjectDisposedException\">The training was disposed.</exception>");
    }
}
