namespace NetCompiler.Generators.Targets.CSharp.Members;

/// <summary>The private method that derives what inference reads besides the weights, and the check that calls it when a weight has changed.</summary>
internal static class PrepareMembers
{
    public static void Write(MemberWriter writer)
    {
        if (writer.IsFaulty || writer.Plan.DerivedLength == 0)
        {
            return;
        }

        string derived = StateMembers.Derived(writer), version = writer.Names.Own("version");
        string parameters = StateMembers.Parameters(writer), statistics = StateMembers.Statistics(writer);
        string arguments = MemberWriter.List(
        [
            PredictMembers.ArenaReference(parameters, writer.Plan.ParameterLength),
            PredictMembers.ArenaReference(statistics, writer.Plan.StatisticsLength),
            $"ref {derived}.Origin",
            $"ref {derived}.Scratch",
        ]);
        writer.Method(
            "[global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]",
            $"private void {Prepare(writer)}()",
            $$"""
            lock ({{derived}})
            {
                // Another caller may have been here while this one waited.
                if ({{Stale(writer)}})
                {
                    long {{version}} = {{MemberNames.Runtime}}.DerivedWeights.VersionOf({{parameters}}, {{statistics}});
            {{MemberWriter.Indent(MemberWriter.Lines(CalibrateMembers.Read(writer), MemberWriter.Dispatch($"Prepare({arguments})")), 2)}}

                    {{derived}}.Publish({{version}});
                }
            }
            """);
    }

    /// <summary>Derives anew what a change of the weights has made stale; nothing in a network that derives nothing.</summary>
    public static string Check(MemberWriter writer) => writer.Plan.DerivedLength == 0 ? "" : $$"""
        if ({{Stale(writer)}})
        {
            {{Prepare(writer)}}();
        }

        """;

    private static string Prepare(MemberWriter writer) => writer.Names.Own("PrepareWeights");

    private static string Stale(MemberWriter writer) => $"{StateMembers.Derived(writer)}.IsStale({StateMembers.Parameters(writer)}, {StateMembers.Statistics(writer)})";
}
