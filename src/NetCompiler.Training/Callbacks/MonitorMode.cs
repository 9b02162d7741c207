namespace NetCompiler;

/// <summary>Which values of a monitored series are better.</summary>
public enum MonitorMode
{
    /// <summary>
    /// Larger ones for the metrics accuracy, auc, precision, recall, f1, r2 and top with a number (as the whole name or after its last underscore, with or without
    /// val_); smaller ones for everything else.
    /// </summary>
    Auto = 0,

    /// <summary>Smaller ones.</summary>
    Min = 1,

    /// <summary>Larger ones.</summary>
    Max = 2,
}
