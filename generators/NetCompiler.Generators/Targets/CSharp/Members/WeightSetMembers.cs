using NetCompiler.Generators.Schedule;

namespace NetCompiler.Generators.Targets.CSharp.Members;

/// <summary>The nested class WeightSet: one member per weight.</summary>
internal static class WeightSetMembers
{
    private const string Arena = MemberNames.Runtime + ".WeightArena";
    private const string Layout = MemberNames.Runtime + ".WeightLayout";

    public static void Write(MemberWriter writer)
    {
        writer.Line("/// <summary>The weights, or their gradients, by index, by name in files, and one member each; logical order and shape.</summary>");
        using (writer.Block($"public sealed class WeightSet : {MemberNames.Runtime}.WeightCollection"))
        {
            WriteLayouts(writer, "ParameterLayouts", writer.Plan.Weights.Where(weight => weight.Spec.IsTrainable));
            WriteLayouts(writer, "StatisticLayouts", writer.Plan.Weights.Where(weight => !weight.Spec.IsTrainable));

            // In a faulty network no set is ever made; the class only lets names be found.
            using (writer.Block($"internal WeightSet({Arena} parameters, {Arena}? statistics) : base(parameters, ParameterLayouts, statistics, StatisticLayouts, {TextLiteral.Quote(writer.Plan.ArchitectureHash)})"))
            {
            }

            HashSet<string> written = ["WeightSet"];
            for (int i = 0; i < writer.Plan.Weights.Count; i++)
            {
                PlannedWeight weight = writer.Plan.Weights[i];
                if (written.Add(weight.MemberName))
                {
                    writer.Line();
                    writer.Line($"/// <summary><c>{TextLiteral.Xml(weight.FileName)}</c> {weight.Spec.Shape}{(weight.Spec.IsTrainable ? "" : ", a statistic: not among gradients")}.</summary>");
                    writer.Line($"public {MemberNames.Runtime}.WeightView {weight.MemberName} => this[{NumberText.Integer(i)}];");
                }
            }
        }

        writer.Line();
    }

    private static void WriteLayouts(MemberWriter writer, string name, IEnumerable<PlannedWeight> weights)
    {
        using (writer.Block($"private static readonly {Layout}[] {name} =", ";"))
        {
            foreach (PlannedWeight weight in weights)
            {
                string packing = $"{MemberNames.Runtime}.WeightPacking.{weight.Packing}";
                writer.Line($"new({TextLiteral.Quote(weight.FileName)}, {TextLiteral.List(weight.Spec.Shape.Sizes)}, {packing}, {NumberText.Integer(weight.Offset)}),");
            }
        }

        writer.Line();
    }
}
