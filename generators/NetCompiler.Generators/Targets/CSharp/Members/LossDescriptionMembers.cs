using NetCompiler.Generators.Declaration;
using NetCompiler.Generators.Graph;
using NetCompiler.Generators.Graph.Losses;
using NetCompiler.Generators.Schedule;

namespace NetCompiler.Generators.Targets.CSharp.Members;

/// <summary>The part of Description about one loss.</summary>
internal static class LossDescriptionMembers
{
    private const string Runtime = MemberNames.Runtime;

    public static void Write(MemberWriter writer, LossSpec loss)
    {
        IReadOnlyList<TargetSpec> targets = writer.Plan.Targets;
        IEnumerable<int> indices = loss.Targets.Select(target =>
            Enumerable.Range(0, targets.Count).First(index => string.Equals(targets[index].Name, target.Name, StringComparison.OrdinalIgnoreCase)));
        writer.Line($"new {Runtime}.LossDescription({TextLiteral.Quote(loss.Kind.Length > 0 ? loss.Kind : loss.Method)})");
        using (writer.Braces(","))
        {
            if (loss.Kind.Length > 0)
            {
                writer.Line($"Kind = {Runtime}.Loss.{loss.Kind},");
            }

            writer.Line($"Outputs = {DescriptionMembers.Ints(loss.Outputs)},");
            writer.Line($"Targets = {DescriptionMembers.Ints(indices)},");
            writer.Line($"Weight = {NumberText.Real(loss.Weight)},");
            writer.Line($"FromLogits = {(loss.FromLogits ? "true" : "false")},");
            writer.Line($"LabelSmoothing = {NumberText.Real(loss.LabelSmoothing)},");
            writer.Line($"Delta = {NumberText.Real(loss.Delta)},");
            if (loss.Function is FunctionSpec function)
            {
                writer.Line($"Function = {ScalarFunctionText.Lambda(function)},");
            }

            if (loss.Settings.Count > 0)
            {
                DescriptionMembers.WriteList(writer, "Settings", "SettingDescription", loss.Settings, setting =>
                    writer.Line($"new {Runtime}.SettingDescription({TextLiteral.Quote(setting.Name)}, {NumberText.Real(setting.Default)}),"));
            }

            if (loss.Operations.Count > 0)
            {
                NetworkPlan plan = writer.Plan;
                IReadOnlyList<Shape> shapes = TensorProgram.Shapes(
                    loss.Operations,
                    [
                        .. loss.Outputs.Select(output => plan.Shapes[plan.Spec.Outputs[output].Value]),
                        .. loss.Targets.Select(target => new Shape([.. target.Shape])),
                        .. loss.Settings.Select(_ => Shape.Scalar),
                    ]);
                DescriptionMembers.WriteList(writer, "Operations", "LayerDescription", Enumerable.Range(0, shapes.Count), i => DescriptionMembers.WriteLayer(writer, loss.Operations[i], shapes[i], []));
            }
        }
    }
}
