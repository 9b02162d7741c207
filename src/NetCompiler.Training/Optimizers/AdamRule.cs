using System.Runtime.CompilerServices;

namespace NetCompiler;

/// <summary>One step of Adam, after a decoupled decay: p -= decay p, m = b1 m + (1 - b1) g, v = b2 v + (1 - b2) g^2, p -= rate m / (sqrt(v correction) + epsilon).</summary>
internal readonly struct AdamRule : IUpdateRule
{
    private readonly float _minusRate;
    private readonly float _correction;
    private readonly float _keep1;
    private readonly float _take1;
    private readonly float _keep2;
    private readonly float _take2;
    private readonly float _epsilon;
    private readonly float _minusDecay;

    /// <summary>Folds the bias corrections of step <paramref name="step"/>, counted from 1, in double precision.</summary>
    public AdamRule(double learningRate, long step, double beta1, double beta2, double epsilon, double decay)
    {
        _minusRate = (float)(-learningRate / (1 - Math.Pow(beta1, step)));
        _correction = (float)(1 / (1 - Math.Pow(beta2, step)));
        _keep1 = (float)beta1;
        _take1 = (float)(1 - beta1);
        _keep2 = (float)beta2;
        _take2 = (float)(1 - beta2);
        _epsilon = (float)epsilon;
        _minusDecay = (float)-decay;
    }

    public static int SlotCount => 2;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Apply<TLanes>(ref TLanes parameter, TLanes gradient, ref TLanes mean, ref TLanes square)
        where TLanes : struct, ILanes<TLanes>
    {
        mean = TLanes.Flush(TLanes.MultiplyAdd(TLanes.Create(_keep1), mean, TLanes.Create(_take1) * gradient));
        square = TLanes.Flush(TLanes.MultiplyAdd(TLanes.Create(_keep2), square, TLanes.Create(_take2) * gradient * gradient));
        TLanes root = TLanes.SquareRoot(square * TLanes.Create(_correction)) + TLanes.Create(_epsilon);

        // The decay multiplies by itself: 1 - decay would lose most of a small decay's digits.
        TLanes decayed = TLanes.MultiplyAdd(TLanes.Create(_minusDecay), parameter, parameter);
        parameter = decayed + (TLanes.Create(_minusRate) * mean / root);
    }
}
