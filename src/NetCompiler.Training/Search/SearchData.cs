using System.Globalization;

namespace NetCompiler;

/// <summary>The samples that trials train on, and those that judge them.</summary>
internal sealed class SearchData
{
    private readonly IReadOnlyList<(Dataset Train, Dataset Validation)> _folds;
    private readonly Dataset _all;

    /// <summary>Divides the samples into folds, or holds some out.</summary>
    /// <exception cref="ArgumentException">The options ask for two kinds of validation, or a data set was made for another network or is empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There are more folds than samples, or a split leaves a part empty.</exception>
    /// <exception cref="InvalidOperationException">Folds need samples in any order, and this is a stream; or a split of a stream of unknown length.</exception>
    /// <exception cref="OperationCanceledException">The token was canceled while classes were read.</exception>
    public SearchData(SearchSpace space, Dataset data, int folds, SearchOptions options, IProgress<DataProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        foreach (NetworkVariant variant in space.Variants)
        {
            data.Schema.RequireFits(variant.Description, nameof(data));
            options.ValidationData?.Schema.RequireFits(variant.Description, nameof(SearchOptions.ValidationData));
        }

        if (folds > 1 && options.ValidationData is not null)
        {
            throw new ArgumentException($"{folds} folds and {nameof(SearchOptions.ValidationData)} were both given; give one of them.", nameof(options));
        }

        if (data.KnownCount == 0 || options.ValidationData?.KnownCount == 0)
        {
            throw new ArgumentException("The data set has no samples.", nameof(data));
        }

        bool isStratified = options.Stratified ?? (folds > 1 && space.Variants.All(variant => IsClassifier(variant.Description)));
        _folds = folds > 1 ? data.KFold(folds, options.Seed, isStratified, progress, cancellationToken)
            : options.ValidationData is { } validation ? [(data, validation)]
            : isStratified ? [data.Split(options.ValidationSplit, options.Seed, stratified: true, progress, cancellationToken)]
            : [data.Split(options.ValidationSplit)];
        _all = options.ValidationData is { } held ? data.Concatenate(held) : data;
        Identity = $"{CountOf(_folds[0].Train)} to train, {CountOf(_folds[0].Validation)} to validate{(isStratified ? ", stratified" : "")}";
    }

    /// <summary>What a log of trials must agree with.</summary>
    public string Identity { get; }

    /// <summary>The samples of a fold; of <see cref="TrialTask.AllData"/> all, and none to validate.</summary>
    public (Dataset Train, Dataset? Validation) Of(int fold) => fold == TrialTask.AllData ? (_all, null) : _folds[fold];

    private static bool IsClassifier(NetworkDescription description) => description.Losses.Any(loss => loss.Targets is [0] && loss.Outputs.Count == 1 && loss.Kind switch
    {
        Loss.SparseCategoricalCrossentropy or Loss.NegativeLogLikelihood or Loss.BinaryCrossentropy or Loss.Hinge or Loss.Perceptron => description.Targets[0].Length == 1,
        Loss.CategoricalCrossentropy => description.Outputs[loss.Outputs[0]].Shape is [var classes] && description.Targets[0].Length == classes,
        _ => false,
    });

    private static string CountOf(Dataset data) => data.KnownCount?.ToString(CultureInfo.InvariantCulture) ?? "a stream";
}
