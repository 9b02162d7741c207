namespace NetCompiler;

public sealed partial class Plot
{
    /// <summary>Points in the plane, each class with a colour and a shape of its own.</summary>
    /// <param name="x">One value per point.</param>
    /// <param name="y">One value per point.</param>
    /// <param name="classes">One class per point, counted from 0.</param>
    /// <param name="names">One name per class; null means their numbers.</param>
    /// <param name="title">The line above.</param>
    /// <param name="xLabel">What the horizontal axis shows.</param>
    /// <param name="yLabel">What the vertical axis shows.</param>
    /// <exception cref="ArgumentException">There are no points, the lists differ in length, or a class is negative or has no name.</exception>
    public static Plot Scatter(
        IReadOnlyList<double> x,
        IReadOnlyList<double> y,
        IReadOnlyList<int> classes,
        IReadOnlyList<string>? names = null,
        string title = "",
        string xLabel = "",
        string yLabel = "")
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        ArgumentNullException.ThrowIfNull(classes);
        if (x.Count == 0 || x.Count != y.Count || x.Count != classes.Count)
        {
            throw new ArgumentException($"A scatter plot needs points with one class each; there are {x.Count} x values, {y.Count} y values and {classes.Count} classes.", nameof(classes));
        }

        return new Plot(title, xLabel, yLabel).AddClasses(x, y, classes, names);
    }

    private Plot AddClasses(IReadOnlyList<double> x, IReadOnlyList<double> y, IReadOnlyList<int> classes, IReadOnlyList<string>? names)
    {
        int count = names?.Count ?? classes.Max() + 1;
        foreach (int index in classes)
        {
            if (index < 0 || index >= count)
            {
                string expected = names is null ? "classes are counted from 0" : $"there are names for the classes 0 to {count - 1}";
                throw new ArgumentException($"A point has the class {index}; {expected}.", nameof(classes));
            }
        }

        for (int index = 0; index < count; index++)
        {
            int[] members = [.. Enumerable.Range(0, classes.Count).Where(i => classes[i] == index)];
            AddPoints(names?[index] ?? FormattableString.Invariant($"{index}"), [.. members.Select(i => x[i])], [.. members.Select(i => y[i])]);
        }

        return this;
    }
}
