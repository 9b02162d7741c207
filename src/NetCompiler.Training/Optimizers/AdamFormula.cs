using System.Runtime.CompilerServices;

namespace NetCompiler;

/// <summary>One step of Adam, after a decoupled decay: p -= decay p, m = b1 m + (1 - b1) g, v = b2 v + (1 - b2) g^2, p -= rate m / (sqrt(v correction) + epsilon).</summary>
internal readonly struct AdamFormula<TLanes> : IUpdateFormula<TLanes>
    where TLanes : struct, ILanes<TLanes>
{
    private readonly TLanes _minusRate;
    private readonly TLanes _correction;
    private readonly TLanes _keep1;
    private readonly TLanes _take1;
    private readonly TLanes _keep2;
    private readonly TLanes _take2;
    private readonly TLanes _epsilon;
    private readonly TLanes _minusDecay;

    /// <summary>Folds the bias corrections of step <paramref name="step"/>, counted from 1, in double precision.</summary>
    public AdamFormula(double learningRate, long step, double beta1, double beta2, double epsilon, double decay)
    {
        _minusRate = TLanes.Create((float)(-learningRate / (1 - Math.Pow(beta1, step))));
        _correction = TLanes.Create((float)(1 / (1 - Math.Pow(beta2, step))));
        _keep1 = TLanes.Create((float)beta1);
        _take1 = TLanes.Create((float)(1 - beta1));
        _keep2 = TLanes.Create((float)beta2);
        _take2 = TLanes.Create((float)(1 - beta2));
        _epsilon = TLanes.Create((float)epsilon);
        _minusDecay = TLanes.Create((float)-decay);
    }

    public static int SlotCount => 2;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Apply(ref TLanes parameter, TLanes gradient, ref TLanes mean, ref TLanes square)
    {
        mean = TLanes.MultiplyAdd(_keep1, mean, _take1 * gradient);
        square = TLanes.MultiplyAdd(_keep2, square, _take2 * gradient * gradient);
        TLanes root = TLanes.SquareRoot(square * _correction) + _epsilon;

        // The decay multiplies by itself: 1 - decay would lose most of a small decay's digits.
        TLanes decayed = TLanes.MultiplyAdd(_minusDecay, parameter, parameter);
        parameter = decayed + TLanes.Quotient(_minusRate * mean, root);
    }
}
