using System.Runtime.CompilerServices;

namespace NetCompiler;

/// <summary>
/// Adam with Nesterov's look ahead: m' = b1 m / (1 - b1^(t+1)) + (1 - b1) g / (1 - b1^t) stands in the place of m / (1 - b1^t).
/// Source: Dozat, 2016.
/// </summary>
public sealed record Nadam : Optimizer
{
    private readonly double _beta1;
    private readonly double _beta2;
    private readonly double _epsilon;

    /// <summary>Makes the settings.</summary>
    /// <param name="learningRate">The length of a step.</param>
    /// <param name="beta1">The share of the mean gradient that is kept.</param>
    /// <param name="beta2">The share of the mean square that is kept.</param>
    /// <param name="epsilon">Added to the root of the mean square.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public Nadam(double learningRate = 0.001, double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-7)
        : base(learningRate)
    {
        Beta1 = beta1;
        Beta2 = beta2;
        Epsilon = epsilon;
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

    /// <summary>Added to the root of the mean square: at least 0.</summary>
    public double Epsilon
    {
        get => _epsilon;
        init => _epsilon = RequireNotNegative(value, nameof(Epsilon));
    }

    /// <inheritdoc/>
    public override OptimizerState CreateState(ITraining training) => new State(training, this);

    private sealed class State(ITraining training, Nadam settings) : ElementwiseState<Rule>(training, settings)
    {
        protected override Rule CreateRule(double learningRate, long step, bool decays) => new(learningRate, step, settings);
    }

    private readonly struct Rule(double learningRate, long step, Nadam settings) : IUpdateRule
    {
        private readonly float _meanRate = (float)(-learningRate * settings.Beta1 / (1 - Math.Pow(settings.Beta1, step + 1)));
        private readonly float _gradientRate = (float)(-learningRate * (1 - settings.Beta1) / (1 - Math.Pow(settings.Beta1, step)));
        private readonly float _correction = (float)(1 / (1 - Math.Pow(settings.Beta2, step)));
        private readonly float _keep1 = (float)settings.Beta1;
        private readonly float _take1 = (float)(1 - settings.Beta1);
        private readonly float _keep2 = (float)settings.Beta2;
        private readonly float _take2 = (float)(1 - settings.Beta2);
        private readonly float _epsilon = (float)settings.Epsilon;

        public static int SlotCount => 2;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Apply<TLanes>(ref TLanes parameter, TLanes gradient, ref TLanes mean, ref TLanes square)
            where TLanes : struct, ILanes<TLanes>
        {
            mean = TLanes.Flush(TLanes.MultiplyAdd(TLanes.Create(_keep1), mean, TLanes.Create(_take1) * gradient));
            square = TLanes.Flush(TLanes.MultiplyAdd(TLanes.Create(_keep2), square, TLanes.Create(_take2) * gradient * gradient));
            TLanes ahead = TLanes.MultiplyAdd(TLanes.Create(_meanRate), mean, TLanes.Create(_gradientRate) * gradient);
            parameter += ahead / (TLanes.SquareRoot(square * TLanes.Create(_correction)) + TLanes.Create(_epsilon));
        }
    }
}
