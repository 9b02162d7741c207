using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

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
    public override OptimizerState CreateState(ITraining training) => Vector512.IsHardwareAccelerated ? new State<Lanes512>(training, this)
        : Vector256.IsHardwareAccelerated ? new State<Lanes256>(training, this)
        : new State<Lanes128>(training, this);

    private sealed class State<TLanes>(ITraining training, Lion settings) : ElementwiseState<Formula<TLanes>, TLanes>(training, settings)
        where TLanes : struct, ILanes<TLanes>
    {
        protected override Formula<TLanes> CreateFormula(double learningRate, long step, bool decays) => new(learningRate, settings.Beta1, settings.Beta2);
    }

    private readonly struct Formula<TLanes>(double learningRate, double beta1, double beta2) : IUpdateFormula<TLanes>
        where TLanes : struct, ILanes<TLanes>
    {
        private readonly TLanes _minusRate = TLanes.Create((float)-learningRate);
        private readonly TLanes _look1 = TLanes.Create((float)beta1);
        private readonly TLanes _add1 = TLanes.Create((float)(1 - beta1));
        private readonly TLanes _keep2 = TLanes.Create((float)beta2);
        private readonly TLanes _take2 = TLanes.Create((float)(1 - beta2));

        public static int SlotCount => 1;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Apply(ref TLanes parameter, TLanes gradient, ref TLanes mean, ref TLanes unused)
        {
            TLanes direction = TLanes.Sign(TLanes.MultiplyAdd(_look1, mean, _add1 * gradient));
            parameter = TLanes.MultiplyAdd(_minusRate, direction, parameter);
            mean = TLanes.MultiplyAdd(_keep2, mean, _take2 * gradient);
        }
    }
}
