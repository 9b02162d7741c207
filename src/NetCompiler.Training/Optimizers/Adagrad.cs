using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NetCompiler;

/// <summary>Adagrad: s += g^2, where s starts at the initial accumulator, and p -= lr g / (sqrt(s) + epsilon).</summary>
public sealed record Adagrad : Optimizer
{
    private readonly double _initialAccumulatorValue;
    private readonly double _epsilon;

    /// <summary>Makes the settings.</summary>
    /// <param name="learningRate">The factor of the scaled gradient.</param>
    /// <param name="initialAccumulatorValue">Where the sum of squares starts.</param>
    /// <param name="epsilon">Added to the root of the sum of squares.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public Adagrad(double learningRate = 0.001, double initialAccumulatorValue = 0.1, double epsilon = 1e-7)
        : base(learningRate)
    {
        InitialAccumulatorValue = initialAccumulatorValue;
        Epsilon = epsilon;
        RequireDivisor();
    }

    /// <summary>Where the sum of squares starts: at least 0.</summary>
    public double InitialAccumulatorValue
    {
        get => _initialAccumulatorValue;
        init => _initialAccumulatorValue = RequireNotNegative(value, nameof(InitialAccumulatorValue));
    }

    /// <summary>Added to the root of the sum of squares: at least 0, and above 0 where <see cref="InitialAccumulatorValue"/> is 0.</summary>
    public double Epsilon
    {
        get => _epsilon;
        init => _epsilon = RequireNotNegative(value, nameof(Epsilon));
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException">Epsilon and the initial accumulator are both 0.</exception>
    public override OptimizerState CreateState(ITraining training)
    {
        // Not in the setters: a with expression may pass through a pair that does not fit.
        RequireDivisor();
        return Vector512.IsHardwareAccelerated ? new State<Lanes512>(training, this)
            : Vector256.IsHardwareAccelerated ? new State<Lanes256>(training, this)
            : new State<Lanes128>(training, this);
    }

    private void RequireDivisor()
    {
        if ((float)InitialAccumulatorValue == 0)
        {
            RequireEpsilon(Epsilon, nameof(Epsilon));
        }
    }

    private sealed class State<TLanes>(ITraining training, Adagrad settings) : ElementwiseState<Formula<TLanes>, TLanes>(training, settings, (float)settings.InitialAccumulatorValue)
        where TLanes : struct, ILanes<TLanes>
    {
        protected override Formula<TLanes> CreateFormula(double learningRate, long step, bool decays) => new((float)learningRate, (float)settings.Epsilon);
    }

    private readonly struct Formula<TLanes>(float rate, float epsilon) : IUpdateFormula<TLanes>
        where TLanes : struct, ILanes<TLanes>
    {
        private readonly TLanes _rate = TLanes.Create(rate);
        private readonly TLanes _epsilon = TLanes.Create(epsilon);

        public static int SlotCount => 1;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Apply(ref TLanes parameter, TLanes gradient, ref TLanes squares, ref TLanes unused)
        {
            squares = TLanes.MultiplyAdd(gradient, gradient, squares);
            parameter -= TLanes.Quotient(_rate * gradient, TLanes.SquareRoot(squares) + _epsilon);
        }
    }
}
