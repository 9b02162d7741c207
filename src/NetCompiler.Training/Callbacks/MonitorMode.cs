namespace NetCompiler;

/// <summary>Which values of a monitored series are better.</summary>
public enum MonitorMode
{
    /// <summary>
    /// Smaller ones for loss and val_loss, and what the metric of the series says (<see cref="Metric.Direction"/>). A metric that does not say is known by its name, where it is
    /// the name of a metric of this library (accuracy, auc, precision, recall, f1, r2, top with a number, mae, rmse), whole or after an output's name and an underscore, with or
    /// without val_. Anything else is refused before training, as Keras refuses it.
    /// </summary>
    Auto = 0,

    /// <summary>Smaller ones.</summary>
    Min = 1,

    /// <summary>Larger ones.</summary>
    Max = 2,
}
