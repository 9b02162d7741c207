using System.Runtime.CompilerServices;

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
    public override OptimizerState CreateState(ITraining training) => Momentum == 0 ? new PlainState(training, this) : new MomentumState(training, this);

    private sealed class PlainState(ITraining training, Sgd settings) : ElementwiseState<PlainRule>(training, settings)
    {
        protected override PlainRule CreateRule(double learningRate, long step, bool decays) => new((float)-learningRate);
    }

    private sealed class MomentumState(ITraining training, Sgd settings) : ElementwiseState<MomentumRule>(training, settings)
    {
        protected override MomentumRule CreateRule(double learningRate, long step, bool decays) => new((float)-learningRate, (float)settings.Momentum, settings.Nesterov);
    }

    private readonly struct PlainRule(float descent) : IUpdateRule
    {
        private readonly float _descent = descent;

        public static int SlotCount => 0;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Apply<TLanes>(ref TLanes parameter, TLanes gradient, ref TLanes first, ref TLanes second)
            where TLanes : struct, ILanes<TLanes>
            => parameter = TLanes.MultiplyAdd(TLanes.Create(_descent), gradient, parameter);
    }

    private readonly struct MomentumRule(float descent, float momentum, bool nesterov) : IUpdateRule
    {
        private readonly float _descent = descent;
        private readonly float _momentum = momentum;
        private readonly bool _nesterov = nesterov;

        public static int SlotCount => 1;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Apply<TLanes>(ref TLanes parameter, TLanes gradient, ref TLanes velocity, ref TLanes unused)
            where TLanes : struct, ILanes<TLanes>
        {
            TLanes move = TLanes.Create(_descent) * gradient;
            TLanes momentum = TLanes.Create(_momentum);
            velocity = TLanes.Flush(TLanes.MultiplyAdd(momentum, velocity, move));
            parameter += _nesterov ? TLanes.MultiplyAdd(momentum, velocity, move) : velocity;
        }
    }
}
