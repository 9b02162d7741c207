using System.Globalization;
using System.Text;

namespace NetCompiler;

/// <summary>
/// Writes event files for TensorBoard, in Keras's layout: <c>epoch_loss</c>, <c>epoch_</c> of every metric and <c>epoch_learning_rate</c> in the folder <c>train</c>, the
/// same names of the validation in <c>validation</c>, both by epoch from 0; where asked for, by step in <c>batches</c>, a folder of their own so that either axis can be continued:
/// <c>batch_loss</c> of the batch, <c>batch_</c> of every metric over the epoch so far, and <c>batch_learning_rate</c>; histograms of the weights; and a table of the hyperparameters as text. A resumed training goes on in new files of the same folders.
/// </summary>
public sealed class TensorBoard : Callback
{
    private const string ValidationPrefix = "val_";

    private readonly int _histogramFrequency;
    private readonly int? _updateFrequency;
    private readonly IReadOnlyDictionary<string, string> _hyperparameters;
    private EventFileWriter? _train;
    private EventFileWriter? _validation;
    private EventFileWriter? _batches;
    private bool _hasValidation;
    private bool _restarts;

    /// <summary>Makes the callback.</summary>
    /// <param name="logDirectory">The folder of the run, made where it is missing: what TensorBoard's <c>--logdir</c> is given, or a folder in it.</param>
    /// <param name="histogramFrequency">The number of epochs between two histograms of every weight; 0 for none.</param>
    /// <param name="updateFrequency">The number of batches between two values by step; null for values by epoch only.</param>
    /// <param name="hyperparameters">Further rows of the table of hyperparameters.</param>
    /// <exception cref="ArgumentException">There is no folder, or a hyperparameter is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A frequency is negative, or no batches are to lie between two values.</exception>
    public TensorBoard(string logDirectory = "logs", int histogramFrequency = 0, int? updateFrequency = null, IReadOnlyDictionary<string, string>? hyperparameters = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(logDirectory);
        ArgumentOutOfRangeException.ThrowIfNegative(histogramFrequency);
        if (updateFrequency is int batches)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(batches, 1, nameof(updateFrequency));
        }

        _hyperparameters = hyperparameters ?? new Dictionary<string, string>();
        if (_hyperparameters.FirstOrDefault(row => row.Value is null).Key is { } name)
        {
            throw new ArgumentException($"The hyperparameter \"{name}\" is null.", nameof(hyperparameters));
        }

        LogDirectory = logDirectory;
        _histogramFrequency = histogramFrequency;
        _updateFrequency = updateFrequency;
    }

    /// <summary>The folder of the run.</summary>
    public string LogDirectory { get; }

    internal override void Check(IReadOnlyList<MeasuredSeries> series) => _hasValidation = series.Any(one => one.Name == ValidationPrefix + "loss");

    /// <inheritdoc/>
    /// <exception cref="IOException">A file cannot be made.</exception>
    public override void OnTrainBegin(FitContext context)
    {
        _train = new EventFileWriter(Path.Combine(LogDirectory, "train"));
        _validation = _hasValidation ? new EventFileWriter(Path.Combine(LogDirectory, "validation")) : null;
        _batches = _updateFrequency is null ? null : new EventFileWriter(Path.Combine(LogDirectory, "batches"));
        _restarts = context.IsResumed;
        if (!context.IsResumed)
        {
            _train.WriteText("hyperparameters", 0, Describe(context));
        }

        Flush();
    }

    /// <inheritdoc/>
    public override void OnBatchBegin(FitContext context)
    {
        if (_restarts)
        {
            _restarts = false;
            _train?.WriteRestart(context.Epoch);
            _validation?.WriteRestart(context.Epoch);
            _batches?.WriteRestart(StepOf(context));
        }
    }

    /// <inheritdoc/>
    public override void OnBatchEnd(FitContext context)
    {
        long step = StepOf(context);
        if (_batches is not null && step % _updateFrequency!.Value == 0)
        {
            _batches.WriteScalar("batch_loss", step, context.BatchLoss);
            foreach ((string name, double value) in context.Metrics.Where(metric => metric.Key != "loss"))
            {
                _batches.WriteScalar("batch_" + name, step, value);
            }

            _batches.WriteScalar("batch_learning_rate", step, context.Optimizer.LearningRate);
        }
    }

    /// <inheritdoc/>
    public override void OnEpochEnd(FitContext context)
    {
        foreach (string name in context.History.Names)
        {
            bool isValidation = _hasValidation && name.StartsWith(ValidationPrefix, StringComparison.Ordinal);
            string tag = "epoch_" + (isValidation ? name[ValidationPrefix.Length..] : name);
            (isValidation ? _validation : _train)?.WriteScalar(tag, context.Epoch, context.History.Last(name));
        }

        if (!context.History.Contains("learning_rate"))
        {
            _train?.WriteScalar("epoch_learning_rate", context.Epoch, context.Optimizer.LearningRate);
        }

        if (_histogramFrequency > 0 && context.Epoch % _histogramFrequency == 0)
        {
            foreach (WeightView weight in context.Network.Weights)
            {
                _train?.WriteHistogram(weight.Name.Replace('.', '/') + "/histogram", context.Epoch, weight.ToArray());
            }
        }

        Flush();
    }

    /// <inheritdoc/>
    public override void OnTrainEnd(FitContext context) => Close();

    /// <inheritdoc/>
    public override void OnTrainAbort(FitContext context) => Close();

    private static long StepOf(FitContext context) => ((long)context.Epoch * context.Batches) + context.Batch;

    private void Flush()
    {
        _train?.Flush();
        _validation?.Flush();
        _batches?.Flush();
    }

    private void Close()
    {
        _train?.Dispose();
        _validation?.Dispose();
        _batches?.Dispose();
        _train = _validation = _batches = null;
    }

    private string Describe(FitContext context)
    {
        CultureInfo invariant = CultureInfo.InvariantCulture;
        NetworkDescription description = context.Network.Description;
        List<(string Name, string Value)> rows =
        [
            ("network", description.Name),
            ("parameters", description.ParameterCount.ToString(invariant)),
            ("losses", string.Join(", ", description.Losses.Select(loss => loss.Name))),
            ("optimizer", InvariantText.Of(context.Options.Optimizer ?? new Adam())),
            ("schedule", context.Options.Schedule is { } schedule ? InvariantText.Of(schedule) : "none"),
            ("epochs", context.Epochs.ToString(invariant)),
            ("batch size", context.Options.BatchSize.ToString(invariant)),
            ("batches per epoch", context.Batches.ToString(invariant)),
            ("seed", (context.Options.Seed ?? context.Network.Seed).ToString(invariant)),
            .. _hyperparameters.Select(row => (row.Key, row.Value)),
        ];
        StringBuilder table = new("| hyperparameter | value |\n|---|---|\n");
        foreach ((string name, string value) in rows)
        {
            table.Append(invariant, $"| {Escape(name)} | {Escape(value)} |\n");
        }

        return table.ToString();
    }

    private static string Escape(string text) => text.Replace("|", "\\|", StringComparison.Ordinal).Replace('\n', ' ');
}
