namespace NetCompiler.Generators.Targets.CSharp.Members;

/// <summary>The private part of Predict that shares one sample between threads, where a layer's weights are many: the stages of a prediction, some of which every thread makes a part of.</summary>
internal static class PredictOneThreadMembers
{
    /// <summary>Whether the network has them.</summary>
    public static bool Are(MemberWriter writer) => writer.Plan.SharesOneSample && !writer.IsFaulty;

    public static void Write(MemberWriter writer)
    {
        if (Are(writer))
        {
            PredictThreadMembers.WriteField(writer, Work(writer), Field);
            writer.Line();
            WriteRun(writer);
            WriteStage(writer);
            PredictThreadMembers.WriteCall(writer, Call(writer), "The spans of one sample's Predict on several threads.", "public ref float Scratch;");
            WriteWork(writer);
        }
    }

    /// <summary>The method that predicts one sample on several threads.</summary>
    public static string Run(MemberWriter writer) => writer.Names.Own("PredictOneOnThreads");

    private static string Work(MemberWriter writer) => writer.Names.Own("SampleWork");

    private static string Call(MemberWriter writer) => writer.Names.Own("SampleCall");

    private const string Field = "_sampleWork";

    private static string Stage(MemberWriter writer) => writer.Names.Own("PredictStage");

    private static void WriteRun(MemberWriter writer)
    {
        MemberNames names = writer.Names;
        string call = names.Own("call"), work = names.Own("work");
        (string rent, string reference, string giveBack) = PredictMembers.OneScratch(writer);
        string shared = MemberWriter.Lines(
            rent,
            PredictThreadMembers.Fill(writer, "scoped " + Call(writer), call), // whose scratch may lie on the stack
            $"{call}.Scratch = {reference};",
            $"{work}.Run(ref {call}, threads);",
            giveBack);
        writer.Method(
            "",
            $"private void {Run(writer)}({PredictMembers.Signature(names)}, int threads)",
            MemberWriter.Lines(
                PredictMembers.OverlapChecks(names),
                PredictMembers.TokenChecks(names),
                PrepareMembers.Check(writer),
                PredictThreadMembers.Choose(writer, Work(writer), Field, work, "1", shared, $"Predict({PredictMembers.Arguments(names)});")));
    }

    private static void WriteStage(MemberWriter writer)
    {
        MemberNames names = writer.Names;
        string share = names.Own("share"), scratch = names.Own("scratch");
        writer.Method(
            MemberWriter.Optimized,
            $"private void {Stage(writer)}({MemberWriter.List(names.Inputs.Concat(names.Outputs).Select(span => $"ref {span.Element} {span.Parameter}"))}, ref float {scratch}, {MemberNames.Runtime}.StageShare {share})",
            MemberWriter.Dispatch($"PredictOneStage({PredictRowsMembers.KernelArguments(writer, span => $"ref {span.Parameter}", $"ref {scratch}")}, {share})"));
    }

    private static void WriteWork(MemberWriter writer)
    {
        string call = Call(writer);
        string arguments = MemberWriter.List(PredictThreadMembers.Spans(writer.Names).Select(pair => $"ref call.{pair.Field}"));
        writer.Line($$"""
            /// <summary>
            /// One sample's Predict on several threads. The spans may lie in memory that moves, so they stay references in a struct on the caller's stack,
            /// where the collector keeps them right; the other threads reach that struct by its address, which is fixed until Run returns.
            /// </summary>
            private sealed class {{Work(writer)}}({{writer.Names.ClassName}} network) : {{MemberNames.Runtime}}.SharedPrediction
            {
                private nint _call;

                public void Run(ref {{call}} call, int parts)
                {
                    _call = {{MemberNames.Unsafe}}.ByteOffset(ref {{MemberNames.Unsafe}}.NullRef<{{call}}>(), ref call);
                    RunStages({{MemberWriter.Choice("PredictOneStages")}}, parts);
                }

                protected override void Execute({{MemberNames.Runtime}}.StageShare share)
                {
                    ref {{call}} call = ref {{MemberNames.Unsafe}}.AddByteOffset(ref {{MemberNames.Unsafe}}.NullRef<{{call}}>(), _call);
                    network.{{Stage(writer)}}({{arguments}}, ref call.Scratch, share);
                }
            }

            """);
    }
}
