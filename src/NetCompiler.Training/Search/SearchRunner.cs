using System.Diagnostics;
using System.Runtime.ExceptionServices;

namespace NetCompiler;

/// <summary>Works a plan off on several threads. Outcomes are written down one at a time, as they come; what they say together depends on no order.</summary>
internal sealed class SearchRunner(SearchPlan plan, TrialBook book, TrialLog? log, BestNetwork? best, Func<TrialTask, CancellationToken, TrialRun> runOf, Func<TrialRun, double> score, int threads, CancellationToken cancellation) : IDisposable
{
    private readonly object _gate = new();
    private readonly CancellationTokenSource _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
    private readonly HashSet<TrialRun> _runs = [];
    private readonly Queue<(TrialTask Task, TrialOutcome Outcome)> _news = [];
    private readonly long _start = Stopwatch.GetTimestamp();
    private Thread[] _threads = [];
    private int _running;
    private int _alive;
    private int _done;
    private double _work;
    private double _workBefore;
    private ExceptionDispatchInfo? _fatal;

    /// <summary>Whether every task was done.</summary>
    public bool IsComplete { get; private set; }

    /// <summary>Whether the plan is followed by one more training, which counts as a task: see <see cref="LastTraining"/>.</summary>
    public bool HasLastTraining { get; init; }

    /// <summary>Begins.</summary>
    public void Start()
    {
        _alive = threads;
        _threads = [.. Enumerable.Range(0, threads).Select(i => new Thread(Work) { IsBackground = true, Name = $"search {i + 1}" })];
        foreach (Thread thread in _threads)
        {
            thread.Start();
        }
    }

    /// <summary>Waits for news, but not long; false when all threads have ended.</summary>
    public bool Wait(TimeSpan patience)
    {
        lock (_gate)
        {
            if (_alive > 0 && _news.Count == 0)
            {
                Monitor.Wait(_gate, patience);
            }

            return _alive > 0 || _news.Count > 0;
        }
    }

    /// <summary>The tasks that ended since the last call.</summary>
    public IReadOnlyList<(TrialTask Task, TrialOutcome Outcome)> TakeNews()
    {
        lock (_gate)
        {
            (TrialTask, TrialOutcome)[] news = [.. _news];
            _news.Clear();
            return news;
        }
    }

    /// <summary>Where the search stands.</summary>
    public SearchProgress ProgressNow()
    {
        lock (_gate)
        {
            double running = _runs.Sum(run => run.Task.Work * run.Fraction);
            double all = plan.Work + (HasLastTraining ? plan.WorkOfTraining : 0);
            double fraction = (IsComplete ? plan.Work : Math.Min(plan.Work, _work + running)) / all;
            int count = plan.Count + (HasLastTraining ? 1 : 0);
            return new SearchProgress(_done, count, book.Failed, book.Best, fraction, Stopwatch.GetElapsedTime(_start)) { FractionBefore = _workBefore / all };
        }
    }

    /// <summary>Waits for the end; what stopped the search is thrown.</summary>
    public void End()
    {
        foreach (Thread thread in _threads)
        {
            thread.Join();
        }

        _fatal?.Throw();
    }

    /// <summary>Stops what runs, and waits for it.</summary>
    public void Dispose()
    {
        _stop.Cancel();
        foreach (Thread thread in _threads)
        {
            thread.Join();
        }

        _stop.Dispose();
    }

    private void Work()
    {
        try
        {
            while (Take() is { } run)
            {
                TrialOutcome? outcome = Measure(run);
                lock (_gate)
                {
                    _runs.Remove(run);
                    _running--;
                    if (outcome is TrialOutcome known && _fatal is null)
                    {
                        Record(run, known);
                    }

                    Monitor.PulseAll(_gate);
                }
            }
        }
        catch (Exception exception)
        {
            lock (_gate)
            {
                _fatal ??= ExceptionDispatchInfo.Capture(exception);
            }

            _stop.Cancel();
        }
        finally
        {
            lock (_gate)
            {
                _alive--;
                Monitor.PulseAll(_gate);
            }
        }
    }

    /// <summary>The next run; null when there is none any more.</summary>
    private TrialRun? Take()
    {
        TrialTask task;
        lock (_gate)
        {
            while (true)
            {
                if (_stop.IsCancellationRequested)
                {
                    return null;
                }

                if (NextUnknown() is TrialTask next)
                {
                    task = next;
                    _running++;
                    break;
                }

                if (_running == 0)
                {
                    IsComplete = true;
                    return null;
                }

                // A rung waits for its last trial.
                Monitor.Wait(_gate, TimeSpan.FromMilliseconds(100));
            }
        }

        TrialRun run = runOf(task, _stop.Token);
        lock (_gate)
        {
            _runs.Add(run);
        }

        return run;
    }

    /// <summary>The next task that the log does not hold; those that it does are done.</summary>
    private TrialTask? NextUnknown()
    {
        while (plan.Next() is TrialTask task)
        {
            if (log is null || !log.TryGet(task, out TrialOutcome outcome))
            {
                return task;
            }

            best?.Offer(task, outcome, network: null);
            Count(task, outcome);
            _workBefore += task.Work;
        }

        return null;
    }

    private TrialOutcome? Measure(TrialRun run)
    {
        long start = Stopwatch.GetTimestamp();
        try
        {
            double value = score(run);
            return double.IsFinite(value)
                ? new TrialOutcome(value, null, Stopwatch.GetElapsedTime(start))
                : new TrialOutcome(double.NaN, FormattableString.Invariant($"The score is {value}."), Stopwatch.GetElapsedTime(start));
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            return null;
        }
        catch (Exception exception) when (exception is not CheckpointException)
        {
            // The user's: it is the trial that failed, not the search. What cannot be kept is no fault of the trial's.
            return new TrialOutcome(double.NaN, $"{exception.GetType().Name}: {exception.Message}", Stopwatch.GetElapsedTime(start));
        }
    }

    private void Record(TrialRun run, TrialOutcome outcome)
    {
        bool isBest = best?.Offer(run.Task, outcome, run.Network) == true;
        log?.Append(run.Task, run.Values, outcome);
        if (isBest)
        {
            best!.Settle();
        }

        Count(run.Task, outcome);
        _news.Enqueue((run.Task, outcome));
    }

    private void Count(TrialTask task, TrialOutcome outcome)
    {
        book.Add(task, outcome);
        plan.Complete(task, outcome);
        _done++;
        _work += task.Work;
    }
}
