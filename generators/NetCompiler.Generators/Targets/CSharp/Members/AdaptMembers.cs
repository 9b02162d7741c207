using NetCompiler.Generators.Declaration;
using NetCompiler.Generators.Schedule;

namespace NetCompiler.Generators.Targets.CSharp.Members;

/// <summary>Adapt: measures what the Normalization layers directly behind an input need.</summary>
internal static class AdaptMembers
{
    public static void Write(MemberWriter writer)
    {
        NetworkPlan plan = writer.Plan;
        MemberNames names = writer.Names;
        List<(int Layer, int Input)> adapted = [];
        for (int layer = 0; layer < plan.Spec.Layers.Count; layer++)
        {
            if (plan.Spec.Layers[layer].Kind == "Normalization" && InputOf(plan.Spec, layer) is int input && !names.Inputs[input].IsInteger)
            {
                adapted.Add((layer, input));
            }
        }

        if (adapted.Count == 0)
        {
            return;
        }

        int[] inputs = [.. adapted.Select(pair => pair.Input).Distinct().OrderBy(input => input)];
        writer.Method(
            MemberWriter.Lines(
                "/// <summary>Measures mean and variance of every feature (the last axis) for the normalization layers directly behind an input, and keeps them as statistics. An empty input changes nothing.</summary>",
                MemberWriter.Lines(inputs.Select(input => $"/// <param name=\"{names.Inputs[input].Name}\">n times <see cref=\"{names.InputLength(input)}\"/> raw values, best the whole training set.</param>")),
                "/// <exception cref=\"global::System.ArgumentException\">A length is no multiple of its sample's, a value is not finite, or the variance of a feature is more than a float holds; nothing was changed.</exception>"),
            $"public void Adapt({MemberWriter.List(inputs.Select(input => names.Inputs[input].ReadParameter))})",
            MemberWriter.Lines(
                MemberWriter.Lines(inputs.Select(input =>
                    $"{MemberNames.Runtime}.Arguments.RequireMultiple({names.Inputs[input].Parameter}.Length, {names.InputLength(input)}, {TextLiteral.Quote(names.Inputs[input].Name)});")),
                Measure(plan, names, adapted)));
    }

    // All are measured before the first is written: what is refused changes nothing.
    private static string Measure(NetworkPlan plan, MemberNames names, IReadOnlyList<(int Layer, int Input)> adapted)
    {
        string Statistics(int i) => $"{Weight(adapted[i].Layer, "mean")}, {Weight(adapted[i].Layer, "variance")}";
        string Call(int i, string argument) => $"{MemberNames.Runtime}.FeatureStatistics.Measure({names.Inputs[adapted[i].Input].Parameter}, {argument}, {TextLiteral.Quote(names.Inputs[adapted[i].Input].Name)});";
        if (adapted.Count == 1)
        {
            return Call(0, Statistics(0));
        }

        string Local(int i) => names.Own("measured" + NumberText.Integer(i));
        IEnumerable<int> all = Enumerable.Range(0, adapted.Count);
        return MemberWriter.Lines(
            MemberWriter.Lines(all.Select(i => $"{MemberNames.Runtime}.MeasuredFeatures {Local(i)} = {Call(i, $"{Weight(adapted[i].Layer, "mean")}.Length")}")),
            MemberWriter.Lines(all.Select(i => $"{Local(i)}.WriteTo({Statistics(i)});")));

        string Weight(int layer, string name)
        {
            for (int i = 0; i < plan.Weights.Count; i++)
            {
                if (plan.Weights[i].Layer == layer && plan.Weights[i].Spec.Name == name)
                {
                    return $"Weights[{NumberText.Integer(i)}]";
                }
            }

            return $"Weights[{TextLiteral.Quote(plan.Spec.Layers[layer].Name + "." + name)}]";
        }
    }

    // The input that a layer reads through nothing but reshapes, which leave the order of the values alone.
    private static int? InputOf(NetworkSpec spec, int layer)
    {
        EquatableArray<int> operands = spec.Layers[layer].Operands;
        while (operands.Count == 1)
        {
            int value = operands[0];
            if (value < spec.Inputs.Count)
            {
                return value;
            }

            LayerSpec source = spec.Layers[value - spec.Inputs.Count];
            if (source.Kind is not ("Flatten" or "Reshape"))
            {
                return null;
            }

            operands = source.Operands;
        }

        return null;
    }
}
