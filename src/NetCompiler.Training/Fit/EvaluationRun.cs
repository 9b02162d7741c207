using System.Diagnostics;

namespace NetCompiler;

/// <summary>One call of Evaluate: it runs quietly, and is shown from the moment that it takes long.</summary>
internal sealed class EvaluationRun(ITraining training, Evaluator evaluator, IProgress<EvaluationProgress>? progress, CancellationToken cancellationToken)
{
    private readonly long _start = Stopwatch.GetTimestamp();

    /// <summary>The time so far.</summary>
    public TimeSpan Elapsed => Stopwatch.GetElapsedTime(_start);

    /// <summary>The measuring.</summary>
    public Evaluator Evaluator => evaluator;

    /// <summary>Measures everything.</summary>
    /// <exception cref="OperationCanceledException">The token was canceled.</exception>
    public Evaluation Run(EvaluationDisplay display)
    {
        evaluator.Begin(training);
        bool isDone = false;
        while (!isDone && Elapsed < display.Patience)
        {
            isDone = !MoveNext();
        }

        if (!isDone)
        {
            display.ShowRest(this);
        }

        Evaluation result = evaluator.Result;
        display.End(result, Elapsed);
        return result;
    }

    /// <summary>Measures the next batch; false at the end.</summary>
    public bool MoveNext()
    {
        if (!evaluator.MoveNext(training, cancellationToken))
        {
            return false;
        }

        progress?.Report(new EvaluationProgress(evaluator.Done - 1, evaluator.Batches, evaluator.Metrics.Loss, Elapsed));
        return true;
    }
}
