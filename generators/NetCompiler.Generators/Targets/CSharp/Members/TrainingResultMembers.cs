using NetCompiler.Generators.Schedule;

namespace NetCompiler.Generators.Targets.CSharp.Members;

/// <summary>What a training shows of its last call: parameters, gradients, outputs, losses.</summary>
internal static class TrainingResultMembers
{
    public const string Disposed = "/// <exception cref=\"global::System.ObjectDisposedException\">The training was disposed.</exception>";

    public static void Write(MemberWriter writer)
    {
        string parameters = StateMembers.Parameters(writer);
        Guarded(
            writer,
            "/// <summary>The trained weights, writable; internal order and padding, the layout of <see cref=\"Gradients\"/>. Reading the property says that they change: read it again after a Predict.</summary>",
            "public global::System.Span<float> Parameters",
            $"_network.{parameters}.Touch();\nreturn _network.{parameters}.Span;");
        Guarded(
            writer,
            "/// <summary>The gradients of the last ComputeGradients or Backward, in the layout of <see cref=\"Parameters\"/>; unspecified after Step.</summary>",
            "public global::System.Span<float> Gradients",
            "return _buffers.Gradients.Span;");
        Guarded(
            writer,
            $"/// <summary>The parts of the last loss, weighted: {LossParts(writer.Plan)}.</summary>",
            "public global::System.ReadOnlySpan<float> Losses",
            "return _buffers.Losses;");
        WriteOutputs(writer);
        WriteWeightGradients(writer);
        WriteInputGradients(writer);
    }

    private static string LossParts(NetworkPlan plan)
    {
        IEnumerable<string> parts = plan.Spec.Losses.Select(loss => loss.Kind.Length > 0 ? loss.Kind : loss.Method);
        string text = MemberWriter.List(plan.LossParts > plan.Spec.Losses.Count ? parts.Append("the regularizers") : parts);
        return TextLiteral.Xml(text.Length == 0 ? "none" : text);
    }

    private static void WriteOutputs(MemberWriter writer)
    {
        MemberNames names = writer.Names;
        for (int i = 0; i < names.Outputs.Count; i++)
        {
            string name = names.Outputs.Count == 1 ? "Outputs" : names.Outputs[i].Member + "Outputs";
            Guarded(
                writer,
                $"/// <summary>Output <c>{names.Outputs[i].Name}</c> of the last batch: its samples times <see cref=\"{names.OutputLength(i)}\"/>.</summary>",
                $"public global::System.ReadOnlySpan<float> {name}",
                $"return _output{NumberText.Integer(i)}.Span.Slice(0, _rows * {names.OutputLength(i)});");
        }
    }

    private static void WriteWeightGradients(MemberWriter writer)
    {
        Guarded(
            writer,
            "/// <summary>The gradients of the last ComputeGradients or Backward by weight, in logical order and shape; statistics have none.</summary>",
            "public WeightSet WeightGradients",
            "return _weightGradients;");
        writer.Property(
            "/// <inheritdoc/>",
            $"global::System.Collections.Generic.IReadOnlyList<{MemberNames.Runtime}.WeightView> {MemberNames.Runtime}.IWeightGradients.WeightGradients",
            "WeightGradients");
    }

    private static void WriteInputGradients(MemberWriter writer)
    {
        MemberNames names = writer.Names;
        (SpanName Span, int Index)[] inputs = [.. TrainingMembers.FloatInputs(names)];
        string Name(SpanName input) => inputs.Length == 1 ? "InputGradients" : input.Member + "Gradients";
        foreach ((SpanName input, int i) in inputs)
        {
            string field = "_inputGradient" + NumberText.Integer(i);
            Guarded(
                writer,
                $"/// <summary>The derivative by <c>{input.Name}</c> for the samples of the last call with GradientTargets.Inputs; empty before.</summary>",
                $"public global::System.ReadOnlySpan<float> {Name(input)}",
                $"return {field} is null ? default : {field}.Span.Slice(0, _gradientRows * {names.InputLength(i)});");
        }

        writer.Method(
            "/// <inheritdoc/>",
            $"global::System.ReadOnlySpan<float> {MemberNames.Runtime}.IWeightGradients.InputGradients(int input)",
            TrainingStagingMembers.Switch("input", inputs.Select(pair => (pair.Index, Name(pair.Span))), "float input", names.Inputs));
    }

    private static void Guarded(MemberWriter writer, string summary, string signature, string getter)
    {
        writer.Line(summary);
        writer.Line(Disposed);
        if (writer.IsFaulty)
        {
            writer.Line($"{signature} => {writer.Fault};");
        }
        else
        {
            using (writer.Block(signature))
            using (writer.Block("get"))
            {
                writer.Line("_guard.RequireAlive();");
                writer.Line(getter);
            }
        }

        writer.Line();
    }
}
