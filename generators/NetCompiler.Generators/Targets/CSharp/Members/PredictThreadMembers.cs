namespace NetCompiler.Generators.Targets.CSharp.Members;

/// <summary>The private part of Predict that shares rows between threads.</summary>
internal static class PredictThreadMembers
{
    public static void Write(MemberWriter writer)
    {
        if (!writer.IsFaulty)
        {
            WriteField(writer, Work(writer), Field);
            writer.Line();
            WriteRun(writer);
            WriteCall(writer, Call(writer), "The spans of one Predict on several threads.", "public int Rows;");
            WriteWork(writer);
        }
    }

    /// <summary>The method that cuts rows into parts.</summary>
    public static string Run(MemberWriter writer) => writer.Names.Own("PredictOnThreads");

    private static string Work(MemberWriter writer) => writer.Names.Own("PredictionWork");

    private static string Call(MemberWriter writer) => writer.Names.Own("PredictionCall");

    private const string Field = "_predictionWork";

    /// <summary>The spans of a call, and the fields that refer to them.</summary>
    public static IEnumerable<(SpanName Span, string Field)> Spans(MemberNames names) =>
        names.Inputs.Select((span, i) => (span, "Input" + NumberText.Integer(i))).Concat(names.Outputs.Select((span, i) => (span, "Output" + NumberText.Integer(i))));

    private static void WriteRun(MemberWriter writer)
    {
        MemberNames names = writer.Names;
        string rows = names.Own("rows"), parts = names.Own("parts"), call = names.Own("call"), work = names.Own("work");
        writer.Method(
            "",
            $"private void {Run(writer)}({PredictMembers.Signature(names)}, int {rows}, int {parts})",
            Choose(
                writer, Work(writer), Field, work, rows,
                MemberWriter.Lines(Fill(writer, Call(writer), call), $"{call}.Rows = {rows};", $"{work}.Run(ref {call}, {parts});"),
                $"{PredictRowsMembers.Rows(writer)}({MemberWriter.List(names.Inputs.Concat(names.Outputs).Select(span => span.Reference))}, {rows});"));
    }

    /// <summary>The field that holds the one work of a network, made by the first caller, and whether it was made.</summary>
    public static void WriteField(MemberWriter writer, string type, string field)
    {
        writer.Line($"private {type}? {writer.Names.Own(field)};");
        writer.Line($"private bool {IsMade(writer, field)};");
    }

    private static string IsMade(MemberWriter writer, string field) => writer.Names.Own(field + "IsMade");

    /// <summary>Takes the field's work and lets it choose whether to share the samples; while another caller has it, who has the threads, the samples are not shared.</summary>
    public static string Choose(MemberWriter writer, string type, string field, string work, string samples, string shared, string alone) => $$"""
        {{type}}? {{work}} = global::System.Threading.Interlocked.Exchange(ref {{writer.Names.Own(field)}}, null);
        if ({{work}} is null && !global::System.Threading.Interlocked.Exchange(ref {{IsMade(writer, field)}}, true))
        {
            {{work}} = new(this);
        }

        if ({{work}} is not null && {{work}}.Begin({{samples}}))
        {
        {{MemberWriter.Indent(shared)}}
        }
        else
        {
            {{alone}}
        }

        if ({{work}} is not null)
        {
            {{work}}.End();
            global::System.Threading.Volatile.Write(ref {{writer.Names.Own(field)}}, {{work}});
        }
        """;

    /// <summary>Declares a call and lets its fields refer to the spans.</summary>
    public static string Fill(MemberWriter writer, string type, string call) =>
        MemberWriter.Lines([$"{type} {call} = default;", .. Spans(writer.Names).Select(pair => $"{call}.{pair.Field} = {pair.Span.Reference};")]);

    /// <summary>The struct of a call: the references, and one field more.</summary>
    public static void WriteCall(MemberWriter writer, string type, string summary, string last)
    {
        writer.Line($"/// <summary>{summary}</summary>");
        using (writer.Block($"private ref struct {type}"))
        {
            foreach ((SpanName span, string field) in Spans(writer.Names))
            {
                writer.Line($"public ref {span.Element} {field};");
            }

            writer.Line(last);
        }

        writer.Line();
    }

    private static void WriteWork(MemberWriter writer)
    {
        MemberNames names = writer.Names;
        string network = names.ClassName, call = Call(writer);
        string Arguments(string first) => MemberWriter.List(
            names.Inputs.Select((span, i) => At(span, "Input" + NumberText.Integer(i), names.InputLength(i), first))
                .Concat(names.Outputs.Select((span, i) => At(span, "Output" + NumberText.Integer(i), names.OutputLength(i), first))));
        writer.Line($$"""
            /// <summary>
            /// One Predict on several threads. The spans may lie in memory that moves, so they stay references in a struct on the caller's stack,
            /// where the collector keeps them right; the other threads reach that struct by its address, which is fixed until Run returns.
            /// </summary>
            private sealed class {{Work(writer)}}({{network}} network) : {{MemberNames.Runtime}}.ChosenWork
            {
                private nint _call;

                public void Run(ref {{call}} call, int parts)
                {
                    _call = {{MemberNames.Unsafe}}.ByteOffset(ref {{MemberNames.Unsafe}}.NullRef<{{call}}>(), ref call);
                    {{MemberNames.Runtime}}.Workers.Run(this, parts);
                }

                public override void Execute(int part, int parts)
                {
                    ref {{call}} call = ref {{MemberNames.Unsafe}}.AddByteOffset(ref {{MemberNames.Unsafe}}.NullRef<{{call}}>(), _call);
                    (int first, int rows) = SamplesOf(call.Rows, part, parts);
                    network.{{PredictRowsMembers.Rows(writer)}}({{Arguments("first")}}, rows);
                }
            }

            """);
    }

    private static string At(SpanName span, string field, string length, string first) =>
        $"ref {MemberNames.Unsafe}.Add(ref call.{field}, (nint){first} * {length})";
}
