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
    public static ContractionForm Match(Node node)
    {
        var contract = (ContractOperation)node.Operation;
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

        throw new InvalidOperationException($"No template takes {contract.Name} of {resultRows}.");
    }

    private static string Rows(string labels) => labels.Substring(0, labels.Length - 1);

    private static char Last(string labels) => labels[labels.Length - 1];
}
