namespace NetCompiler.Generators.Targets.CSharp.Members;

/// <summary>The explicit members of ITraining: staging columns that a loader fills, and calls over them.</summary>
internal static class TrainingStagingMembers
{
    private const string Interface = MemberNames.Runtime + ".ITraining";

    public static void Write(MemberWriter writer)
    {
        MemberNames names = writer.Names;
        if (!writer.IsFaulty)
        {
            WriteColumns(writer, names.Inputs, "Input");
            WriteColumns(writer, names.Targets, "Target");
            writer.Line("private float[]? _stagedWeights;");
            writer.Line();
        }

        writer.Property("/// <inheritdoc/>", $"{MemberNames.Runtime}.INetwork {Interface}.Network", "_network");
        writer.Property("/// <inheritdoc/>", $"int {Interface}.BatchSize", "_buffers.BatchSize");
        Access(writer, "FloatInput", "Input", names.Inputs, isInteger: false, "float input");
        Access(writer, "TokenInput", "Input", names.Inputs, isInteger: true, "token input");
        Access(writer, "FloatTarget", "Target", names.Targets, isInteger: false, "float target");
        Access(writer, "ClassTarget", "Target", names.Targets, isInteger: true, "class target");
        WriteSampleWeights(writer);
        WriteOutput(writer);
        WriteCalls(writer);
    }

    /// <summary>A choice by number, with an error that names what there is.</summary>
    public static string Switch(string index, IEnumerable<(int Number, string Text)> cases, string kind, IReadOnlyList<SpanName> spans)
    {
        string columns = TextLiteral.Quote(string.Join(", ", spans.Select((span, i) => $"{NumberText.Integer(i)} {span.Name} ({(span.IsInteger ? "integers" : "floats")})")));
        string error = $"throw {MemberNames.Runtime}.GeneratedArguments.NoColumn({index}, {TextLiteral.Quote(kind)}, {columns})";
        (int Number, string Text)[] all = [.. cases];
        return all.Length == 0
            ? error
            : $"{index} switch\n{{\n{string.Concat(all.Select(pair => $"    {NumberText.Integer(pair.Number)} => {pair.Text},\n"))}    _ => {error},\n}}";
    }

    private static void WriteColumns(MemberWriter writer, IReadOnlyList<SpanName> spans, string kind)
    {
        for (int i = 0; i < spans.Count; i++)
        {
            string field = $"_staged{kind}{NumberText.Integer(i)}", length = NumberText.Integer(spans[i].Length);
            if (spans[i].IsInteger)
            {
                writer.Line($"private int[]? {field};");
                writer.Line($"private global::System.Span<int> Staged{kind}{NumberText.Integer(i)} => {field} ??= new int[_buffers.BatchSize * {length}];");
            }
            else
            {
                writer.Line($"private {MemberNames.Runtime}.WeightArena? {field};");
                writer.Line($"private global::System.Span<float> Staged{kind}{NumberText.Integer(i)} => ({field} ??= _buffers.NewColumn({length})).Span.Slice(0, _buffers.BatchSize * {length});");
            }

            writer.Line();
        }
    }

    private static void Access(MemberWriter writer, string name, string kind, IReadOnlyList<SpanName> spans, bool isInteger, string what)
    {
        IEnumerable<(int Number, string Text)> cases = spans.Select((span, i) => (Span: span, Number: i)).Where(pair => pair.Span.IsInteger == isInteger)
            .Select(pair => (pair.Number, $"Staged{kind}{NumberText.Integer(pair.Number)}"));
        string choice = Switch("i", cases, what, spans);
        writer.Method(
            "/// <inheritdoc/>",
            $"global::System.Span<{(isInteger ? "int" : "float")}> {Interface}.{name}(int i)",
            choice.StartsWith("throw", StringComparison.Ordinal) ? choice : $"_guard.RequireAlive();\nreturn {choice};");
    }

    private static void WriteSampleWeights(MemberWriter writer)
    {
        const string signature = $"global::System.Span<float> {Interface}.SampleWeights";
        if (writer.IsFaulty)
        {
            writer.Property("/// <inheritdoc/>", signature, "");
            return;
        }

        writer.Line("/// <inheritdoc/>");
        using (writer.Block(signature))
        using (writer.Block("get"))
        {
            writer.Line("""
                _guard.RequireAlive();
                if (_stagedWeights is null)
                {
                    _stagedWeights = new float[_buffers.BatchSize];
                    global::System.Array.Fill(_stagedWeights, 1f);
                }

                return _stagedWeights;
                """);
        }

        writer.Line();
    }

    private static void WriteOutput(MemberWriter writer)
    {
        MemberNames names = writer.Names;
        IEnumerable<(int Number, string Text)> cases = names.Outputs.Select((output, i) => (i, names.Outputs.Count == 1 ? "Outputs" : output.Member + "Outputs"));
        writer.Property("/// <inheritdoc/>", $"global::System.ReadOnlySpan<float> {Interface}.Output(int i)", Switch("i", cases, "output", names.Outputs));
    }

    private static void WriteCalls(MemberWriter writer)
    {
        MemberNames names = writer.Names;
        string staged = MemberWriter.List(names.Inputs.Select((span, i) => Staged(span, "Input", i)).Concat(names.Targets.Select((span, i) => Staged(span, "Target", i))));
        const string weights = "global::System.MemoryExtensions.AsSpan(_stagedWeights, 0, _stagedWeights is null ? 0 : count)";
        bool hasLoss = writer.Plan.Spec.Losses.Count > 0;
        string Call(string call) => hasLoss
            ? $"{MemberNames.Runtime}.Arguments.RequireBatch(count, _buffers.BatchSize, \"count\");\nreturn {call};"
            : $"throw {MemberNames.Runtime}.GeneratedArguments.NoLoss({TextLiteral.Quote(writer.Plan.Spec.Name)})";
        writer.Method("/// <inheritdoc/>", $"float {Interface}.Step(int count, {MemberNames.Runtime}.OptimizerState optimizer)", Call($"Step({staged}, optimizer, {weights})"));
        writer.Method("/// <inheritdoc/>", $"float {Interface}.ComputeLoss(int count)", Call($"ComputeLoss({staged}, {weights})"));
        writer.Method(
            "/// <inheritdoc/>",
            $"float {Interface}.ComputeGradients(int count, {MemberNames.Runtime}.GradientTargets gradients, bool accumulate)",
            Call($"ComputeGradients({staged}, gradients, accumulate, {weights})"));
    }

    private static string Staged(SpanName span, string kind, int i) => $"Staged{kind}{NumberText.Integer(i)}.Slice(0, count * {NumberText.Integer(span.Length)})";
}
