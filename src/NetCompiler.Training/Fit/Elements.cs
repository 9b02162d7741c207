namespace NetCompiler;

/// <summary>The elements of a list that was given.</summary>
internal static class Elements
{
    /// <summary>Passes a list without nulls through.</summary>
    /// <exception cref="ArgumentException">An element is null; the message names the list and the element.</exception>
    public static IReadOnlyList<T> Require<T>(IReadOnlyList<T> list, string name)
    {
        for (int i = 0; i < list.Count; i++)
        {
            if (list[i] is null)
            {
                throw new ArgumentException($"{name}[{i}] is null.", name);
            }
        }

        return list;
    }
}
