using System.Globalization;

namespace NetCompiler;

/// <summary>
/// Looks for the values of hyperparameters, compile-time choices and run-time settings alike, with which a network does best: <see cref="GridSearch"/>,
/// <see cref="RandomSearch"/>, <see cref="Hyperband"/>. Trials run in parallel. The same seed and data give the same trials, scores to the bit, and best one, for any number of
/// threads and for a search that was killed and run again with its <see cref="SearchOptions.Folder"/>.
/// </summary>
public abstract class HyperparameterSearch
{
    private protected HyperparameterSearch(SearchSpace space, SearchOptions? options, int folds)
    {
        ArgumentNullException.ThrowIfNull(space);
        ArgumentOutOfRangeException.ThrowIfLessThan(folds, 1);
        Space = space;
        Options = options ?? new SearchOptions();
        Options.Check();
        Folds = folds;
    }

    /// <summary>What is chosen from.</summary>
    public SearchSpace Space { get; }

    /// <summary>How trials are judged.</summary>
    public SearchOptions Options { get; }

    /// <summary>The number of parts of which each is held out once; 1 holds one out, once.</summary>
    public int Folds { get; }

    /// <summary>What a log of trials must agree with, beside what all searches have.</summary>
    private protected abstract string Identity { get; }

    /// <summary>Searches with <see cref="NetworkTraining.Fit"/>: each trial is trained by the options made of its values, and judged by <see cref="SearchOptions.Monitor"/> after its last epoch.</summary>
    /// <param name="data">The samples; they are read from several threads at once.</param>
    /// <param name="optionsOf">Makes the options of a trial; without validation data, which is the search's. Callbacks are made anew for each.</param>
    /// <param name="cancellationToken">Ends the search within a batch; no measurement that has ended is lost.</param>
    /// <returns>The trials, the best of them and its network.</returns>
    /// <inheritdoc cref="Run"/>
    public SearchResult Fit(Dataset data, Func<TrialRun, FitOptions> optionsOf, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(optionsOf);
        return Search(
            data,
            run =>
            {
                FitOptions options = optionsOf(run);
                History history = run.Fit(options);
                return run.IsRefit ? 0 : run.ScoreOf(history, options);
            },
            Space.Variants.SelectMany(variant => MeasuredSeries.Of(AutomaticMetrics.Choose(variant.Description), hasValidation: true)).Select(series => series.Name).Distinct().ToArray(),
            cancellationToken);
    }

    /// <summary>Searches with a function of one's own.</summary>
    /// <param name="data">The samples; they are read from several threads at once.</param>
    /// <param name="score">
    /// Trains the network of a run, by its values and on its data, and returns a score, which must depend on the run alone. It is called on several threads at once. An exception,
    /// a NaN or an infinity makes the trial a failed one. What it returns for <see cref="TrialRun.IsRefit"/> does not matter.
    /// </param>
    /// <param name="cancellationToken">Ends the search; the function is given a token too.</param>
    /// <returns>The trials, the best of them and its network.</returns>
    /// <exception cref="ArgumentException">Data or options do not fit the networks or each other; nothing was begun.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There are more folds than samples, or a split leaves a part empty.</exception>
    /// <exception cref="InvalidOperationException">Folds need samples in any order, and this is a stream; or a split of a stream of unknown length.</exception>
    /// <exception cref="SearchFailedException">Every trial failed, or the last training of the best one did.</exception>
    /// <exception cref="SearchCanceledException">The token was canceled.</exception>
    /// <exception cref="TrialLogException">The log of the folder is damaged, belongs to another search, or cannot be written.</exception>
    /// <exception cref="CheckpointException">A trial cannot be kept, or continued: the disk is full, or what it is trained by depends on the epochs. The search stops; what has ended is kept.</exception>
    public SearchResult Run(Dataset data, Func<TrialRun, double> score, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(score);
        return Search(data, score, measured: null, cancellationToken);
    }

    /// <summary>Plans the search.</summary>
    private protected abstract SearchPlan CreatePlan(Func<double, double, bool> isBetter, Action<int> onEliminated);

