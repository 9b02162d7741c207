namespace NetCompiler.Generators.Targets.CSharp.Members;

/// <summary>The private struct that a training hands to its kernels.</summary>
internal static class TrainingCallMembers
{
    public static void Write(MemberWriter writer)
    {
        if (writer.IsFaulty)
        {
            return;
        }

        MemberNames names = writer.Names;
        writer.Line("/// <summary>One call of a training's kernels: where everything lies, and what is wanted.</summary>");
        using (writer.Block("private ref struct TrainingCall"))
        {
            References(writer, names.Inputs, "Input");
            References(writer, names.Targets, "Target");
            References(writer, names.Outputs, "OutputGradient");
            References(writer, names.Outputs, "Output");
            foreach ((SpanName _, int i) in TrainingMembers.FloatInputs(names))
            {
                writer.Line($"public ref float InputGradient{NumberText.Integer(i)};");
            }

            foreach (string name in new[] { "Parameters", "Statistics", "Gradients", "Batched", "Fixed", "Scratch", "SampleScale", "Losses" })
            {
                writer.Line($"public ref float {name};");
            }

            for (int i = 0; i < names.Settings.Count; i++)
            {
                writer.Line($"public float Setting{NumberText.Integer(i)};");
            }

            writer.Line("public int Rows;");
            writer.Line("public int Capacity;");
            writer.Line("public bool Accumulate;");
            writer.Line("public bool WantParameters;");
            writer.Line("public bool WantInputs;");
            writer.Line("public bool IsTraining;");
            writer.Line("public ulong Seed;");
            writer.Line("public long Step;");
            writer.Line($$"""

                // The stage that is wanted, or all of them where one thread works alone; which samples are this thread's, and which thread it is.
                public int Stage;
                public int First;
                public int Count;
                public int Part;
                public int Parts;

                public readonly bool IsIn(int stage) => Stage < 0 || Stage == stage;

                public readonly int FirstOf(int units) => new {{MemberNames.Runtime}}.StageShare(Stage, Part, Parts).FirstOf(units);

                public readonly int CountOf(int units) => new {{MemberNames.Runtime}}.StageShare(Stage, Part, Parts).CountOf(units);

                public readonly bool Owns(int task) => task % Parts == Part;
                """);
        }
    }

    private static void References(MemberWriter writer, IReadOnlyList<SpanName> spans, string name)
    {
        for (int i = 0; i < spans.Count; i++)
        {
            writer.Line($"public ref {spans[i].Element} {name}{NumberText.Integer(i)};");
        }
    }
}
