using NetCompiler.Generators.Schedule;

namespace NetCompiler.Generators.Targets.CSharp.Members;

/// <summary>PredictNext and StateLength of a network that is causal in time: one step, with a state that the caller owns.</summary>
internal static class PredictNextMembers
{
    public static void Write(MemberWriter writer)
    {
        if (writer.IsFaulty || writer.Plan.Step is not { } step)
        {
            return;
        }

        writer.Line("/// <summary>The number of values that PredictNext carries from one step to the next.</summary>");
        writer.Line($"public const int StateLength = {NumberText.Integer(step.StateLength)};");
        writer.Line();
        if (Floats(step) > PredictMembers.StackFloats)
        {
            writer.Private($"private readonly {MemberNames.Runtime}.ScratchPool {Pool(writer)} = new({NumberText.Integer(Floats(step))});");
            writer.Private("");
        }

        WriteMethod(writer, step);
    }

    // The states after the step and the outputs come first: they are copied at the end, so that any of the caller's spans may be one.
    private static int Floats(StepPlan step) => Offsets(step, out int length).Length == 0 ? 0 : length + step.Scratch;

    private static int[] Offsets(StepPlan step, out int length)
    {
        length = 0;
        var offsets = new List<int>();
        foreach (int floats in step.States.Concat(step.Outputs).Select(shape => (int)shape.Length))
        {
            offsets.Add(length);
            length += TilingPolicy.Align(floats);
        }

        return [.. offsets];
    }

    private static string Pool(MemberWriter writer) => writer.Names.Own("_nextScratch");

    private static void WriteMethod(MemberWriter writer, StepPlan step)
    {
        MemberNames names = writer.Names;
        string state = "state", scratch = names.Own("scratch"), origin = names.Own("origin");
        int[] offsets = Offsets(step, out int scratchStart);
        bool isOnStack = Floats(step) <= PredictMembers.StackFloats;
        string Own(int offset) => offset == 0 ? $"ref {origin}" : $"ref {MemberNames.Unsafe}.Add(ref {origin}, {NumberText.Integer(offset)})";
        var states = new List<string>();
        var copies = new List<string>();
        int at = 0;
        for (int i = 0; i < step.States.Count; i++)
        {
            int length = (int)step.States[i].Length;
            string old = $"ref {MemberNames.MemoryMarshal}.GetReference({state})";
            states.Add(at == 0 ? old : $"ref {MemberNames.Unsafe}.Add({old}, {NumberText.Integer(at)})");
            states.Add(Own(offsets[i]));
            copies.Add(Copy(Own(offsets[i]), length, $"{state}.Slice({NumberText.Integer(at)}, {NumberText.Integer(length)})"));
            at += length;
        }

        for (int i = 0; i < names.Outputs.Count; i++)
        {
            copies.Add(Copy(Own(offsets[step.States.Count + i]), (int)step.Outputs[i].Length, names.Outputs[i].Parameter));
        }

        string call = $"PredictNext({MemberWriter.List(
        [
            .. names.Inputs.Select(input => input.Reference),
            PredictMembers.ArenaReference(StateMembers.Parameters(writer), writer.Plan.ParameterLength),
            PredictMembers.ArenaReference(StateMembers.Statistics(writer), writer.Plan.StatisticsLength),
            .. writer.Plan.DerivedLength > 0 ? [$"ref {StateMembers.Derived(writer)}.Origin"] : Array.Empty<string>(),
            .. names.Outputs.Select((_, i) => Own(offsets[step.States.Count + i])),
            .. states,
            Own(scratchStart),
            step.IsTurned ? $"{MemberNames.Runtime}.StepTurns.Next()" : "false",
        ])})";
        writer.Method(
            Documentation(names, step),
            $"public void PredictNext({Signature(names)})",
            MemberWriter.Lines(
                LengthChecks(names, step),
                PredictMembers.TokenChecks(names),
                PrepareMembers.Check(writer, areTokensNew: false),
                isOnStack
                    ? $"global::System.Span<float> {scratch} = stackalloc float[{NumberText.Integer(Floats(step))}];\nref float {origin} = ref {MemberNames.MemoryMarshal}.GetReference({scratch});"
                    : $"{MemberNames.Runtime}.ScratchBlock {scratch} = {Pool(writer)}.Rent();\nref float {origin} = ref {scratch}.Origin;",
                MemberWriter.Dispatch(call),
                "",
                MemberWriter.Lines(copies),
                isOnStack ? "" : $"{Pool(writer)}.Return({scratch});"));
    }

    private static string Signature(MemberNames names) => MemberWriter.List(
        names.Inputs.Select(input => input.ReadParameter).Append("global::System.Span<float> state").Concat(names.Outputs.Select(output => output.WriteParameter)));

    private static string Copy(string from, int length, string to) =>
        $"{MemberNames.MemoryMarshal}.CreateReadOnlySpan({from}, {NumberText.Integer(length)}).CopyTo({to});";

    private static string LengthChecks(MemberNames names, StepPlan step)
    {
        string Check(string parameter, string name, int length, string what) =>
            $"{MemberNames.Runtime}.Arguments.RequireLength({parameter}.Length, {NumberText.Integer(length)}, {TextLiteral.Quote(name)}, {TextLiteral.Quote(what)});";
        return MemberWriter.Lines(
        [
            .. names.Inputs.Select((input, i) => Check(input.Parameter, input.Name, (int)step.Inputs[i].Length, "one step")),
            Check("state", "state", step.StateLength, "the state (StateLength)"),
            .. names.Outputs.Select((output, i) => Check(output.Parameter, output.Name, (int)step.Outputs[i].Length, "the output of one step")),
            step.PlaceOffset is int place ? $"{MemberNames.Runtime}.Arguments.RequirePlace(state[{NumberText.Integer(place)}], {NumberText.Integer(step.Steps)}, \"state\");" : "",
        ]);
    }

    private static string End(StepPlan step) => step.PlaceState is null ? "" : $" A sequence has {NumberText.Integer(step.Steps)} steps at most: the next one begins with zeros.";

    private static string Documentation(MemberNames names, StepPlan step) => MemberWriter.Lines(
        "/// <summary>Predicts one step of a sequence from the steps before it: the same as the row of Predict, but for the last bits.</summary>",
        MemberWriter.Lines(names.Inputs.Select((input, i) => $"/// <param name=\"{input.Name}\">One step: {(input.IsInteger ? "a token" : $"{NumberText.Integer(step.Inputs[i].Length)} values")}.</param>")),
        $"/// <param name=\"state\">What the steps before left, <see cref=\"StateLength\"/> values, zeros before the first step; it becomes what this one leaves.{End(step)}</param>",
        MemberWriter.Lines(names.Outputs.Select((output, i) => $"/// <param name=\"{output.Name}\">{NumberText.Integer(step.Outputs[i].Length)} values; may be the memory of another argument.</param>")),
        $"/// <exception cref=\"global::System.ArgumentException\">A length is wrong{(step.PlaceState is null ? "" : ", or the state has seen a whole sequence")}; nothing was written.</exception>",
        PredictMembers.TokenErrors(names),
        MemberWriter.Optimized);
}
