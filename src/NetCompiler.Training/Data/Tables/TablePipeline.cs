using System.Diagnostics.CodeAnalysis;

namespace NetCompiler;

/// <summary>
/// Encodes the columns of a table as a network's input: missing values filled, numbers scaled, categories one-hot, all as measured once, of the training data. As one
/// string it is stored with a network's weights, so that training and serving cannot differ.
/// </summary>
/// <example>
/// <code>
/// TablePipeline pipeline = TablePipeline.Fit(train, [new NumberFeature("age") { Missing = Imputation.Median }, new CategoryFeature("sex")], TableTarget.Class("survived"));
/// network.Fit(pipeline.CreateDataset&lt;Survival&gt;(train));
/// pipeline.Store(network);
/// network.Save("survival.safetensors");
/// // Elsewhere:
/// Survival served = Survival.Load("survival.safetensors");
/// float[] survival = served.Predict(TablePipeline.Restore(served).Encode(row));
/// </code>
/// </example>
public sealed partial class TablePipeline
{
    private readonly FittedFeature[] _features;
    private readonly FittedTarget? _target;

    private TablePipeline(FittedFeature[] features, FittedTarget? target)
    {
        _features = features;
        _target = target;
        Names = [.. features.SelectMany(feature => feature.Names)];
    }

    /// <summary>The number of values of one row: the length of the network's input.</summary>
    public int Width => Names.Count;

    /// <summary>The name of each value: a column, or a column and one of its categories.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>The names of the target's classes in the order of their numbers; empty where the target holds numbers or there is none.</summary>
    public IReadOnlyList<string> Classes => _target?.Classes ?? [];

    /// <summary>Measures a table, of training rows only: means, deviations, categories, what stands for missing values.</summary>
    /// <param name="train">The training rows; where there are others in the file, see <see cref="CsvTable.Subset"/>.</param>
    /// <param name="features">The columns of the input in their order.</param>
    /// <param name="target">The column of the target.</param>
    /// <param name="progress">Is told of the values, rows times columns, that are read: after each column.</param>
    /// <param name="cancellationToken">Ends the work between two columns.</param>
    /// <exception cref="ArgumentException">There is no feature, or one is null, or one column comes twice, or what stands for missing texts is none.</exception>
    /// <exception cref="KeyNotFoundException">The table has no such column.</exception>
    /// <exception cref="InvalidDataException">A field is no number, or missing where that is refused; the message names its line.</exception>
    /// <exception cref="OperationCanceledException">The token was canceled.</exception>
    public static TablePipeline Fit(CsvTable train, IReadOnlyList<TableFeature> features, TableTarget? target = null, IProgress<DataProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(train);
        ArgumentNullException.ThrowIfNull(features);
        return Fit(new CsvFeatureTable(train), features, target, progress, cancellationToken);
    }

    /// <summary>Measures records by their attributes: <see cref="FeatureAttribute"/>, <see cref="CategoryAttribute"/> and <see cref="TargetAttribute"/>.</summary>
    /// <typeparam name="TRecord">The type of the records.</typeparam>
    /// <param name="train">The training records only.</param>
    /// <param name="progress">Is told of the values, rows times columns, that are read: after each column.</param>
    /// <param name="cancellationToken">Ends the work between two columns.</param>
    /// <exception cref="ArgumentException">A record is null, or an attribute does not fit its property; the message names it.</exception>
    /// <exception cref="InvalidDataException">A value is missing where that is refused; the message names its record and property.</exception>
    /// <exception cref="OperationCanceledException">The token was canceled.</exception>
    public static TablePipeline Fit<[DynamicallyAccessedMembers(RecordColumns.Needed)] TRecord>(IReadOnlyList<TRecord> train, IProgress<DataProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(train);
        RecordColumns columns = RecordColumns.Of(typeof(TRecord));
        return Fit(new RecordTable<TRecord>(columns, Elements.Require(train, nameof(train))), columns.Features, columns.Target, progress, cancellationToken);
    }

    /// <summary>The input's column of all rows.</summary>
    /// <param name="table">The rows.</param>
    /// <param name="progress">Is told of the values, rows times columns, that are read: after each column.</param>
    /// <param name="cancellationToken">Ends the work between two columns.</param>
    /// <returns>One row of <see cref="Width"/> values per row of the table.</returns>
    /// <exception cref="KeyNotFoundException">The table has no such column.</exception>
    /// <exception cref="InvalidDataException">A field is no number, missing, or of no known category, where that is refused; the message names its line.</exception>
    /// <exception cref="OperationCanceledException">The token was canceled.</exception>
    public float[] Encode(CsvTable table, IProgress<DataProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(table);
        return Encode(Watch(new CsvFeatureTable(table), _features.Length, progress, cancellationToken));
    }

