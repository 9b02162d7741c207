using NetCompiler.Generators.Schedule;

namespace NetCompiler.Generators.Targets.CSharp.Members;

/// <summary>The private part of Training: checks of spans, and the filling of a call.</summary>
internal static class TrainingCheckMembers
{
    public static void Write(MemberWriter writer)
    {
        if (writer.Plan.Spec.Losses.Count > 0)
        {
            WriteRequireSamples(writer);
        }

        WriteBegin(writer);
        WriteBindKept(writer);
        WriteWant(writer);
    }

    private static void WriteRequireSamples(MemberWriter writer)
    {
        MemberNames names = writer.Names;
        string samples = names.Own("samples");
        writer.Method(
            "",
            $"private int RequireSamples({TrainingLossMembers.Spans(names)}, global::System.ReadOnlySpan<float> sampleWeights)",
            MemberWriter.Lines(
                PredictRowsMembers.SampleChecks(names, samples, names.Targets.Select(target => (target, NumberText.Integer(target.Length)))),
                $"{MemberNames.Runtime}.GeneratedArguments.RequireBatch({samples}, _buffers.BatchSize, {TextLiteral.Quote(names.Inputs[0].Name)});",
                $$"""
                if (!sampleWeights.IsEmpty)
                {
                    {{MemberNames.Runtime}}.Arguments.RequireSamples(sampleWeights.Length, {{samples}}, 1, "sampleWeights");
                }

                """,
                PredictMembers.TokenChecks(names),
                MemberWriter.Lines(names.Targets.Where(target => target.IsInteger).Select(target =>
                    $"{MemberNames.Runtime}.Arguments.RequireClasses({target.Parameter}, {NumberText.Integer(target.Limit)}, {TextLiteral.Quote(target.Name)});")),
                $"return {samples};"));
    }

    private static void WriteBegin(MemberWriter writer)
    {
        NetworkPlan plan = writer.Plan;
        List<string> lines =
        [
            "_rows = samples;",
            "_forwardRows = -1;",
            "TrainingCall call = default;",
            $"call.Parameters = ref _network.{StateMembers.Parameters(writer)}.Origin;",
            $"call.Statistics = ref _network.{StateMembers.Statistics(writer)}.Origin;",
            "call.Gradients = ref _buffers.Gradients.Origin;",
            "call.Batched = ref _buffers.Batched.Origin;",
            "call.Fixed = ref _buffers.Fixed.Origin;",
            "call.Scratch = ref _buffers.Scratch.Origin;",
            "call.SampleScale = ref _buffers.SampleScale.Origin;",
            $"call.Losses = ref {MemberNames.MemoryMarshal}.GetReference(_buffers.Losses);",
            .. writer.Names.Outputs.Select((_, i) => $"call.Output{NumberText.Integer(i)} = ref _output{NumberText.Integer(i)}.Origin;"),
            .. writer.Names.Settings.Select((setting, i) => $"call.Setting{NumberText.Integer(i)} = {setting};"),
            "call.Rows = samples;",
            "call.Capacity = _buffers.Capacity;",
            "call.Seed = _seed;",
            "call.Step = StepIndex;",
            "call.Stage = -1;",
            "call.Count = samples;",
            "call.Parts = 1;",
            "return call;",
        ];
        writer.Method("", "private TrainingCall Begin(int samples)", MemberWriter.Lines(lines));
    }

    private static void WriteBindKept(MemberWriter writer) =>
        writer.Method(
            "",
            "private void BindKept(ref TrainingCall call)",
            MemberWriter.Lines(writer.Names.Inputs.Select((input, i) => input.IsInteger
                ? $"call.Input{NumberText.Integer(i)} = ref {MemberNames.MemoryMarshal}.GetArrayDataReference(_read{NumberText.Integer(i)}!);"
                : $"call.Input{NumberText.Integer(i)} = ref _read{NumberText.Integer(i)}!.Origin;")));

    private static void WriteWant(MemberWriter writer)
    {
        (SpanName Span, int Index)[] inputs = [.. TrainingMembers.FloatInputs(writer.Names)];
        const string wants = $"(gradients & {MemberNames.Runtime}.GradientTargets.";
        writer.Method(
            "",
            $"private void Want(ref TrainingCall call, {MemberNames.Runtime}.GradientTargets gradients, bool accumulate)",
            MemberWriter.Lines(
                $"call.WantParameters = {wants}Parameters) != 0;",
                "call.Accumulate = accumulate;",
                MemberWriter.Lines(inputs.Where(input => writer.Plan.AlwaysWrittenInputGradients.Contains(input.Index)).Select(Bind)),
                inputs.Length == 0 ? "call.WantInputs = false;" : $$"""
                call.WantInputs = {{wants}}Inputs) != 0;
                if (call.WantInputs)
                {
                {{MemberWriter.Indent(MemberWriter.Lines(inputs.Select(Bind)))}}
                    _gradientRows = call.Rows;
                }
                """));

        string Bind((SpanName Span, int Index) input) =>
            $"call.InputGradient{NumberText.Integer(input.Index)} = ref (_inputGradient{NumberText.Integer(input.Index)} ??= _buffers.NewColumn({writer.Names.InputLength(input.Index)})).Origin;";
    }
}
