using System.Globalization;

namespace NetCompiler;

/// <summary>One call of Evaluate.</summary>
internal sealed class EvaluationRun : SteppedWork
{
    private readonly ITraining _training;
    private readonly Evaluator _evaluator;
    private readonly IProgress<EvaluationProgress>? _progress;

    /// <summary>Begins a pass.</summary>
    public EvaluationRun(ITraining training, Evaluator evaluator, IProgress<EvaluationProgress>? progress, CancellationToken cancellationToken)
    {
        _training = training;
        _evaluator = evaluator;
        _progress = progress;
        evaluator.Begin(cancellationToken);
    }

    public override double? Fraction => _evaluator.Batches > 0 ? (double)_evaluator.Done / _evaluator.Batches : null;

    public override string Description => _evaluator.Done > 0 ? $"evaluating  loss {LineDisplay.Format(_evaluator.Metrics.Loss)}" : "evaluating";

    public override string Summary
    {
        get
        {
            Evaluation result = _evaluator.Result;
            string metrics = string.Concat(result.Metrics.Select(metric => $"  {metric.Key} {LineDisplay.Format(metric.Value)}"));
            return string.Create(CultureInfo.InvariantCulture, $"evaluated {result.Count}  {Elapsed.TotalSeconds:0.0} s  loss {LineDisplay.Format(result.Loss)}{metrics}");
        }
    }

    /// <summary>Measures everything.</summary>
    /// <exception cref="OperationCanceledException">The token was canceled.</exception>
    public Evaluation Run(WorkDisplay display)
    {
        display.Run(this);
        return _evaluator.Result;
    }

    /// <summary>Measures the next batch; false at the end.</summary>
    public override bool MoveNext()
    {
        if (!_evaluator.MoveNext(_training))
        {
            return false;
        }

        _progress?.Report(new EvaluationProgress(_evaluator.Done - 1, _evaluator.Batches, _evaluator.Metrics.Loss, Elapsed));
        return true;
    }
}
