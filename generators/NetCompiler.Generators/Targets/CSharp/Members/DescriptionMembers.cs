using NetCompiler.Generators.Declaration;
using NetCompiler.Generators.Graph;
using NetCompiler.Generators.Graph.Layers;
using NetCompiler.Generators.Schedule;

namespace NetCompiler.Generators.Targets.CSharp.Members;

/// <summary>The static Description: made when first asked for.</summary>
internal static class DescriptionMembers
{
    private const string Runtime = MemberNames.Runtime;

    public static void Write(MemberWriter writer)
    {
        string field = writer.Names.Own("_description"), create = writer.Names.Own("CreateDescription");
        writer.Private($"private static {Runtime}.NetworkDescription? {field};");
        writer.Private("");
        writer.Property(
            "/// <summary>The layers, shapes, weights and losses; as text a table.</summary>",
            $"public static {Runtime}.NetworkDescription Description",
            $"{field} ??= {create}()");
        if (!writer.IsFaulty)
        {
            WriteCreate(writer, create);
        }
    }

    private static void WriteCreate(MemberWriter writer, string create)
    {
        NetworkPlan plan = writer.Plan;
        NetworkSpec spec = plan.Spec;
        using (writer.Block($"private static {Runtime}.NetworkDescription {create}() => new()", ";"))
        {
            writer.Line($"Name = {TextLiteral.Quote(spec.Name)},");
            WriteList(writer, "Inputs", "InputDescription", spec.Inputs, input =>
                writer.Line($"new {Runtime}.InputDescription({TextLiteral.Quote(input.Name)}, {Ints(input.Shape)})"
                    + (input.Vocabulary > 0 ? $" {{ Vocabulary = {NumberText.Integer(input.Vocabulary)}, Padding = {NumberText.Integer(input.Padding)} }}," : ",")));
            WriteList(writer, "Layers", "LayerDescription", Enumerable.Range(0, spec.Layers.Count), layer => WriteLayer(
                writer, spec.Layers[layer], plan.Shapes[spec.Inputs.Count + layer], WeightsOf(plan, layer)));
            WriteList(writer, "Outputs", "OutputDescription", Enumerable.Range(0, spec.Outputs.Count), output => writer.Line(
                $"new {Runtime}.OutputDescription({TextLiteral.Quote(spec.Outputs[output].Name)}, {NumberText.Integer(spec.Outputs[output].Value)}, {Ints(plan.Shapes[spec.Outputs[output].Value].Sizes)}){Padding(plan, output)},"));
            WriteList(writer, "Targets", "TargetDescription", plan.Targets, target => writer.Line(
                $"new {Runtime}.TargetDescription({TextLiteral.Quote(target.Name)}, {NumberText.Integer(new Shape([.. target.Shape]).Length)}, {NumberText.Integer(target.Classes)}){Shape(target)},"));
            WriteList(writer, "Losses", "LossDescription", spec.Losses, loss => LossDescriptionMembers.Write(writer, loss));
            writer.Line($"ParameterCount = ParameterCount,");
            writer.Line($"StatisticsCount = StatisticsCount,");
            writer.Line($"ArchitectureHash = {TextLiteral.Quote(plan.ArchitectureHash)},");
        }

        writer.Line();
    }

    private static string Padding(NetworkPlan plan, int output) => plan.PaddedInputs.Count > output && plan.PaddedInputs[output].Count > 0 ? $" {{ PaddedInputs = {Ints(plan.PaddedInputs[output])} }}" : "";

    // A layer that shares weights names them as its own: by their names they are the same.
    private static IEnumerable<PlannedWeight> WeightsOf(NetworkPlan plan, int layer)
    {
        int owner = plan.Spec.Layers[layer].SharedWith >= 0 ? plan.Spec.Layers[layer].SharedWith : layer;
        return plan.Weights.Where(weight => weight.Layer == owner);
    }

    // A target of one axis has the shape that its length says; classes are always one row of integers.
    private static string Shape(TargetSpec target) => target.Classes > 0 || target.Shape.Count <= 1
        ? "" : $" {{ Shape = [{string.Join(", ", target.Shape.Select(size => NumberText.Integer(size)))}] }}";

    /// <summary>A property that is an array, one entry per item.</summary>
    public static void WriteList<T>(MemberWriter writer, string name, string type, IEnumerable<T> items, Action<T> write)
    {
        writer.Line($"{name} = new {Runtime}.{type}[]");
        using (writer.Braces(","))
        {
            foreach (T item in items)
            {
                write(item);
            }
        }
    }

    /// <summary>A layer of the network, or an operation of a loss.</summary>
    public static void WriteLayer(MemberWriter writer, LayerSpec layer, Shape shape, IEnumerable<PlannedWeight> weights)
    {
        writer.Line($"new {Runtime}.LayerDescription({TextLiteral.Quote(layer.Name)}, {TextLiteral.Quote(layer.Kind)}, {Ints(layer.Operands)}, {Ints(shape.Sizes)})");
        using (writer.Braces(","))
        {
            if (layer.Options.Count > 0)
            {
                using (writer.Block("Options = new global::System.Collections.Generic.Dictionary<string, object>", ","))
                {
                    foreach (OptionSpec option in layer.Options)
                    {
                        writer.Line($"[{TextLiteral.Quote(option.Name)}] = {Value(option)},");
                    }
                }
            }

            if (weights.Any())
            {
                WriteList(writer, "Weights", "WeightDescription", weights, weight => writer.Line(Weight(weight, layer) + ","));
            }

            if (layer.Function is FunctionSpec function)
            {
                writer.Line($"Function = {ScalarFunctionText.Lambda(function)},");
            }
        }
    }

    public static string Ints(IEnumerable<int> numbers) => $"new int[] {{ {string.Join(", ", numbers.Select(number => NumberText.Integer(number)))} }}".Replace("{  }", "{ }");

    private static string Weight(PlannedWeight weight, LayerSpec layer)
    {
        WeightSpec spec = weight.Spec;
        string former = string.Join(", ", layer.FormerNames.Select(name => TextLiteral.Quote(spec.FileName(name))));
        return $"new {Runtime}.WeightDescription({TextLiteral.Quote(weight.FileName)}, {Ints(spec.Shape.Sizes)}, {Runtime}.Initializer.{spec.Initializer}) {{ "
            + MemberWriter.List(
            [
                $"Scale = {NumberText.Real(spec.Scale)}",
                $"FanIn = {NumberText.Integer(spec.FanIn)}",
                $"FanOut = {NumberText.Integer(spec.FanOut)}",
                $"IsTrainable = {(spec.IsTrainable ? "true" : "false")}",
                $"L1 = {NumberText.Real(spec.L1)}",
                $"L2 = {NumberText.Real(spec.L2)}",
                spec.OnesEnd == spec.OnesStart ? "" : $"OnesStart = {NumberText.Integer(spec.OnesStart)}, OnesEnd = {NumberText.Integer(spec.OnesEnd)}",
                former.Length == 0 ? "" : $"FormerNames = new string[] {{ {former} }}",
            ])
            + " }";
    }

    private static string Value(OptionSpec option) => option.Type switch
    {
        OptionType.Integer => NumberText.Integer((long)option.Number),
        OptionType.Real => NumberText.Real(option.Number),
        OptionType.Boolean => option.Number != 0 ? "true" : "false",
        OptionType.Enumeration => $"{Runtime}.{option.Text}",
        OptionType.IntegerList => Ints(option.Integers),
        _ => TextLiteral.Quote(option.Text),
    };
}
