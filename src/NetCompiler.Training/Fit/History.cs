using System.Globalization;
using System.Runtime.InteropServices;

namespace NetCompiler;

/// <summary>What a training measured: one value per completed epoch of loss, metrics and their val_ forms, and of a learning rate that is set. Its text is one line: <c>3 epochs, loss 0.1234, accuracy 0.9612</c>.</summary>
public sealed class History
{
    private readonly List<string> _names = [];
    private readonly Dictionary<string, List<double>> _series = [];

    /// <summary>The names of the series, in the order in which they are shown: loss, metrics, val_loss, val_ metrics; then learning_rate, of the epoch's last step, where a schedule or a callback sets it.</summary>
    public IReadOnlyList<string> Names => _names;

    /// <summary>The number of completed epochs.</summary>
    public int Epochs { get; private set; }

    /// <summary>The time that training took, before a checkpoint that it was resumed from too.</summary>
    public TimeSpan Duration { get; internal set; }

    /// <summary>One value per completed epoch.</summary>
    /// <exception cref="KeyNotFoundException">There is no such series; the message names those there are.</exception>
    public IReadOnlyList<double> this[string name] => _series.TryGetValue(name, out List<double>? values)
        ? values
        : throw new KeyNotFoundException($"The history has no series \"{name}\"; it has {(_names.Count > 0 ? string.Join(", ", _names) : "none, as no epoch was completed")}.");

    /// <summary>Whether there is such a series.</summary>
    public bool Contains(string name) => _series.ContainsKey(name);

    /// <summary>The value of the last completed epoch.</summary>
    /// <exception cref="KeyNotFoundException">There is no such series.</exception>
    public double Last(string name) => this[name][^1];

    /// <summary>The learning curve of a series and of its validation, epochs counted from 1.</summary>
    /// <exception cref="KeyNotFoundException">There is no such series.</exception>
    public Plot ToPlot(string name = "loss") => LearningCurve.Draw(this, name);

    /// <summary>The learning curve of a series and of its validation as SVG.</summary>
    /// <exception cref="KeyNotFoundException">There is no such series.</exception>
    public string ToSvg(string name = "loss") => ToPlot(name).ToSvg();

    /// <summary>The number of completed epochs, and the last value of every series.</summary>
    public override string ToString()
        => string.Create(CultureInfo.InvariantCulture, $"{Epochs} {(Epochs == 1 ? "epoch" : "epochs")}{string.Concat(_names.Select(name => $", {name} {LineDisplay.Format(Last(name))}"))}");

    /// <summary>Adds the value of the epoch that ends. A series that begins later than others, as one that a resumed training adds, has NaN for the epochs before.</summary>
    internal void Add(string name, double value)
    {
        if (!_series.TryGetValue(name, out List<double>? values))
        {
            _names.Add(name);
            _series.Add(name, values = [.. Enumerable.Repeat(double.NaN, Epochs)]);
        }

        values.Add(value);
    }

    internal void CompleteEpoch() => Epochs++;

    internal void SaveState(SavedState state)
    {
        state.Set("epochs", Epochs);
        state.Set("series", _names.Count);
        for (int i = 0; i < _names.Count; i++)
        {
            state.Set(FormattableString.Invariant($"{i}/name"), _names[i]);
            state.Set(FormattableString.Invariant($"{i}/values"), (ReadOnlySpan<double>)CollectionsMarshal.AsSpan(_series[_names[i]]));
        }
    }

    internal void RestoreState(SavedState state)
    {
        long series = state.GetInt64("series");
        for (long i = 0; i < series; i++)
        {
            string name = state.GetString(FormattableString.Invariant($"{i}/name"));
            foreach (double value in state.GetDoubles(FormattableString.Invariant($"{i}/values")))
            {
                Add(name, value);
            }
        }

        Epochs = (int)state.GetInt64("epochs");
    }
}
