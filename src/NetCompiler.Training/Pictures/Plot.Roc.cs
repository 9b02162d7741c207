namespace NetCompiler;

public sealed partial class Plot
{
    /// <summary>The receiver operating characteristics of classifiers, with the areas under them; the dashed diagonal is guessing.</summary>
    /// <param name="curves">One name and curve per classifier.</param>
    /// <param name="title">The line above.</param>
    /// <exception cref="ArgumentException">There are no curves.</exception>
    public static Plot Roc(IReadOnlyList<(string Name, RocCurve Curve)> curves, string title = "ROC curve")
    {
        ArgumentNullException.ThrowIfNull(curves);
        if (curves.Count == 0)
        {
            throw new ArgumentException("There are no curves to draw.", nameof(curves));
        }

        Plot plot = new(title, "false positive rate", "true positive rate") { Size = (480, 480), XRange = (0, 1), YRange = (0, 1) };
        foreach ((string name, RocCurve curve) in curves)
        {
            string area = FormattableString.Invariant($"AUC {curve.Area:0.000}");
            plot.AddLine(name.Length == 0 ? area : $"{name}, {area}", curve.FalsePositiveRates, curve.TruePositiveRates);
        }

        return plot.AddDashes("guessing", [0, 1], [0, 1]);
    }
}