    private SearchResult Search(Dataset data, Func<TrialRun, double> score, string[]? measured, CancellationToken cancellationToken)
    {
        MonitoredSeries monitor = new(Options.Monitor, minDelta: 0, Options.Mode);
        monitor.RequireDirection(GetType().Name, measured);
        SearchDisplay display = SearchDisplay.Create(Options);
        bool refits = Options.Refit ?? Folds > 1;
        using SearchFolder folder = new(Options.Folder);
        SearchPlan plan = CreatePlan(monitor.IsBetter, folder.DeleteCheckpoint);
        SearchData samples = Divide(data, display, plan.Count + (refits ? 1 : 0), cancellationToken);
        folder.Create();
        TrialBook book = new(Space, plan.ValuesOf, Options.Seed, Folds, monitor);
        BestNetwork best = new(book, folder);
        int threads = Math.Min(Options.Threads == 0 ? Environment.ProcessorCount : Options.Threads, plan.Count);
        SearchProgress searched;
        using (TrialLog? log = folder.LogPath is { } path ? new TrialLog(path, IdentityWith(samples, monitor), plan.ValuesOf) : null)
        {
            using SearchRunner runner = new(plan, book, log, refits || Folds > 1 ? null : best, RunOf, score, threads, cancellationToken) { HasLastTraining = refits };
            runner.Start();
            display.Show(runner, Options.Monitor, plan.ValuesOf, Options.Progress);
            runner.End();
            if (!runner.IsComplete)
            {
                throw new SearchCanceledException(book.Trials, cancellationToken);
            }

            searched = runner.ProgressNow();
        }

        IReadOnlyList<Trial> trials = book.Trials;
        Trial winner = book.Best ?? throw new SearchFailedException(trials);
        INetwork? network = refits ? Train(winner, TrialTask.AllData) : Folds > 1 ? null : best.Find(winner) ?? Train(winner, fold: 0);
        return new SearchResult(Space, Options, trials, winner, network, monitor.IsBetter);

        TrialRun RunOf(TrialTask task, CancellationToken cancellation)
        {
            TrialValues values = plan.ValuesOf(task.Trial);
            INetwork made = Space.VariantOf(values).Create(SearchSpace.SeedOf(values, Options.Seed, task.Trial));
            string? checkpoint = task.Epochs is null ? null : folder.CheckpointPath(task.Trial);
            return new TrialRun(task, values, made, samples.Of(task.Fold), Options, cancellation) { CheckpointPath = checkpoint };
        }

        INetwork Train(Trial trial, int fold)
        {
            INetwork made = trial.Variant.Create(trial.Seed);
            display.TellOfLastTraining(trial, onAllSamples: fold == TrialTask.AllData, searched.Elapsed);
            using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            try
            {
                TrialRun run = new(new TrialTask(trial.Number, fold, trial.Epochs), trial.Values, made, samples.Of(fold), Options, stop.Token) { IsLast = true };
                LastTraining.Run(() => score(run), stop.Cancel, () => run.Fraction, plan, searched, Options.Progress, display.Patience);
                return made;
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                throw new SearchCanceledException(trials, cancellationToken);
            }
            catch (Exception exception)
            {
                throw new SearchFailedException(trials, trial, exception);
            }
        }
    }

    private SearchData Divide(Dataset data, SearchDisplay display, int count, CancellationToken cancellationToken)
    {
        using SearchDivision division = new((progress, cancellation) => new SearchData(Space, data, Folds, Options, progress, cancellation), cancellationToken);
        try
        {
            display.Show(division, count, Options.Progress);
            return division.End();
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw new SearchCanceledException([], cancellationToken);
        }
    }

    private KeyValuePair<string, string>[] IdentityWith(SearchData samples, MonitoredSeries monitor) =>
    [
        new("search", Identity),
        new("space", Space.ToString()),
        new("networks", string.Join('\n', Space.Variants.Select(variant => $"{variant.Name} {variant.Description.ArchitectureHash}"))),
        new("seed", Options.Seed.ToString(CultureInfo.InvariantCulture)),
        new("samples", samples.Identity),
        new("score", $"{monitor.Name}, {(monitor.IsBetter(1, 0) ? "larger" : "smaller")} ones are better"),
    ];
}
