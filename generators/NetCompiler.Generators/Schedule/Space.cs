using NetCompiler.Generators.Graph;

namespace NetCompiler.Generators.Schedule;

/// <summary>The loops of a value: samples or not, rows of a sample, columns of a row. A column of single values, (T, 1), counts as one row.</summary>
internal readonly record struct Space(bool IsBatched, int Rows, int Columns)
{
    public static Space Of(Node node) => Of(node.Shape, node.IsBatched);

    public static Space Of(Shape shape, bool isBatched)
    {
        int length = (int)shape.Length, columns = shape.Rank == 0 ? 1 : shape[-1];
        return columns == 1 ? new Space(isBatched, 1, length) : new Space(isBatched, length / columns, columns);
    }

    /// <summary>One value per sample, or one in all.</summary>
    public bool IsSingle => Rows == 1 && Columns == 1;
}
