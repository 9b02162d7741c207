namespace NetCompiler.Generators.Targets.CSharp.Members;

/// <summary>Predict into spans: one sample goes straight to its kernel, any other number through the rows.</summary>
internal static class PredictMembers
{
    /// <summary>Scratch up to this many floats lies on the stack; zeroing it costs about 0.5 ns per 96.</summary>
    public const int StackFloats = 256;

    private const string Summary = """
        /// <summary>Predicts n samples: n times each input's length in, n times each output's length out.</summary>
        """;

    private const string Errors = """
        /// <exception cref="global::System.ArgumentException">A length is wrong, or an output shares memory with an input; nothing was written.</exception>
        """;

    public static void Write(MemberWriter writer)
    {
        MemberNames names = writer.Names;
        writer.Method(
            MemberWriter.Lines(Summary, ParameterDocs(names), Errors, TokenErrors(names), MemberWriter.Optimized),
            $"public void Predict({Signature(names)})",
            OneSample(writer));
        writer.Method(
            MemberWriter.Lines(
                Summary,
                ParameterDocs(names),
                "/// <param name=\"threads\">The number of threads; 0 means all cores. The results are the same bits for any number.</param>",
                Errors,
                TokenErrors(names),
                "/// <exception cref=\"global::System.ArgumentOutOfRangeException\">The number of threads is negative.</exception>"),
            $"public void Predict({Signature(names)}, int threads)",
            MemberWriter.Lines(
                $"threads = {MemberNames.Runtime}.Arguments.RequireThreads(threads, \"threads\");",
                Ready($"threads == 1{(PredictOneThreadMembers.Are(writer) ? "" : $" || ({IsOneSample(names)})")}", $"Predict({Arguments(names)});"),
                PredictOneThreadMembers.Are(writer) ? Ready(IsOneSample(names), $"{PredictOneThreadMembers.Run(writer)}({Arguments(names)}, threads);") : "",
                $"{PredictRowsMembers.Checked(writer)}({Arguments(names)}, threads);"));
        WriteWarmUp(writer);
    }

    /// <summary>The spans of a Predict in order, as parameters.</summary>
    public static string Signature(MemberNames names) =>
        MemberWriter.List(names.Inputs.Select(input => input.ReadParameter).Concat(names.Outputs.Select(output => output.WriteParameter)));

    public static string Arguments(MemberNames names) => MemberWriter.List(names.Inputs.Concat(names.Outputs).Select(span => span.Parameter));

    public static string InputDocs(MemberNames names) =>
        MemberWriter.Lines(names.Inputs.Select((input, i) =>
            $"/// <param name=\"{input.Name}\">n times <see cref=\"{names.InputLength(i)}\"/> {(input.IsInteger ? $"tokens from 0 to {NumberText.Integer(input.Limit - 1)}" : "values")}, each sample {input.Shape}.</param>"));

    /// <summary>Documentation of the error of tokens out of range, or nothing without tokens.</summary>
    public static string TokenErrors(MemberNames names) =>
        names.Inputs.Any(input => input.IsInteger)
            ? "/// <exception cref=\"global::System.ArgumentOutOfRangeException\">A token lies outside its vocabulary; nothing was written.</exception>"
            : "";

    /// <summary>Checks of tokens, one line per input that has them.</summary>
    public static string TokenChecks(MemberNames names) =>
        MemberWriter.Lines(names.Inputs.Where(input => input.IsInteger).Select(input =>
            $"{MemberNames.Runtime}.GeneratedArguments.RequireTokens({input.Parameter}, {NumberText.Integer(input.Limit)}, {TextLiteral.Quote(input.Name)});"));

    /// <summary>Checks that no output shares memory with an input or with another output.</summary>
    public static string OverlapChecks(MemberNames names)
    {
        List<string> checks = [];
        for (int i = 0; i < names.Outputs.Count; i++)
        {
            IEnumerable<SpanName> others = names.Inputs.Concat(names.Outputs.Take(i));
            checks.AddRange(others.Select(other =>
                $"{MemberNames.Runtime}.Arguments.RequireNoOverlap({other.Parameter}, {names.Outputs[i].Parameter}, {TextLiteral.Quote(other.Name)}, {TextLiteral.Quote(names.Outputs[i].Name)});"));
        }

        return MemberWriter.Lines(checks);
    }

