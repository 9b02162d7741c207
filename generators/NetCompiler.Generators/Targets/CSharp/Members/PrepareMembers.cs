using NetCompiler.Generators.Schedule;

namespace NetCompiler.Generators.Targets.CSharp.Members;

/// <summary>The private method that derives what inference reads besides the weights, and the check that calls it when a weight has changed.</summary>
internal static class PrepareMembers
{
    private const string Apart = "[global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]";

    public static void Write(MemberWriter writer)
    {
        if (writer.IsFaulty || writer.Plan.DerivedLength == 0)
        {
            return;
        }

        string derived = StateMembers.Derived(writer), version = writer.Names.Own("version");
        string parameters = StateMembers.Parameters(writer), statistics = StateMembers.Statistics(writer);
        string prepare = writer.Plan.DerivedRows.Count == writer.Plan.Derived.Count ? "" : MemberWriter.Dispatch($"Prepare({MemberWriter.List(
        [
            .. Arenas(writer),
            $"ref {derived}.Scratch",
        ])})");
        writer.Method(
            Apart,
            $"private void {Prepare(writer)}()",
            $$"""
            lock ({{derived}})
            {
                // Another caller may have been here while this one waited.
                if ({{Stale(writer)}})
                {
                    long {{version}} = {{MemberNames.Runtime}}.DerivedWeights.VersionOf({{parameters}}, {{statistics}});
            {{MemberWriter.Indent(MemberWriter.Lines([CalibrateMembers.Read(writer), prepare, .. writer.Plan.DerivedRows.Select((_, table) => $"{StateMembers.Rows(writer, table)}.Clear();")]), 2)}}

                    {{derived}}.Publish({{version}});
                }
            }
            """);
        for (int table = 0; table < writer.Plan.DerivedRows.Count; table++)
        {
            WriteRows(writer, table);
        }
    }

    /// <summary>Derives anew what a change of the weights has made stale; nothing in a network that derives nothing.</summary>
    /// <param name="writer">The writer.</param>
    /// <param name="areTokensNew">Whether the tokens of the inputs, checked before, may name rows of a derived table that are still missing.</param>
    public static string Check(MemberWriter writer, bool areTokensNew = true) => writer.Plan.DerivedLength == 0 ? "" : MemberWriter.Lines(
        $$"""
        if ({{Stale(writer)}})
        {
            {{Prepare(writer)}}();
        }

        """,
        areTokensNew ? MemberWriter.Lines(writer.Plan.DerivedRows.SelectMany((rows, table) => rows.Inputs.Select(input => $$"""
            if ({{StateMembers.Rows(writer, table)}}.Lacks({{writer.Names.Inputs[input].Parameter}}))
            {
                {{PrepareRows(writer, table)}}({{writer.Names.Inputs[input].Parameter}});
            }

            """))) : "");

    /// <summary>Derives all rows of all tables.</summary>
    public static string WarmUp(MemberWriter writer) =>
        MemberWriter.Lines(writer.Plan.DerivedRows.Select((_, table) => $"{PrepareRows(writer, table)}({StateMembers.Rows(writer, table)}.All());"));

    private static void WriteRows(MemberWriter writer, int table)
    {
        PlannedRows rows = writer.Plan.DerivedRows[table];
        string derived = StateMembers.Derived(writer), tokens = writer.Names.Own("tokens"), token = writer.Names.Own("token"), made = StateMembers.Rows(writer, table);
        string Row(string arena, int offset, int stride) =>
            $"ref {MemberNames.Unsafe}.Add(ref {arena}.Origin, {(offset == 0 ? "" : NumberText.Integer(offset) + " + ")}({token} * {NumberText.Integer(stride)}))";
        string arguments = MemberWriter.List(
        [
            Row(StateMembers.Parameters(writer), rows.Source, rows.SourceStride),
            .. Arenas(writer),
            Row(derived, rows.Offset, rows.Stride),
            $"ref {derived}.Scratch",
        ]);
        writer.Method(
            Apart,
            $"private void {PrepareRows(writer, table)}(global::System.ReadOnlySpan<int> {tokens})",
            $$"""
            lock ({{derived}})
            {
                foreach (int {{token}} in {{tokens}})
                {
                    if (!{{made}}.Has({{token}}))
                    {
            {{MemberWriter.Indent(MemberWriter.Dispatch($"PrepareRow{NumberText.Integer(table)}({arguments})"), 3)}}

                        {{made}}.Add({{token}});
                    }
                }
            }
            """);
    }

    private static string[] Arenas(MemberWriter writer) =>
    [
        PredictMembers.ArenaReference(StateMembers.Parameters(writer), writer.Plan.ParameterLength),
        PredictMembers.ArenaReference(StateMembers.Statistics(writer), writer.Plan.StatisticsLength),
        $"ref {StateMembers.Derived(writer)}.Origin",
    ];

    private static string Prepare(MemberWriter writer) => writer.Names.Own("PrepareWeights");

    private static string PrepareRows(MemberWriter writer, int table) => writer.Names.Own("PrepareRows" + NumberText.Integer(table));

    private static string Stale(MemberWriter writer) => $"{StateMembers.Derived(writer)}.IsStale({StateMembers.Parameters(writer)}, {StateMembers.Statistics(writer)})";
}
