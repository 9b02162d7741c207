using System.ComponentModel;

namespace NetCompiler;

/// <summary>Mean and variance of every feature, measured and not yet kept by a layer; none where there were no samples.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class MeasuredFeatures
{
    private readonly float[] _means;
    private readonly float[] _variances;

    internal MeasuredFeatures(float[] means, float[] variances)
    {
        _means = means;
        _variances = variances;
    }

    /// <summary>Writes both statistics; measured without samples, it changes nothing.</summary>
    /// <param name="mean">Where the means go.</param>
    /// <param name="variance">Where the variances go.</param>
    /// <exception cref="ArgumentException">A statistic has another number of values than were measured.</exception>
    public void WriteTo(WeightView mean, WeightView variance)
    {
        if (_means.Length > 0)
        {
            mean.CopyFrom(_means);
            variance.CopyFrom(_variances);
        }
    }
}
