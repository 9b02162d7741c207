using NetCompiler.Generators.Ops;
using NetCompiler.Generators.Schedule.Nests;

namespace NetCompiler.Generators.Schedule.Templates;

/// <summary>A small constant matrix M applied to both sides of a square of vectors, Y = M X transposed(M), in registers.</summary>
internal static class MatrixSteps
{
    /// <summary>The vector in a row and a column of a square.</summary>
    public static string At(string square, int row, int column) => $"{square}_{row}{column}";

    /// <summary>The statements that declare Y, column by column of X: each is read once and only its products with M stay.</summary>
    /// <param name="matrix">M, its rows of the length of a side of X.</param>
    /// <param name="x">Names the vectors of X.</param>
    /// <param name="y">Names the vectors of Y.</param>
    /// <param name="read">Reads a vector of X.</param>
    public static IEnumerable<Statement> Both(EquatableArray<EquatableArray<double>> matrix, string x, string y, Func<int, int, VectorExpression> read) =>
        Enumerable.Range(0, matrix[0].Count).SelectMany(column => Column(matrix, x, y, column, read)).Concat(Rows(matrix, y, (row, column) => At("t" + y, row, column)));

    /// <summary>The statements from one column of X to its products with M, which are named after Y.</summary>
    public static IEnumerable<Statement> Column(EquatableArray<EquatableArray<double>> matrix, string x, string y, int column, Func<int, int, VectorExpression> read) =>
    [
        .. Enumerable.Range(0, matrix[0].Count).Select(row => new Let(At(x, row, column), read(row, column))),
        .. matrix.Select((row, i) => new Let(At("t" + y, i, column), Product(row, value => At(x, value, column)))),
    ];

    /// <summary>The statements that declare Y, row by row, from the products of all columns.</summary>
    public static IEnumerable<Statement> Rows(EquatableArray<EquatableArray<double>> matrix, string y, Func<int, int, string> products) =>
        from i in Enumerable.Range(0, matrix.Count)
        from j in Enumerable.Range(0, matrix.Count)
        select new Let(At(y, i, j), Product(matrix[j], value => products(i, value)));

    private static VectorExpression Product(EquatableArray<double> row, Func<int, string> value)
    {
        (ScalarExpression formula, IReadOnlyList<int> values) = WinogradTransform.Row(row);
        return values.Count == 1 && formula == ScalarExpression.Argument(0) ? new Name(value(values[0])) : new Apply(formula, [.. values.Select(i => new Name(value(i)))]);
    }
}
