namespace NetCompiler.Tests.Training.Optimizers;

/// <summary>Nothing but parameters and ranges: all that an optimizer state asks of a training.</summary>
internal sealed class BareTraining(int length, params ParameterRange[] ranges) : ITraining, IParameterRanges
{
    private readonly float[] _parameters = new float[length];

    public int Reads { get; private set; }

    private bool IsDisposed { get; set; }

    public ParameterRange[] Ranges { get; } = ranges.Length > 0 ? ranges : [new(0, length, false, true)];

    public ReadOnlySpan<ParameterRange> ParameterRanges => Ranges;

    public Span<float> Parameters
    {
        get
        {
            ObjectDisposedException.ThrowIf(IsDisposed, this);
            Reads++;
            return _parameters;
        }
    }

    public INetwork Network => throw new NotSupportedException();

    public int BatchSize => 1;

    public long StepIndex { get; set; }

    public Span<float> SampleWeights => default;

    public Span<float> Gradients => default;

    public ReadOnlySpan<float> Losses => default;

    public Span<float> FloatInput(int i) => default;

    public Span<int> TokenInput(int i) => default;

    public Span<float> FloatTarget(int i) => default;

    public Span<int> ClassTarget(int i) => default;

    public ReadOnlySpan<float> Output(int i) => default;

    public float Step(int count, OptimizerState optimizer) => throw new NotSupportedException();

    public float ComputeLoss(int count) => throw new NotSupportedException();

    public float ComputeGradients(int count, GradientTargets gradients = GradientTargets.Parameters, bool accumulate = false) => throw new NotSupportedException();

    public void Freeze(params ReadOnlySpan<string> layers)
    {
    }

    public void Unfreeze(params ReadOnlySpan<string> layers)
    {
    }

    public void Dispose() => IsDisposed = true;
}
