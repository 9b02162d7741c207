using NetCompiler.Generators.Graph;
using NetCompiler.Generators.Schedule.Memory;
using NetCompiler.Generators.Schedule.Templates;

namespace NetCompiler.Generators.Schedule;

/// <summary>
/// Wide dense layers behind others, whose sums over the inputs are made in parts: a thread has the same inputs of all samples in the product, in both gradients and in the
/// update, so that its weights are no other's. A line that two cores have read costs 5 to 25 ns when one of them writes it, and a layer has thousands; what they pass on
/// instead are the sums of the parts, which are added up in order, whoever made them.
/// </summary>
internal static class ProductParts
{
    // As many as most machines have cores, which two and four threads share without a rest; half of them where their sums would be too many.
    private static readonly int[] Numbers = [8, 4];

    /// <summary>Gives the groups of such layers the number of their parts.</summary>
    /// <returns>The weights, each split in its rows.</returns>
    public static IReadOnlyList<int> Mark(IReadOnlyList<KernelGroup> groups, StoragePlan storage)
    {
        var parts = new Dictionary<int, int>();
        var depends = new Dictionary<Node, bool>();
        foreach (IGrouping<int, KernelGroup> products in groups.Where(group => IsForward(group, storage)).GroupBy(group => WeightOf(group.Anchor.Operands[1])))
        {
            KernelGroup group = products.First();
            if (products.Count() == 1 && DependsOnWeights(group.Anchor.Operands[0], depends) && NumberOf(group.Anchor.Operands[0].Shape[-1], group.Anchor.Shape[-1]) is { } number)
            {
                group.Parts = number;
                parts.Add(products.Key, number);
            }
        }

        foreach (KernelGroup group in groups.Where(group => group.Parts == 0))
        {
            int weight = group.Kind switch
            {
                GroupKind.Product when ContractionForms.Match(group.Anchor) == ContractionForm.InputGradient && TransposedProductTemplate.Takes(group, storage) => WeightOf(group.Anchor.Operands[1]),
                GroupKind.WeightGradient when storage.ResultsOf(group.Anchor) is { Count: 1 } results => results[0].Result.Index,
                _ => -1,
            };
            group.Parts = parts.TryGetValue(weight, out int number) ? number : 0;
        }

        return [.. parts.Keys.OrderBy(weight => weight)];
    }

    private static bool IsForward(KernelGroup group, StoragePlan storage) =>
        group.Kind == GroupKind.Product && !group.IsBackward && group.Space is { Rows: 1, IsBatched: true } && ContractionForms.Match(group.Anchor) == ContractionForm.Forward
        && group.Anchor.Operands[1].Operation is InputOperation { Role: InputRole.Parameter } && storage.PackingOf(group.Anchor.Operands[1]) == WeightPacking.Panels;

    private static int WeightOf(Node weight) => weight.Operation is InputOperation { Role: InputRole.Parameter, Index: var index } ? index : -1;

    // A first layer's weights are read in the product alone, by whoever owns their columns.
    private static bool DependsOnWeights(Node node, Dictionary<Node, bool> known)
    {
        if (!known.TryGetValue(node, out bool depends))
        {
            depends = node.Operation is InputOperation { Role: InputRole.Parameter } || node.Operands.Any(operand => DependsOnWeights(operand, known));
            known.Add(node, depends);
        }

        return depends;
    }

    // The inputs must be far more than the sums of all parts.
    private static int? NumberOf(int inputs, int outputs) =>
        TilingPolicy.IsOwned(inputs, outputs) && inputs % TransposedProductTemplate.Strip == 0 && outputs % TilingPolicy.PanelWidth == 0 && outputs >= TilingPolicy.LeastTransposedProduct
            && Numbers.FirstOrDefault(number => 2L * number * outputs <= inputs) is > 0 and var number ? number : null;
}
