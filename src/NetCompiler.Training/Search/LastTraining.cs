using System.Diagnostics;

namespace NetCompiler;

/// <summary>
/// The training after a search, of the best values on all samples, or once more where its network was not kept. It is a part of the search: the progress goes on through it. It runs on
/// a thread of its own, so that it is told of however the function that trains goes about it, on the thread that searches.
/// </summary>
internal static class LastTraining
{
    private static readonly TimeSpan ReportInterval = TimeSpan.FromMilliseconds(200);

    /// <summary>Trains; what is thrown there is thrown here.</summary>
    /// <param name="train">The training.</param>
    /// <param name="stop">Ends it early, where its progress can not be told of.</param>
    /// <param name="fraction">The share of it that is done.</param>
    /// <param name="plan">What was before.</param>
    /// <param name="search">Where the search stood then.</param>
    /// <param name="progress">Is told at the end, and several times a second once the search has taken longer than the patience.</param>
    /// <param name="patience">How long nothing is told.</param>
    public static void Run(Action train, Action stop, Func<double> fraction, SearchPlan plan, SearchProgress search, IProgress<SearchProgress>? progress, TimeSpan patience)
    {
        long start = Stopwatch.GetTimestamp();
        using (BackgroundWork work = new("search, last training", train, stop))
        {
            while (work.Wait(ReportInterval))
            {
                SearchProgress now = Now(fraction(), isDone: false);
                if (now.Elapsed >= patience)
                {
                    progress?.Report(now);
                }
            }

            work.End();
        }

        progress?.Report(Now(1, isDone: true));

        SearchProgress Now(double share, bool isDone) => search with
        {
            Done = search.Done + (isDone ? 1 : 0),
            Count = plan.Count + 1,
            Fraction = isDone ? 1 : (plan.Work + (share * plan.WorkOfTraining)) / (plan.Work + plan.WorkOfTraining),
            Elapsed = search.Elapsed + Stopwatch.GetElapsedTime(start),
        };
    }
}
