namespace NetCompiler.Generators.Targets.CSharp.Members;

/// <summary>Predict into new arrays: one, or a named tuple.</summary>
internal static class PredictArrayMembers
{
    public static void Write(MemberWriter writer)
    {
        MemberNames names = writer.Names;
        if (names.Inputs.Count == 0 || names.Outputs.Count == 0)
        {
            return;
        }

        string samples = names.Own("samples");
        string type = names.Outputs.Count == 1 ? "float[]" : "(" + MemberWriter.List(names.Outputs.Select(output => $"float[] {output.Member}")) + ")";
        writer.Method(
            MemberWriter.Lines(
                "/// <summary>Predicts n samples into new arrays.</summary>",
                PredictMembers.InputDocs(names),
                "/// <exception cref=\"global::System.ArgumentException\">A length is wrong, or the results would not fit one array.</exception>",
                PredictMembers.TokenErrors(names)),
            $"public {type} Predict({MemberWriter.List(names.Inputs.Select(input => input.ReadParameter))})",
            MemberWriter.Lines(
                $"int {samples} = {MemberNames.Runtime}.Arguments.RequireMultiple({names.Inputs[0].Parameter}.Length, {names.InputLength(0)}, {TextLiteral.Quote(names.Inputs[0].Name)});",
                MemberWriter.Lines(names.Outputs.Select((output, i) => $"float[] {output.Parameter} = new float[{MemberNames.Runtime}.Arguments.RequireResult({samples}, {names.OutputLength(i)}, {TextLiteral.Quote(names.Inputs[0].Name)})];")),
                $"Predict({PredictMembers.Arguments(names)});",
                $"return {(names.Outputs.Count == 1 ? names.Outputs[0].Parameter : "(" + MemberWriter.List(names.Outputs.Select(output => output.Parameter)) + ")")};"));
    }
}
