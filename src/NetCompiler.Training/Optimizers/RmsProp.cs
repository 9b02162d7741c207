using System.Runtime.CompilerServices;

namespace NetCompiler;

/// <summary>
/// RMSprop: s = rho s + (1 - rho) g^2 and p -= lr g / (sqrt(s) + epsilon); with momentum v = m v + lr g / (sqrt(s) + epsilon) and p -= v.
/// </summary>
public sealed record RmsProp : Optimizer
{
    private readonly double _rho;
    private readonly double _momentum;
    private readonly double _epsilon;

    /// <summary>Makes the settings.</summary>
    /// <param name="learningRate">The factor of the scaled gradient.</param>
    /// <param name="rho">The share of the mean square that is kept.</param>
    /// <param name="momentum">The share of the last move that is kept; 0 means none.</param>
    /// <param name="epsilon">Added to the root of the mean square.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public RmsProp(double learningRate = 0.001, double rho = 0.9, double momentum = 0, double epsilon = 1e-7)
        : base(learningRate)
    {
        Rho = rho;
        Momentum = momentum;
        Epsilon = epsilon;
    }

    /// <summary>The share of the mean square that is kept: at least 0 and below 1.</summary>
    public double Rho
    {
        get => _rho;
        init => _rho = RequireFraction(value, nameof(Rho));
    }

    /// <summary>The share of the last move that is kept: at least 0 and below 1.</summary>
    public double Momentum
    {
        get => _momentum;
        init => _momentum = RequireFraction(value, nameof(Momentum));
    }

    /// <summary>Added to the root of the mean square: at least 0.</summary>
    public double Epsilon
    {
        get => _epsilon;
        init => _epsilon = RequireNotNegative(value, nameof(Epsilon));
    }

    /// <inheritdoc/>
    public override OptimizerState CreateState(ITraining training) => Momentum == 0 ? new PlainState(training, this) : new MomentumState(training, this);

    private sealed class PlainState(ITraining training, RmsProp settings) : ElementwiseState<PlainRule>(training, settings)
    {
        protected override PlainRule CreateRule(double learningRate, long step, bool decays)
            => new((float)learningRate, (float)settings.Rho, (float)(1 - settings.Rho), (float)settings.Epsilon);
    }

    private sealed class MomentumState(ITraining training, RmsProp settings) : ElementwiseState<MomentumRule>(training, settings)
    {
        protected override MomentumRule CreateRule(double learningRate, long step, bool decays)
            => new((float)learningRate, (float)settings.Rho, (float)(1 - settings.Rho), (float)settings.Epsilon, (float)settings.Momentum);
    }

    private readonly struct PlainRule(float rate, float keep, float take, float epsilon) : IUpdateRule
    {
        private readonly float _rate = rate;
        private readonly float _keep = keep;
        private readonly float _take = take;
        private readonly float _epsilon = epsilon;

        public static int SlotCount => 1;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Apply<TLanes>(ref TLanes parameter, TLanes gradient, ref TLanes square, ref TLanes unused)
            where TLanes : struct, ILanes<TLanes>
        {
            square = TLanes.Flush(TLanes.MultiplyAdd(TLanes.Create(_keep), square, TLanes.Create(_take) * gradient * gradient));
            parameter -= TLanes.Create(_rate) * gradient / (TLanes.SquareRoot(square) + TLanes.Create(_epsilon));
        }
    }

    private readonly struct MomentumRule(float rate, float keep, float take, float epsilon, float momentum) : IUpdateRule
    {
        private readonly float _rate = rate;
        private readonly float _keep = keep;
        private readonly float _take = take;
        private readonly float _epsilon = epsilon;
        private readonly float _momentum = momentum;

        public static int SlotCount => 2;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Apply<TLanes>(ref TLanes parameter, TLanes gradient, ref TLanes square, ref TLanes velocity)
            where TLanes : struct, ILanes<TLanes>
        {
            square = TLanes.Flush(TLanes.MultiplyAdd(TLanes.Create(_keep), square, TLanes.Create(_take) * gradient * gradient));
            TLanes move = TLanes.Create(_rate) * gradient / (TLanes.SquareRoot(square) + TLanes.Create(_epsilon));
            velocity = TLanes.Flush(TLanes.MultiplyAdd(TLanes.Create(_momentum), velocity, move));
            parameter -= velocity;
        }
    }
}
