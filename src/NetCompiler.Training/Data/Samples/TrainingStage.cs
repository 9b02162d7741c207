namespace NetCompiler;

/// <summary>The staging columns of a training.</summary>
internal sealed class TrainingStage(ITraining training, int capacity) : SampleStage
{
    private readonly int[] _positions = new int[capacity];

    /// <summary>The training.</summary>
    public ITraining Training => training;

    public override Span<float> Weights => training.SampleWeights;

    public override Span<int> Positions => _positions;

    public override Span<float> FloatInput(int i) => training.FloatInput(i);

    public override Span<int> TokenInput(int i) => training.TokenInput(i);

    public override Span<float> FloatTarget(int i) => training.FloatTarget(i);

    public override Span<int> ClassTarget(int i) => training.ClassTarget(i);
}
