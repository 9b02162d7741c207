namespace NetCompiler;

/// <summary>Where samples are written: the staging columns of a training, or a buffer of the same form.</summary>
internal abstract class SampleStage
{
    /// <summary>The values of a float input of all staged samples.</summary>
    public abstract Span<float> FloatInput(int i);

    /// <summary>The tokens of an input.</summary>
    public abstract Span<int> TokenInput(int i);

    /// <summary>The values of a float target.</summary>
    public abstract Span<float> FloatTarget(int i);

    /// <summary>The classes of a target.</summary>
    public abstract Span<int> ClassTarget(int i);

    /// <summary>The factor of each sample's loss.</summary>
    public abstract Span<float> Weights { get; }

    /// <summary>The number of each sample in its data set.</summary>
    public abstract Span<int> Positions { get; }
}
