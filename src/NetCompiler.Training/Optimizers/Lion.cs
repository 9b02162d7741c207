using System.Runtime.CompilerServices;

namespace NetCompiler;

/// <summary>Lion: p -= lr sign(b1 m + (1 - b1) g), then m = b2 m + (1 - b2) g. Source: Chen and others, 2023.</summary>
public sealed record Lion : Optimizer
{
    private readonly double _beta1;
    private readonly double _beta2;

    /// <summary>Makes the settings.</summary>
    /// <param name="learningRate">The length of every step.</param>
    /// <param name="beta1">The share of the mean gradient in the direction.</param>
    /// <param name="beta2">The share of the mean gradient that is kept.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public Lion(double learningRate = 0.001, double beta1 = 0.9, double beta2 = 0.99)
        : base(learningRate)
    {
        Beta1 = beta1;
        Beta2 = beta2;
    }

    /// <summary>The share of the mean gradient in the direction: at least 0 and below 1.</summary>
    public double Beta1
    {
        get => _beta1;
        init => _beta1 = RequireFraction(value, nameof(Beta1));
    }

    /// <summary>The share of the mean gradient that is kept: at least 0 and below 1.</summary>
    public double Beta2
    {
        get => _beta2;
        init => _beta2 = RequireFraction(value, nameof(Beta2));
    }

    /// <inheritdoc/>
    public override OptimizerState CreateState(ITraining training) => new State(training, this);

    private sealed class State(ITraining training, Lion settings) : ElementwiseState<Rule>(training, settings)
    {
        protected override Rule CreateRule(double learningRate, long step, bool decays) => new(learningRate, settings.Beta1, settings.Beta2);
    }

    private readonly struct Rule(double learningRate, double beta1, double beta2) : IUpdateRule
    {
        private readonly float _minusRate = (float)-learningRate;
        private readonly float _look1 = (float)beta1;
        private readonly float _add1 = (float)(1 - beta1);
        private readonly float _keep2 = (float)beta2;
        private readonly float _take2 = (float)(1 - beta2);

        public static int SlotCount => 1;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Apply<TLanes>(ref TLanes parameter, TLanes gradient, ref TLanes mean, ref TLanes unused)
            where TLanes : struct, ILanes<TLanes>
        {
            TLanes direction = TLanes.Sign(TLanes.MultiplyAdd(TLanes.Create(_look1), mean, TLanes.Create(_add1) * gradient));
            parameter = TLanes.MultiplyAdd(TLanes.Create(_minusRate), direction, parameter);
            mean = TLanes.Flush(TLanes.MultiplyAdd(TLanes.Create(_keep2), mean, TLanes.Create(_take2) * gradient));
        }
    }
}