    /// <summary>The reference to a weight arena, or none where the network has no such weights.</summary>
    public static string ArenaReference(string field, int length) => length == 0 ? $"ref {MemberNames.Unsafe}.NullRef<float>()" : $"ref {field}.Origin";

    private static string ParameterDocs(MemberNames names) =>
        MemberWriter.Lines(
            InputDocs(names),
            MemberWriter.Lines(names.Outputs.Select((output, i) =>
                $"/// <param name=\"{output.Name}\">n times <see cref=\"{names.OutputLength(i)}\"/> values, each sample {output.Shape}.</param>")));

    private static string IsOneSample(MemberNames names) =>
        string.Join(" && ", names.Inputs.Select((input, i) => $"{input.Parameter}.Length == {names.InputLength(i)}")
            .Concat(names.Outputs.Select((output, i) => $"{output.Parameter}.Length == {names.OutputLength(i)}")));

    private static string Ready(string condition, string call) => $$"""
        if ({{condition}})
        {
            {{call}}
            return;
        }

        """;

    /// <summary>How one sample's scratch is rented, the reference to it, and how it is given back.</summary>
    public static (string Rent, string Reference, string GiveBack) OneScratch(MemberWriter writer)
    {
        int floats = writer.Plan.PredictOneScratch;
        string scratch = writer.Names.Own("scratch");
        return floats switch
        {
            0 => ("", $"ref {MemberNames.Unsafe}.NullRef<float>()", ""),
            <= StackFloats => ($"global::System.Span<float> {scratch} = stackalloc float[{NumberText.Integer(floats)}];", $"ref {MemberNames.MemoryMarshal}.GetReference({scratch})", ""),
            _ => ($"{MemberNames.Runtime}.ScratchBlock {scratch} = {StateMembers.OneScratch(writer)}.Rent();", $"ref {scratch}.Origin", $"{StateMembers.OneScratch(writer)}.Return({scratch});"),
        };
    }

    private static string OneSample(MemberWriter writer)
    {
        MemberNames names = writer.Names;
        string different = string.Join(" || ", names.Inputs.Select((input, i) => $"{input.Parameter}.Length != {names.InputLength(i)}")
            .Concat(names.Outputs.Select((output, i) => $"{output.Parameter}.Length != {names.OutputLength(i)}")));
        (string rent, string reference, string giveBack) = OneScratch(writer);
        return MemberWriter.Lines(
            $$"""
            if ({{different}})
            {
                {{PredictRowsMembers.Checked(writer)}}({{Arguments(names)}}, 1);
                return;
            }

            """,
            OverlapChecks(names),
            TokenChecks(names),
            PrepareMembers.Check(writer),
            rent,
            MemberWriter.Dispatch($"PredictOne({PredictRowsMembers.KernelArguments(writer, span => span.Reference, reference)})"),
            giveBack);
    }

    private static void WriteWarmUp(MemberWriter writer)
    {
        MemberNames names = writer.Names;
        string Zeros(SpanName span, string length, int rows) => $"new {span.Element}[{(rows == 1 ? "" : NumberText.Integer(rows) + " * ")}{length}]";
        string Call(int rows) =>
            "Predict(" + MemberWriter.List(names.Inputs.Select((input, i) => Zeros(input, names.InputLength(i), rows))
                .Concat(names.Outputs.Select((output, i) => Zeros(output, names.OutputLength(i), rows)))) + ");";
        writer.Method(
            "/// <summary>Compiles the prediction's code and fills its pools of scratch, so that the next calls take their usual time and allocate nothing.</summary>",
            "public void WarmUp()",
            MemberWriter.Lines(Call(1), Call(2), ClassifyMembers.WarmUp(writer), PrepareMembers.WarmUp(writer)));
    }
}
