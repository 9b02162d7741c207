using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NetCompiler;

/// <summary>
/// Gradient descent: p -= lr g; with momentum v = m v - lr g and p += v, or with Nesterov's look ahead p += m v - lr g. Whether it is stochastic is
/// a matter of the batch: all samples, some, or one.
/// </summary>
public sealed record Sgd : Optimizer
{
    private readonly double _momentum;

    /// <summary>Makes the settings.</summary>
    /// <param name="learningRate">The factor of the gradient.</param>
    /// <param name="momentum">The share of the last move that is kept; 0 means none.</param>
    /// <param name="nesterov">Whether the move looks ahead by its momentum.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public Sgd(double learningRate = 0.01, double momentum = 0, bool nesterov = false)
        : base(learningRate)
    {
        Momentum = momentum;
        Nesterov = nesterov;
    }

    /// <summary>The share of the last move that is kept: at least 0 and below 1.</summary>
    public double Momentum
    {
        get => _momentum;
        init => _momentum = RequireFraction(value, nameof(Momentum));
    }

    /// <summary>Whether the move looks ahead by its momentum.</summary>
    public bool Nesterov { get; init; }

    /// <inheritdoc/>
    public override OptimizerState CreateState(ITraining training) => Momentum == 0 ? CreatePlain(training) : CreateWithMomentum(training);

    private OptimizerState CreatePlain(ITraining training) => Vector512.IsHardwareAccelerated ? new PlainState<Lanes512>(training, this)
        : Vector256.IsHardwareAccelerated ? new PlainState<Lanes256>(training, this)
        : new PlainState<Lanes128>(training, this);

    private OptimizerState CreateWithMomentum(ITraining training) => Vector512.IsHardwareAccelerated ? new MomentumState<Lanes512>(training, this)
        : Vector256.IsHardwareAccelerated ? new MomentumState<Lanes256>(training, this)
        : new MomentumState<Lanes128>(training, this);

    private sealed class PlainState<TLanes>(ITraining training, Sgd settings) : ElementwiseState<PlainFormula<TLanes>, TLanes>(training, settings)
        where TLanes : struct, ILanes<TLanes>
    {
        protected override PlainFormula<TLanes> CreateFormula(double learningRate, long step, bool decays) => new((float)-learningRate);
    }

    private sealed class MomentumState<TLanes>(ITraining training, Sgd settings) : ElementwiseState<MomentumFormula<TLanes>, TLanes>(training, settings)
        where TLanes : struct, ILanes<TLanes>
    {
        protected override MomentumFormula<TLanes> CreateFormula(double learningRate, long step, bool decays) => new((float)-learningRate, (float)settings.Momentum, settings.Nesterov);
    }

    private readonly struct PlainFormula<TLanes>(float descent) : IUpdateFormula<TLanes>
        where TLanes : struct, ILanes<TLanes>
    {
        private readonly TLanes _descent = TLanes.Create(descent);

        public static int SlotCount => 0;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Apply(ref TLanes parameter, TLanes gradient, ref TLanes first, ref TLanes second)
            => parameter = TLanes.MultiplyAdd(_descent, gradient, parameter);
    }

    private readonly struct MomentumFormula<TLanes>(float descent, float momentum, bool nesterov) : IUpdateFormula<TLanes>
        where TLanes : struct, ILanes<TLanes>
    {
        private readonly TLanes _descent = TLanes.Create(descent);
        private readonly TLanes _momentum = TLanes.Create(momentum);
        private readonly bool _nesterov = nesterov;

        public static int SlotCount => 1;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Apply(ref TLanes parameter, TLanes gradient, ref TLanes velocity, ref TLanes unused)
        {
            TLanes move = _descent * gradient;
            TLanes momentum = _momentum;
            velocity = TLanes.MultiplyAdd(momentum, velocity, move);
            parameter += _nesterov ? TLanes.MultiplyAdd(momentum, velocity, move) : velocity;
        }
    }
}
