using System.Globalization;

namespace NetCompiler;

/// <summary>
/// The trials of a search: one upright axis per setting, the objective as the last one, and a line through the axes for each trial, coloured from blue for the
/// best to orange for the worst. The best trial is drawn thick; trials without a finite objective are faint and end before the last axis.
/// </summary>
public sealed class ParallelCoordinates : Picture
{
    private const int AxisDistance = 128;
    private const int LeastWidth = 420;
    private const int Bottom = 24;
    private const double Longest = 84;

    private readonly IReadOnlyList<double> _objective;
    private readonly string _objectiveName;
    private readonly bool _isLowerBetter;
    private readonly List<Column> _columns = [];

    /// <summary>Makes a picture of trials without settings.</summary>
    /// <param name="objectiveName">The name of what was searched for.</param>
    /// <param name="objective">One value per trial; NaN for a trial that failed.</param>
    /// <param name="isLowerBetter">Whether the best trial has the least value, as for a loss.</param>
    /// <param name="title">The line above.</param>
    /// <exception cref="ArgumentException">There are no trials.</exception>
    public ParallelCoordinates(string objectiveName, IReadOnlyList<double> objective, bool isLowerBetter = true, string title = "")
    {
        ArgumentNullException.ThrowIfNull(objectiveName);
        ArgumentNullException.ThrowIfNull(objective);
        if (objective.Count == 0)
        {
            throw new ArgumentException("There are no trials to draw.", nameof(objective));
        }

        (_objectiveName, _objective, _isLowerBetter, Title) = (objectiveName, objective, isLowerBetter, title);
    }

    /// <inheritdoc/>
    public override int Width => Math.Max(LeastWidth, AxisDistance * (_columns.Count + 1));

    /// <inheritdoc/>
    public override int Height => 400;

    private int Top => Title.Length > 0 ? 76 : 48;

    /// <summary>Adds a setting of numbers.</summary>
    /// <param name="name">The setting's name.</param>
    /// <param name="values">One value per trial.</param>
    /// <param name="isLog">Whether equal ratios are equal distances, as for learning rates; values must then be positive.</param>
    /// <exception cref="ArgumentException">There are more or fewer values than trials, or a value is not finite or, on a logarithmic axis, not positive.</exception>
    public ParallelCoordinates AddAxis(string name, IReadOnlyList<double> values, bool isLog = false)
    {
        ArgumentNullException.ThrowIfNull(values);
        RequireOnePerTrial(name, values.Count);
        for (int i = 0; i < values.Count; i++)
        {
            if (!double.IsFinite(values[i]) || (isLog && values[i] <= 0))
            {
                throw new ArgumentException(FormattableString.Invariant($"The {name} of trial {i} is {values[i]}; {(isLog ? "a logarithmic axis takes positive numbers" : "an axis takes finite numbers")}."), nameof(values));
            }
        }

        _columns.Add(new Column(name, values, isLog, null));
        return this;
    }

    /// <summary>Adds a setting of names, each a place on the axis.</summary>
    /// <param name="name">The setting's name.</param>
    /// <param name="values">One value per trial.</param>
    /// <param name="places">All names from the lowest place on; null means in the order of their first appearance.</param>
    /// <exception cref="ArgumentException">There are more or fewer values than trials, or a value has no place.</exception>
    public ParallelCoordinates AddAxis(string name, IReadOnlyList<string> values, IReadOnlyList<string>? places = null)
    {
        ArgumentNullException.ThrowIfNull(values);
        RequireOnePerTrial(name, values.Count);
        List<string> names = [.. places ?? [.. values.Distinct()]];
        if (values.FirstOrDefault(value => !names.Contains(value)) is { } other)
        {
            throw new ArgumentException($"The axis {name} has the places {string.Join(", ", names)}, but a trial has {other}.", nameof(values));
        }

        _columns.Add(new Column(name, [.. values.Select(value => (double)names.IndexOf(value))], false, names));
        return this;
    }

