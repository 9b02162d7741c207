using NetCompiler.Generators.Schedule;

namespace NetCompiler.Generators.Targets.CSharp.Members;

/// <summary>The nested class Training: its shape, fields and constructor. Its members are written by the other Training files.</summary>
internal static class TrainingMembers
{
    private const string Runtime = MemberNames.Runtime;

    public static void Write(MemberWriter writer)
    {
        bool hasSettings = writer.Names.Settings.Count > 0;
        writer.Line($"/// <summary>The training of a <see cref=\"{TextLiteral.Cref(writer.Names.ClassName)}\"/>: gradients, updates and the memory for both. It belongs to one caller at a time.</summary>");
        string interfaces = $"{Runtime}.ITraining, {Runtime}.IParameterRanges, {Runtime}.IWeightGradients, {Runtime}.IRandomTraining" + (hasSettings ? $", {Runtime}.ILossSettings" : "");
        using (writer.Block($"public sealed class Training : {interfaces}"))
        {
            WriteFields(writer);
            WriteConstructor(writer);
            if (writer.Plan.Spec.Losses.Count > 0)
            {
                TrainingLossMembers.Write(writer);
            }

            TrainingForwardMembers.Write(writer);
            TrainingResultMembers.Write(writer);
            TrainingStateMembers.Write(writer);
            if (hasSettings)
            {
                TrainingSettingMembers.Write(writer);
            }

            TrainingStagingMembers.Write(writer);
            if (!writer.IsFaulty)
            {
                TrainingCheckMembers.Write(writer);
                TrainingThreadMembers.Write(writer);
            }
        }

        writer.Line();
    }

    /// <summary>The float inputs with their numbers.</summary>
    public static IEnumerable<(SpanName Span, int Index)> FloatInputs(MemberNames names) =>
        names.Inputs.Select((input, i) => (input, i)).Where(pair => !pair.input.IsInteger);

    private static void WriteFields(MemberWriter writer)
    {
        MemberNames names = writer.Names;
        NetworkPlan plan = writer.Plan;
        if (writer.IsFaulty)
        {
            return;
        }

        writer.Line($"private readonly {names.ClassName} _network;");
        writer.Line($"private readonly {Runtime}.TrainingGuard _guard = new({TextLiteral.Quote(plan.Spec.Name + ".Training")});");
        writer.Line($"private readonly {Runtime}.TrainingBuffers _buffers;");
        writer.Line($"private readonly {Runtime}.LayerRanges _ranges = new(");
        writer.Line($"    {TextLiteral.List(plan.Spec.Layers.Select(layer => layer.Name))},");
        PlannedWeight[] trained = [.. plan.Weights.Where(weight => weight.Spec.IsTrainable)];
        writer.Line($"    {TextLiteral.List(trained.Select(weight => weight.Layer))},");
        writer.Line($"    [{string.Join(", ", trained.Select(weight => $"new({NumberText.Integer(weight.Offset)}, {NumberText.Integer(weight.PhysicalLength)}, false, {(weight.Spec.Decays ? "true" : "false")})"))}]);");
        writer.Line("private readonly TrainingWork? _work;");
        writer.Line("private readonly WeightSet _weightGradients;");
        writer.Line("private readonly ulong _seed;");
        for (int i = 0; i < names.Outputs.Count; i++)
        {
            writer.Line($"private readonly {Runtime}.WeightArena _output{NumberText.Integer(i)};");
        }

        foreach ((SpanName _, int i) in FloatInputs(names))
        {
            writer.Line($"private {Runtime}.WeightArena? _inputGradient{NumberText.Integer(i)};");
        }

        // What Forward read, for a Backward that comes when the caller's spans are gone.
        for (int i = 0; i < names.Inputs.Count; i++)
        {
            writer.Line(names.Inputs[i].IsInteger ? $"private int[]? _read{NumberText.Integer(i)};" : $"private {Runtime}.WeightArena? _read{NumberText.Integer(i)};");
        }

        writer.Line("private int _rows;");
        if (names.Inputs.Any(input => !input.IsInteger))
        {
            writer.Line("private int _gradientRows;");
        }

        writer.Line("private int _forwardRows = -1;");
        writer.Line("private bool _forwardTraining;");
        writer.Line("private long _forwardStep;");
        writer.Line();
    }

    private static void WriteConstructor(MemberWriter writer)
    {
        if (writer.IsFaulty)
        {
            writer.Line("private Training()");
            using (writer.Braces())
            {
            }

            writer.Line();
            return;
        }

        MemberNames names = writer.Names;
        NetworkPlan plan = writer.Plan;
        string sizes = MemberWriter.List(new long[] { plan.ParameterLength, plan.BatchedFloats, plan.FixedFloats, plan.LossParts, plan.ScratchFloats, plan.SamplesPerPart, plan.ProductsPerSample }.Select(size => NumberText.Integer(size)));
        string starts = string.Concat(plan.UpdateStarts.Select(start => ", " + NumberText.Integer(start)));
        writer.Method(
            "",
            $"internal Training({names.ClassName} network, int batchSize, int threads, int seed)",
            MemberWriter.Lines(
                plan.Spec.Losses.Count > 0 ? MemberWriter.Dispatch("CompileGradients()") : "",
                $"_buffers = new(batchSize, {sizes}, {Runtime}.Arguments.RequireThreads(threads, \"threads\"){starts});",
                "_work = _buffers.MostParts > 1 ? new() : null;",
                "_network = network;",
                "_seed = unchecked((uint)seed);",
                MemberWriter.Lines(names.Outputs.Select((_, i) => $"_output{NumberText.Integer(i)} = _buffers.NewColumn({names.OutputLength(i)});")),
                $"_weightGradients = new WeightSet(_buffers.Gradients, null);"));
    }
}