    /// <summary>The input of one row of texts by their column; null is a missing value.</summary>
    /// <returns><see cref="Width"/> values.</returns>
    /// <exception cref="KeyNotFoundException">The row has no such column.</exception>
    /// <exception cref="InvalidDataException">A field is no number, missing, or of no known category, where that is refused.</exception>
    public float[] Encode(IReadOnlyDictionary<string, string?> row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return Encode(new SingleRow(row));
    }

    /// <summary>The input of one record.</summary>
    /// <returns><see cref="Width"/> values.</returns>
    /// <exception cref="KeyNotFoundException">The record has no such property.</exception>
    /// <exception cref="InvalidDataException">A value is missing, or of no known category, where that is refused; the message names its property.</exception>
    public float[] EncodeRecord<[DynamicallyAccessedMembers(RecordColumns.Needed)] TRecord>(TRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        return EncodeRecords<TRecord>([record]);
    }

    /// <summary>The input's column of all records.</summary>
    /// <typeparam name="TRecord">The type of the records.</typeparam>
    /// <param name="records">The records.</param>
    /// <param name="progress">Is told of the values, rows times columns, that are read: after each column.</param>
    /// <param name="cancellationToken">Ends the work between two columns.</param>
    /// <returns>One row of <see cref="Width"/> values per record.</returns>
    /// <exception cref="KeyNotFoundException">The records have no such property.</exception>
    /// <exception cref="InvalidDataException">A value is missing, or of no known category, where that is refused; the message names its record and property.</exception>
    /// <exception cref="OperationCanceledException">The token was canceled.</exception>
    public float[] EncodeRecords<[DynamicallyAccessedMembers(RecordColumns.Needed)] TRecord>(IReadOnlyList<TRecord> records, IProgress<DataProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(records);
        return Encode(Watch(new RecordTable<TRecord>(RecordColumns.Of(typeof(TRecord)), Elements.Require(records, nameof(records))), _features.Length, progress, cancellationToken));
    }

    /// <summary>The number of each row's class.</summary>
    /// <exception cref="InvalidOperationException">The pipeline was fitted without a target.</exception>
    /// <exception cref="InvalidDataException">A class is missing or unknown; the message names its line.</exception>
    public int[] EncodeClasses(CsvTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        return RequireTarget().Indices(new CsvFeatureTable(table));
    }

    /// <summary>Rows as samples of a network with one input and one target: class indices, one-hot values, 0 and 1, or numbers, as the target asks.</summary>
    /// <typeparam name="TNetwork">The network.</typeparam>
    /// <param name="table">The rows.</param>
    /// <param name="progress">Is told of the values, rows times columns, that are read: after each column.</param>
    /// <param name="cancellationToken">Ends the work between two columns.</param>
    /// <exception cref="ArgumentException">The network takes another number of inputs, targets or values.</exception>
    /// <exception cref="InvalidOperationException">The pipeline was fitted without a target.</exception>
    /// <exception cref="KeyNotFoundException">The table has no such column.</exception>
    /// <exception cref="InvalidDataException">A field is no number, missing, or of no known category or class, where that is refused; the message names its line.</exception>
    /// <exception cref="OperationCanceledException">The token was canceled.</exception>
    public Dataset CreateDataset<TNetwork>(CsvTable table, IProgress<DataProgress>? progress = null, CancellationToken cancellationToken = default)
        where TNetwork : INetwork<TNetwork>
    {
        ArgumentNullException.ThrowIfNull(table);
        return CreateDataset(TNetwork.Description, new CsvFeatureTable(table), progress, cancellationToken);
    }

    /// <summary>Rows as samples of a network with one input and one target: class indices, one-hot values, 0 and 1, or numbers, as the target asks.</summary>
    /// <param name="description">What the network takes.</param>
    /// <param name="table">The rows.</param>
    /// <param name="progress">Is told of the values, rows times columns, that are read: after each column.</param>
    /// <param name="cancellationToken">Ends the work between two columns.</param>
    /// <exception cref="ArgumentException">The network takes another number of inputs, targets or values.</exception>
    /// <exception cref="InvalidOperationException">The pipeline was fitted without a target.</exception>
    /// <exception cref="KeyNotFoundException">The table has no such column.</exception>
    /// <exception cref="InvalidDataException">A field is no number, missing, or of no known category or class, where that is refused; the message names its line.</exception>
    /// <exception cref="OperationCanceledException">The token was canceled.</exception>
    public Dataset CreateDataset(NetworkDescription description, CsvTable table, IProgress<DataProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(description);
        ArgumentNullException.ThrowIfNull(table);
        return CreateDataset(description, new CsvFeatureTable(table), progress, cancellationToken);
    }

