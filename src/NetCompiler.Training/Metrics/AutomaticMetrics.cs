namespace NetCompiler;

/// <summary>Chooses the usual metric of each built-in loss.</summary>
internal static class AutomaticMetrics
{
    /// <summary>One metric per loss of a known kind; with several outputs each is named after its output.</summary>
    public static IReadOnlyList<Metric> Choose(NetworkDescription description)
    {
        List<Metric> metrics = [];
        foreach (LossDescription loss in description.Losses)
        {
            if (loss.Outputs.Count == 1 && loss.Targets.Count == 1 && Choose(loss, description) is Metric metric)
            {
                string name = description.Outputs.Count > 1 ? $"{description.Outputs[loss.Outputs[0]].Name}_{metric.Name}" : metric.Name;
                if (!metrics.Exists(other => other.Name == name))
                {
                    metrics.Add(metric with { Output = loss.Outputs[0], Target = loss.Targets[0], Name = name });
                }
            }
        }

        return metrics;
    }

    private static Metric? Choose(LossDescription loss, NetworkDescription description) => loss.Kind switch
    {
        Loss.SparseCategoricalCrossentropy or Loss.NegativeLogLikelihood or Loss.CategoricalCrossentropy when description.Outputs[loss.Outputs[0]].Shape is not ([] or [.., 1]) => new Accuracy(),
        Loss.BinaryCrossentropy => new BinaryAccuracy(loss.FromLogits ? 0 : 0.5),
        Loss.Hinge => new BinaryAccuracy(0, 0),
        Loss.Perceptron => new BinaryAccuracy(),
        Loss.MeanSquaredError or Loss.MeanAbsoluteError or Loss.Huber when description.Targets[loss.Targets[0]] is { IsClasses: false } => new MeanAbsoluteError(),
        _ => null,
    };
}
