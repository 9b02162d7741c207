using NetCompiler.Generators.Declaration;

namespace NetCompiler.Generators.Targets.CSharp.Members;

/// <summary>The constants: lengths, counts and the layers' names.</summary>
internal static class ConstantMembers
{
    public static void Write(MemberWriter writer)
    {
        MemberNames names = writer.Names;
        HashSet<string> written = [];
        for (int i = 0; i < names.Inputs.Count; i++)
        {
            string what = names.Inputs[i].IsInteger ? "tokens" : "values";
            Constant(writer, written, names.InputLength(i), names.Inputs[i].Length, $"The number of {what} of one sample of <c>{names.Inputs[i].Name}</c>: {names.Inputs[i].Shape}.");
        }

        for (int i = 0; i < names.Outputs.Count; i++)
        {
            Constant(writer, written, names.OutputLength(i), names.Outputs[i].Length, $"The number of values of one sample of <c>{names.Outputs[i].Name}</c>: {names.Outputs[i].Shape}.");
        }

        Constant(writer, written, "ParameterCount", writer.Plan.ParameterCount, "The number of trained values, without padding.");
        Constant(writer, written, "StatisticsCount", writer.Plan.StatisticsCount, "The number of statistics (means, variances), without padding.");
        WriteLayers(writer);
    }

    private static void Constant(MemberWriter writer, HashSet<string> written, string name, int value, string summary)
    {
        // Equal names are a diagnostic of their own; a second constant would only add noise to it.
        if (written.Add(name))
        {
            writer.Line($"/// <summary>{summary}</summary>");
            writer.Line($"public const int {name} = {NumberText.Integer(value)};");
            writer.Line();
        }
    }

    private static void WriteLayers(MemberWriter writer)
    {
        HashSet<string> written = ["Layers"];
        writer.Line("/// <summary>The names of the layers, for freezing and for reading descriptions.</summary>");
        using (writer.Block("public static class Layers"))
        {
            foreach (LayerSpec layer in writer.Plan.Spec.Layers)
            {
                string name = MemberNames.Pascal(layer.Name);
                if (written.Add(name))
                {
                    writer.Line($"/// <summary>{TextLiteral.Xml(layer.Kind)} <c>{TextLiteral.Xml(layer.Name)}</c>.</summary>");
                    writer.Line($"public const string {name} = {TextLiteral.Quote(layer.Name)};");
                    writer.Line();
                }
            }
        }

        writer.Line();
    }
}
