using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

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

    /// <summary>Added to the root of the mean square: above 0, as a float too.</summary>
    public double Epsilon
    {
        get => _epsilon;
        init => _epsilon = RequireEpsilon(value, nameof(Epsilon));
    }

    /// <inheritdoc/>
    public override OptimizerState CreateState(ITraining training) => Vector512.IsHardwareAccelerated ? new State<Lanes512>(training, this)
        : Vector256.IsHardwareAccelerated ? new State<Lanes256>(training, this)
        : new State<Lanes128>(training, this);

    private sealed class State<TLanes>(ITraining training, Nadam settings) : ElementwiseState<Formula<TLanes>, TLanes>(training, settings)
        where TLanes : struct, ILanes<TLanes>
    {
        protected override Formula<TLanes> CreateFormula(double learningRate, long step, bool decays) => new(learningRate, step, settings);
    }

    private readonly struct Formula<TLanes>(double learningRate, long step, Nadam settings) : IUpdateFormula<TLanes>
        where TLanes : struct, ILanes<TLanes>
    {
        private readonly TLanes _meanRate = TLanes.Create((float)(-learningRate * settings.Beta1 / (1 - Math.Pow(settings.Beta1, step + 1))));
        private readonly TLanes _gradientRate = TLanes.Create((float)(-learningRate * (1 - settings.Beta1) / (1 - Math.Pow(settings.Beta1, step))));
        private readonly TLanes _correction = TLanes.Create((float)(1 / (1 - Math.Pow(settings.Beta2, step))));
        private readonly TLanes _keep1 = TLanes.Create((float)settings.Beta1);
        private readonly TLanes _take1 = TLanes.Create((float)(1 - settings.Beta1));
        private readonly TLanes _keep2 = TLanes.Create((float)settings.Beta2);
        private readonly TLanes _take2 = TLanes.Create((float)(1 - settings.Beta2));
        private readonly TLanes _epsilon = TLanes.Create((float)settings.Epsilon);

        public static int SlotCount => 2;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Apply(ref TLanes parameter, TLanes gradient, ref TLanes mean, ref TLanes square)
        {
            mean = TLanes.MultiplyAdd(_keep1, mean, _take1 * gradient);
            square = TLanes.MultiplyAdd(_keep2, square, _take2 * gradient * gradient);
            TLanes ahead = TLanes.MultiplyAdd(_meanRate, mean, _gradientRate * gradient);
            parameter += TLanes.Quotient(ahead, TLanes.SquareRoot(square * _correction) + _epsilon);
        }
    }
}
