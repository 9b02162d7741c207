using NetCompiler.Generators.Graph;

namespace NetCompiler.Generators.Schedule;

/// <summary>The contraction templates, matched on the labels: r rows (the batch and leading axes), k in, n out.</summary>
internal enum ContractionForm
{
    /// <summary>y[r, n] = sum over k of x[r, k] W[k, n].</summary>
    Forward,

    /// <summary>dx[r, k] = sum over n of dy[r, n] W[k, n].</summary>
    InputGradient,

    /// <summary>dW[k, n] = sum over r of x[r, k] dy[r, n].</summary>
    WeightGradient,
}

/// <summary>Recognises the form of a contraction.</summary>
internal static class ContractionForms
{
    /// <summary>Whether a contraction has a template that reads its right operand in a packing.</summary>
    public static bool TakesPacked(Node node, WeightPacking packing) => TryMatch(node) switch
    {
        ContractionForm.Forward => packing is WeightPacking.Panels or WeightPacking.NarrowPanels or WeightPacking.Int8Panels || (packing == WeightPacking.Columns && node.Operands[0].IsBatched),
        ContractionForm.InputGradient => packing == WeightPacking.Panels && node.Operands[0].IsBatched && Space.Of(node).Columns == node.Shape[-1], // single columns are no rows
        _ => packing == WeightPacking.Panels && ConvolutionForm.Match(node) is { Kind: not ConvolutionKind.WeightGradient } form && form.Weight == node.Operands[1],
    };

    /// <summary>Whether a contraction has a template that writes its result in a packing.</summary>
    public static bool WritesPacked(Node node, WeightPacking packing) => node.Operation is ContractOperation && packing != WeightPacking.Flat
        && node.Operands[0].IsBatched && node.Operands[1].IsBatched
        && (TryMatch(node) == ContractionForm.WeightGradient || (packing == WeightPacking.Panels && ConvolutionForm.Match(node) is { Kind: ConvolutionKind.WeightGradient }));

    /// <summary>The form of a contraction that is known to have one.</summary>
    public static ContractionForm Match(Node node) =>
        TryMatch(node) ?? throw new InvalidOperationException($"No template takes {node.Operation.Name}.");

    /// <summary>The form of a contraction, or null.</summary>
    public static ContractionForm? TryMatch(Node node)
    {
        var contract = (ContractOperation)node.Operation;
        if (AxisLabels.AreAffine(contract.Left + contract.Right + contract.Result))
        {
            return null;
        }

        string leftRows = Rows(contract.Left), rightRows = Rows(contract.Right), resultRows = Rows(contract.Result);
        char left = Last(contract.Left), right = Last(contract.Right), result = Last(contract.Result);
        if (contract.Right.Length == 2 && leftRows == resultRows && !contract.Right.Contains('b'))
        {
            if (contract.Right[0] == left && right == result)
            {
                return ContractionForm.Forward;
            }

            if (right == left && contract.Right[0] == result)
            {
                return ContractionForm.InputGradient;
            }
        }

        if (contract.Result.Length == 2 && leftRows == rightRows && contract.Result[0] == left && right == result)
        {
            return ContractionForm.WeightGradient;
        }

        return null;
    }

    private static string Rows(string labels) => labels.Substring(0, labels.Length - 1);

    private static char Last(string labels) => labels[labels.Length - 1];
}
