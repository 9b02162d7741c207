using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

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

    /// <summary>Added to the root of the mean square: above 0, as a float too.</summary>
    public double Epsilon
    {
        get => _epsilon;
        init => _epsilon = RequireEpsilon(value, nameof(Epsilon));
    }

    /// <inheritdoc/>
    public override OptimizerState CreateState(ITraining training) => Momentum == 0 ? CreatePlain(training) : CreateWithMomentum(training);

    private OptimizerState CreatePlain(ITraining training) => Vector512.IsHardwareAccelerated ? new PlainState<Lanes512>(training, this)
        : Vector256.IsHardwareAccelerated ? new PlainState<Lanes256>(training, this)
        : new PlainState<Lanes128>(training, this);

    private OptimizerState CreateWithMomentum(ITraining training) => Vector512.IsHardwareAccelerated ? new MomentumState<Lanes512>(training, this)
        : Vector256.IsHardwareAccelerated ? new MomentumState<Lanes256>(training, this)
        : new MomentumState<Lanes128>(training, this);

    private sealed class PlainState<TLanes>(ITraining training, RmsProp settings) : ElementwiseState<PlainFormula<TLanes>, TLanes>(training, settings)
        where TLanes : struct, ILanes<TLanes>
    {
        protected override PlainFormula<TLanes> CreateFormula(double learningRate, long step, bool decays)
            => new((float)learningRate, (float)settings.Rho, (float)(1 - settings.Rho), (float)settings.Epsilon);
    }

    private sealed class MomentumState<TLanes>(ITraining training, RmsProp settings) : ElementwiseState<MomentumFormula<TLanes>, TLanes>(training, settings)
        where TLanes : struct, ILanes<TLanes>
    {
        protected override MomentumFormula<TLanes> CreateFormula(double learningRate, long step, bool decays)
            => new((float)learningRate, (float)settings.Rho, (float)(1 - settings.Rho), (float)settings.Epsilon, (float)settings.Momentum);
    }

    private readonly struct PlainFormula<TLanes>(float rate, float keep, float take, float epsilon) : IUpdateFormula<TLanes>
        where TLanes : struct, ILanes<TLanes>
    {
        private readonly TLanes _rate = TLanes.Create(rate);
        private readonly TLanes _keep = TLanes.Create(keep);
        private readonly TLanes _take = TLanes.Create(take);
        private readonly TLanes _epsilon = TLanes.Create(epsilon);

        public static int SlotCount => 1;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Apply(ref TLanes parameter, TLanes gradient, ref TLanes square, ref TLanes unused)
        {
            square = TLanes.MultiplyAdd(_keep, square, _take * gradient * gradient);
            parameter -= TLanes.Quotient(_rate * gradient, TLanes.SquareRoot(square) + _epsilon);
        }
    }

    private readonly struct MomentumFormula<TLanes>(float rate, float keep, float take, float epsilon, float momentum) : IUpdateFormula<TLanes>
        where TLanes : struct, ILanes<TLanes>
    {
        private readonly TLanes _rate = TLanes.Create(rate);
        private readonly TLanes _keep = TLanes.Create(keep);
        private readonly TLanes _take = TLanes.Create(take);
        private readonly TLanes _epsilon = TLanes.Create(epsilon);
        private readonly TLanes _momentum = TLanes.Create(momentum);

        public static int SlotCount => 2;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Apply(ref TLanes parameter, TLanes gradient, ref TLanes square, ref TLanes velocity)
        {
            square = TLanes.MultiplyAdd(_keep, square, _take * gradient * gradient);
            TLanes move = TLanes.Quotient(_rate * gradient, TLanes.SquareRoot(square) + _epsilon);
            velocity = TLanes.MultiplyAdd(_momentum, velocity, move);
            parameter -= velocity;
        }
    }
}
