using System.Globalization;

namespace NetCompiler.Generators.Declaration;

/// <summary>
/// How large a value is as one formula. Derivatives and kernels are made of formulas, in which a local stands wherever it is used: twenty
/// lines of <c>y = y * y + y</c> are 3^20 operands.
/// </summary>
/// <param name="Operands">Operations and operands together; at most <see cref="MostOperands"/> + 1.</param>
/// <param name="Depth">The longest chain of operations.</param>
internal readonly record struct FormulaSize(int Operands, int Depth)
{
    private const int MostOperands = 10_000;
    private const int MostDepth = 500;

    /// <summary>A number or a parameter.</summary>
    public static FormulaSize Leaf { get; } = new(1, 0);

    /// <summary>What is too much for a formula, or null.</summary>
    public string? Excess => Operands > MostOperands ? $"written out as one formula, each local wherever it is used, it has more than {Text(MostOperands)} operations"
        : Depth > MostDepth ? $"its operations follow each other more than {Text(MostDepth)} deep"
        : null;

    /// <summary>An operation over operands of these sizes.</summary>
    public static FormulaSize Over(IEnumerable<FormulaSize> operands)
    {
        long sum = 1;
        int depth = 0;
        foreach (FormulaSize operand in operands)
        {
            sum += operand.Operands;
            depth = Math.Max(depth, operand.Depth);
        }

        return new FormulaSize((int)Math.Min(sum, MostOperands + 1), depth + 1);
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
