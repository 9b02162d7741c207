using System.Runtime.Intrinsics;

namespace NetCompiler;

/// <summary>
/// Adam with decoupled weight decay: p -= lr decay p, then the step of <see cref="Adam"/>. Biases and the scales and shifts of
/// normalization do not decay. Source: Loshchilov and Hutter, 2019; the default decay is Keras's 0.004.
/// </summary>
public sealed record AdamW : Optimizer
{
    private readonly double _beta1;
    private readonly double _beta2;
    private readonly double _epsilon;
    private readonly double _weightDecay;

    /// <summary>Makes the settings.</summary>
    /// <param name="learningRate">The length of a step.</param>
    /// <param name="beta1">The share of the mean gradient that is kept.</param>
    /// <param name="beta2">The share of the mean square that is kept.</param>
    /// <param name="epsilon">Added to the root of the mean square.</param>
    /// <param name="weightDecay">The share of a weight, times the learning rate, that each step takes away.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public AdamW(double learningRate = 0.001, double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-7, double weightDecay = 0.004)
        : base(learningRate)
    {
        Beta1 = beta1;
        Beta2 = beta2;
        Epsilon = epsilon;
        WeightDecay = weightDecay;
    }

    /// <summary>The share of the mean gradient that is kept: at least 0 and below 1.</summary>
    public double Beta1
    {
        get => _beta1;
        init => _beta1 = RequireFraction(value, nameof(Beta1));
    }

    /// <summary>The share of the mean square that is kept: at least 0 and below 1.</summary>
    public double Beta2
    {
        get => _beta2;
        init => _beta2 = RequireFraction(value, nameof(Beta2));
    }

    /// <summary>Added to the root of the mean square: above 0, as a float too.</summary>
    public double Epsilon
    {
        get => _epsilon;
        init => _epsilon = RequireEpsilon(value, nameof(Epsilon));
    }

    /// <summary>The share of a weight, times the learning rate, that each step takes away: at least 0.</summary>
    public double WeightDecay
    {
        get => _weightDecay;
        init => _weightDecay = RequireNotNegative(value, nameof(WeightDecay));
    }

    /// <inheritdoc/>
    public override OptimizerState CreateState(ITraining training) => Vector512.IsHardwareAccelerated ? new State<Lanes512>(training, this)
        : Vector256.IsHardwareAccelerated ? new State<Lanes256>(training, this)
        : new State<Lanes128>(training, this);

    private sealed class State<TLanes>(ITraining training, AdamW settings) : ElementwiseState<AdamFormula<TLanes>, TLanes>(training, settings)
        where TLanes : struct, ILanes<TLanes>
    {
        protected override bool HasDecay => settings.WeightDecay != 0;

        protected override AdamFormula<TLanes> CreateFormula(double learningRate, long step, bool decays)
            => new(learningRate, step, settings.Beta1, settings.Beta2, settings.Epsilon, decays ? learningRate * settings.WeightDecay : 0);
    }
}
