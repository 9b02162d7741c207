namespace NetCompiler;

/// <summary>The number of values of a shape, and the shape as text.</summary>
internal static class SampleShape
{
    /// <summary>The product of all axes. A plain loop: it runs before the first prediction, where loading a library of queries would be felt.</summary>
    public static int Length(IReadOnlyList<int> shape)
    {
        int length = 1;
        for (int axis = 0; axis < shape.Count; axis++)
        {
            length *= shape[axis];
        }

        return length;
    }

    /// <summary>A shape as text: (784, 128).</summary>
    public static string Text(IEnumerable<int> shape) => $"({string.Join(", ", shape)})";
}