    /// <summary>Records as samples of a network with one input and one target.</summary>
    /// <typeparam name="TNetwork">The network.</typeparam>
    /// <typeparam name="TRecord">The type of the records.</typeparam>
    /// <param name="records">The records.</param>
    /// <param name="progress">Is told of the values, rows times columns, that are read: after each column.</param>
    /// <param name="cancellationToken">Ends the work between two columns.</param>
    /// <exception cref="ArgumentException">The network takes another number of inputs, targets or values.</exception>
    /// <exception cref="InvalidOperationException">The pipeline was fitted without a target.</exception>
    /// <exception cref="KeyNotFoundException">The records have no such property.</exception>
    /// <exception cref="InvalidDataException">A value is missing, or of no known category or class, where that is refused; the message names its record and property.</exception>
    /// <exception cref="OperationCanceledException">The token was canceled.</exception>
    public Dataset CreateDataset<TNetwork, [DynamicallyAccessedMembers(RecordColumns.Needed)] TRecord>(
        IReadOnlyList<TRecord> records,
        IProgress<DataProgress>? progress = null,
        CancellationToken cancellationToken = default)
        where TNetwork : INetwork<TNetwork>
    {
        ArgumentNullException.ThrowIfNull(records);
        return CreateDataset(TNetwork.Description, new RecordTable<TRecord>(RecordColumns.Of(typeof(TRecord)), Elements.Require(records, nameof(records))), progress, cancellationToken);
    }

    private static TablePipeline Fit(IFeatureTable rows, IReadOnlyList<TableFeature> features, TableTarget? target, IProgress<DataProgress>? progress, CancellationToken cancellation)
    {
        if (features.Count == 0)
        {
            throw new ArgumentException("There is no feature: a network needs an input.", nameof(features));
        }

        Elements.Require(features, nameof(features));
        string[] columns = [.. features.Select(feature => feature.Column), .. target is null ? [] : new[] { target.Column }];
        if (columns.GroupBy(column => column).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            throw new ArgumentException($"The column \"{twice.Key}\" comes twice; a column is one feature, or the target.", nameof(features));
        }

        WatchedTable table = Watch(rows, features.Count + (target is { IsClass: true } ? 1 : 0), progress, cancellation);
        return new TablePipeline([.. features.Select(feature => feature.Fit(table))], target is null ? null : FittedTarget.Fit(target, table));
    }

    private static WatchedTable Watch(IFeatureTable table, int columns, IProgress<DataProgress>? progress, CancellationToken cancellation) =>
        new(table, new DataPass(progress, (long)table.RowCount * columns, cancellation));

    private float[] Encode(IFeatureTable table)
    {
        float[] values = new float[checked(table.RowCount * Width)];
        int offset = 0;
        foreach (FittedFeature feature in _features)
        {
            feature.Encode(table, values, offset, Width);
            offset += feature.Names.Count();
        }

        return values;
    }

    private Dataset CreateDataset(NetworkDescription description, IFeatureTable rows, IProgress<DataProgress>? progress, CancellationToken cancellation)
    {
        FittedTarget target = RequireTarget();
        if (description.Inputs.Count != 1 || description.Inputs[0].IsTokens || description.Inputs[0].Length != Width || description.Targets.Count != 1)
        {
            string inputs = string.Join(", ", description.Inputs.Select(input => $"\"{input.Name}\" of {input.Length}{(input.IsTokens ? " tokens" : "")}"));
            throw new ArgumentException($"The pipeline makes one input of {Width} values and one target, but {description.Name} has the inputs {inputs} and {description.Targets.Count} targets.", nameof(description));
        }

        WatchedTable table = Watch(rows, _features.Length + 1, progress, cancellation);
        return Dataset.Create(description, Encode(table), target.Encode(table, description.Targets[0]));
    }

    private FittedTarget RequireTarget() => _target ?? throw new InvalidOperationException("The pipeline was fitted without a target.");
}
