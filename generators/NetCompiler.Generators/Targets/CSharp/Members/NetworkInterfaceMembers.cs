namespace NetCompiler.Generators.Targets.CSharp.Members;

/// <summary>CreateTraining, and the explicit members of INetwork.</summary>
internal static class NetworkInterfaceMembers
{
    private const string Interface = MemberNames.Runtime + ".INetwork";

    public static void Write(MemberWriter writer)
    {
        MemberNames names = writer.Names;
        writer.Method(
            """
            /// <summary>Plans the buffers of training for batches of up to <paramref name="batchSize"/> samples.</summary>
            /// <param name="batchSize">The largest number of samples in one step; at least 1.</param>
            /// <param name="threads">The number of threads at most; 0 means all cores. Small work stays on the caller's thread; the results are the same bits for any number.</param>
            /// <param name="seed">The seed of dropout and noise; null means the network's own.</param>
            /// <exception cref="global::System.ArgumentOutOfRangeException">The batch size is below 1 or the number of threads is negative.</exception>
            """,
            "public Training CreateTraining(int batchSize, int threads = 0, int? seed = null)",
            "new(this, batchSize, threads, seed ?? Seed)");
        writer.Property("/// <inheritdoc/>", $"{MemberNames.Runtime}.NetworkDescription {Interface}.Description", "Description");
        writer.Property("/// <inheritdoc/>", $"global::System.Collections.Generic.IReadOnlyList<{MemberNames.Runtime}.WeightView> {Interface}.Weights", "Weights");
        writer.Method(
            "/// <inheritdoc/>",
            $"{MemberNames.Runtime}.ITraining {Interface}.CreateTraining(int batchSize, int threads, int? seed)",
            "CreateTraining(batchSize, threads, seed)");
        writer.Method("/// <inheritdoc/>", $"static {names.ClassName} {Interface}<{names.ClassName}>.Create(int seed)", "new(seed)");
        WritePredict(writer);
        if (writer.Plan.Spec.Collisions.Count > 0)
        {
            WriteCollided(writer);
        }
    }

    // Without the public ones, which a member of the user's can keep from being there, the class would not be a network.
    private static void WriteCollided(MemberWriter writer)
    {
        const string runtime = MemberNames.Runtime, network = Interface;
        string own = $"{network}<{writer.Names.ClassName}>";
        writer.Property("/// <inheritdoc/>", $"static {runtime}.NetworkDescription {own}.Description", "");
        writer.Property("/// <inheritdoc/>", $"int {network}.Seed", "");
        writer.Property("/// <inheritdoc/>", $"global::System.Collections.Generic.IDictionary<string, string> {network}.Metadata", "");
        writer.Method("/// <inheritdoc/>", $"static {writer.Names.ClassName} {own}.Load(global::System.ReadOnlySpan<byte> file, {runtime}.WeightLoadOptions? options)", "");
        foreach (string source in new[] { "string path", "global::System.IO.Stream stream" })
        {
            writer.Method("/// <inheritdoc/>", $"void {network}.Save({source})", "");
            writer.Method("/// <inheritdoc/>", $"{runtime}.WeightLoadReport {network}.LoadWeights({source}, {runtime}.WeightLoadOptions? options)", "");
        }
    }

    private static void WritePredict(MemberWriter writer)
    {
        MemberNames names = writer.Names;
        string NameList(IReadOnlyList<SpanName> spans) => TextLiteral.Quote(string.Join(", ", spans.Select(span => span.Name)));
        string Column(SpanName input, int i) =>
            $"{MemberNames.Runtime}.GeneratedArguments.{(input.IsInteger ? "Tokens" : "Floats")}(inputs[{NumberText.Integer(i)}], {TextLiteral.Quote(input.Name)})";
        string signature = $"void {Interface}.Predict(global::System.ReadOnlySpan<{MemberNames.Runtime}.Column> inputs, global::System.ReadOnlySpan<global::System.Memory<float>> outputs";
        writer.Method("/// <inheritdoc/>", signature + ")", $"(({Interface})this).Predict(inputs, outputs, 1);");
        writer.Method(
            "/// <inheritdoc/>",
            signature + ", int threads)",
            $$"""
            {{MemberNames.Runtime}}.GeneratedArguments.RequireColumns(inputs.Length, {{NumberText.Integer(names.Inputs.Count)}}, "inputs", {{NameList(names.Inputs)}});
            {{MemberNames.Runtime}}.GeneratedArguments.RequireColumns(outputs.Length, {{NumberText.Integer(names.Outputs.Count)}}, "outputs", {{NameList(names.Outputs)}});
            Predict({{MemberWriter.List(names.Inputs.Select(Column).Concat(names.Outputs.Select((_, i) => $"outputs[{NumberText.Integer(i)}].Span")))}}, threads);
            """);
    }
}