    internal override void Draw(ICanvas canvas)
    {
        if (_columns.Count == 0)
        {
            throw new InvalidOperationException($"The trials \"{Title}\" have no setting to draw: add an axis.");
        }

        Column[] columns = [.. _columns, new Column(_objectiveName, _objective, false, null)];
        Axis[] axes = [.. columns.Select(AxisOf)];
        double distance = (double)Width / columns.Length;
        double PlaceOf(int column) => distance * (column + 0.5);
        DrawTitle(canvas);
        foreach (int trial in Enumerable.Range(0, _objective.Count).OrderBy(Rank))
        {
            (double X, double Y)[] line = [.. columns.Select((column, i) => (PlaceOf(i), axes[i].Place(column.Values[trial]))).Where(place => double.IsFinite(place.Item2))];
            bool isBest = trial == Best, isFinite = double.IsFinite(_objective[trial]);
            canvas.Polyline(line, isFinite ? HeatColours.OfLine(Badness(trial)) : Paint.Faint, isBest ? 4 : 1.5, opacity: isBest ? 1 : 0.75);
        }

        for (int i = 0; i < columns.Length; i++)
        {
            DrawAxis(canvas, columns[i], axes[i], PlaceOf(i), distance);
        }
    }

    /// <summary>The trial with the best finite objective, the first of equal ones; -1 for none.</summary>
    private int Best => Enumerable.Range(0, _objective.Count).Where(trial => double.IsFinite(_objective[trial])).DefaultIfEmpty(-1).MinBy(trial => trial < 0 ? 0 : Badness(trial));

    /// <summary>Better trials are drawn later, over worse ones.</summary>
    private double Rank(int trial) => double.IsFinite(_objective[trial]) ? -Badness(trial) : double.NegativeInfinity;

    /// <summary>0 for the best objective, 1 for the worst.</summary>
    private double Badness(int trial)
    {
        double[] finite = [.. _objective.Where(double.IsFinite)];
        double least = finite.Min(), most = finite.Max();
        double share = most == least ? 0 : (_objective[trial] - least) / (most - least);
        return _isLowerBetter || most == least ? share : 1 - share;
    }

    private Axis AxisOf(Column column)
    {
        double bottom = Height - Bottom;
        return column.Names is { } names
            ? Axis.Over([], bottom, Top, new AxisOptions { Range = (-0.5, names.Count - 0.5), IsWhole = true })
            : Axis.Over(column.Values, bottom, Top, new AxisOptions { IsLog = column.IsLog, Widens = !column.IsLog });
    }

    private void DrawAxis(ICanvas canvas, Column column, Axis axis, double x, double distance)
    {
        canvas.Line(x, Top, x, Height - Bottom, Paint.Ink);
        canvas.Text(x, Top - 16, GlyphFont.Fit(column.Name, 13, distance - 8), Paint.Ink, 13);
        IEnumerable<(double, string)> ticks = column.Names is { } names ? names.Select((name, i) => ((double)i, GlyphFont.Fit(name, 12, Longest)))
            : column.Only is double only ? [(only, LabelOf(only))]
            : axis.Ticks;
        double last = double.PositiveInfinity;
        foreach ((double tick, string label) in ticks)
        {
            double y = axis.Place(tick), width = GlyphFont.Width(label, 12);
            if (last - y >= 14)
            {
                last = y;
                canvas.Line(x - 4, y, x, y, Paint.Ink);
                canvas.Rectangle(x - 9 - width, y - 7, width + 4, 14, Paint.Paper, 0.75);
                canvas.Text(x - 7, y + 4, label, Paint.Ink, anchor: Anchor.End);
            }
        }
    }

    private void RequireOnePerTrial(string name, int count)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (count != _objective.Count)
        {
            throw new ArgumentException($"The axis {name} has {count} values, but there are {_objective.Count} trials.", "values");
        }
    }

    // An axis around a single value has no length of its own: its round ticks may be what no trial could have had, as an accuracy of 1.5.
    private static string LabelOf(double value) => value.ToString("G4", CultureInfo.InvariantCulture).Replace("-", "−", StringComparison.Ordinal);

    private sealed record Column(string Name, IReadOnlyList<double> Values, bool IsLog, List<string>? Names)
    {
        /// <summary>The value of all trials, where they have the same one.</summary>
        public double? Only => Values.Where(double.IsFinite).Distinct().Take(2).ToArray() is [double only] ? only : null;
    }
}
