namespace NetCompiler;

/// <summary>
/// The settings of an optimizer: immutable and shareable. What it remembers between steps is in the state that it makes for one training.
/// Names and defaults are Keras's.
/// </summary>
public abstract record Optimizer
{
    private readonly double _learningRate;
    private readonly double? _clipNorm;
    private readonly double? _clipValue;

    /// <summary>Takes the learning rate that every optimizer has.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The rate is negative or not finite.</exception>
    protected Optimizer(double learningRate) => LearningRate = learningRate;

    /// <summary>The learning rate of the first step; the state has the one of the next step.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The rate is negative or not finite.</exception>
    public double LearningRate
    {
        get => _learningRate;
        init => _learningRate = Require(value, value >= 0 && double.IsFinite(value), nameof(LearningRate), "a finite number of at least 0");
    }

    /// <summary>Where set, the gradient of all trained weights together is scaled down to this Euclidean norm when it is larger. Comes before <see cref="ClipValue"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The norm is not positive as a float.</exception>
    public double? ClipNorm
    {
        get => _clipNorm;
        init => _clipNorm = value is double norm ? Require(norm, (float)norm > 0, nameof(ClipNorm), "a number above 0 (and above 0 as a float)") : null;
    }

    /// <summary>Where set, every element of the gradient is clamped between minus this value and this value.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive as a float.</exception>
    public double? ClipValue
    {
        get => _clipValue;
        init => _clipValue = value is double limit ? Require(limit, (float)limit > 0, nameof(ClipValue), "a number above 0 (and above 0 as a float)") : null;
    }

    /// <summary>Makes the state for one training: no steps yet, slots at their start.</summary>
    /// <exception cref="ArgumentNullException">There is no training.</exception>
    public abstract OptimizerState CreateState(ITraining training);

    /// <summary>Passes a valid setting through.</summary>
    private protected static double Require(double value, bool isValid, string name, string expected)
        => isValid ? value : throw new ArgumentOutOfRangeException(name, value, $"{name} must be {expected}.");

    /// <summary>Passes a decay factor through: at least 0 and below 1.</summary>
    private protected static double RequireFraction(double value, string name) => Require(value, value is >= 0 and < 1, name, "at least 0 and below 1");

    /// <summary>Passes a number through that must be at least 0 and finite.</summary>
    private protected static double RequireNotNegative(double value, string name) => Require(value, value >= 0 && double.IsFinite(value), name, "a finite number of at least 0");

    /// <summary>Passes a divisor's smallest value through: a float of 0 would make a gradient that was always 0 a move of 0 / 0.</summary>
    private protected static double RequireEpsilon(double value, string name)
        => Require(value, (float)value > 0 && float.IsFinite((float)value), name, "a finite number above 0 (and above 0 as a float): it keeps a step without gradients from being 0 / 0");
}
