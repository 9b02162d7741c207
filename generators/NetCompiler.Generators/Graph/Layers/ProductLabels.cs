namespace NetCompiler.Generators.Graph.Layers;

/// <summary>Labels of axes for contractions.</summary>
internal static class ProductLabels
{
    // All letters but those of the batch and of the axes that the products here name themselves.
    private const string Carried = "tuvwxyzacdefghijlopqrs";

    /// <summary>A label for each axis that is carried along.</summary>
    public static string Rows(int count) => Carried.Substring(0, count);

    /// <summary>The labels with that of the batch in front where there is one value per sample.</summary>
    public static string Of(Node value, string labels) => (value.IsBatched ? "b" : "") + labels;

    /// <summary>The labels of a product, which is per sample where a factor is.</summary>
    public static string OfProduct(Node left, Node right, string labels) => (left.IsBatched || right.IsBatched ? "b" : "") + labels;
}
