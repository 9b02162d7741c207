namespace NetCompiler.Generators.Ops;

/// <summary>
/// A row of the elementwise table: a function of one to three values at the same place. Two rows are equal when their formulas are.
/// </summary>
/// <param name="Name">The name in printed graphs.</param>
/// <param name="Value">The formula over arguments a, b, c.</param>
/// <param name="Derivatives">The partial derivative with respect to each argument; the argument after the last stands for the function's own result.</param>
internal sealed record ElementwiseOperation(string Name, ScalarExpression Value, EquatableArray<ScalarExpression> Derivatives)
{
    public int Arity => Derivatives.Count;

    /// <summary>Names tell most rows apart; formulas are trees, too long to be hashed with every node of a graph.</summary>
    public override int GetHashCode() => Name.GetHashCode();

    /// <summary>Makes a row whose derivatives follow from its formula.</summary>
    public static ElementwiseOperation Derive(string name, int arity, ScalarExpression value) =>
        new(name, value, [.. Enumerable.Range(0, arity).Select(argument => ScalarDerivative.Of(value, argument))]);
}
