using NetCompiler.Dynamic.Operations;
using NetCompiler.Dynamic.Tape;

namespace NetCompiler.Dynamic.Layers;

/// <summary>
/// Gates z, r, h: h' = z h + (1 - z) candidate. With reset after, candidate = activation(x W_h + b_h + r (h R_h + c_h)) with a bias (2, 3 units), b then c; with reset before,
/// candidate = activation(x W_h + b_h + (r h) R_h) (Cho et al. 2014).
/// </summary>
/// <typeparam name="T">float or double.</typeparam>
internal sealed class GruCell<T> : RecurrentCell<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly bool _resetsAfter;
    private readonly Value<T>? _inputBias, _recurrentBias, _gateKernel, _candidateKernel;

    public GruCell(LayerCall<T> call, string prefix)
        : base(call, prefix)
    {
        _resetsAfter = call.Layer.Flag("ResetAfter", true);
        _inputBias = _resetsAfter ? BiasRow(0) : Bias;
        if (_resetsAfter)
        {
            _recurrentBias = BiasRow(1);
        }
        else
        {
            _gateKernel = Gates(RecurrentKernel, 0, 2);
            _candidateKernel = Gates(RecurrentKernel, 2);
        }
    }

    protected override Value<T>? InputBias => _inputBias;

    public override Value<T>[] Step(Value<T> projected, Value<T>[] states, Value<T> seen)
    {
        Value<T> products = Product(seen, _resetsAfter ? RecurrentKernel : _gateKernel!, _recurrentBias);
        Value<T> update = Gate(0), reset = Gate(1);
        Value<T> recurrent = _resetsAfter
            ? Call.Apply(new Multiply<T>(), reset, Gates(products, 2))
            : Product(Call.Apply(new Multiply<T>(), reset, seen), _candidateKernel!, null);
        Value<T> candidate = Activate(Call.Apply(new Add<T>(), Gates(projected, 2), recurrent));

        // z h + (1 - z) c = c + z (h - c)
        Value<T> change = Call.Apply(new Multiply<T>(), update, Call.Apply(new Subtract<T>(), states[0], candidate));
        return [Call.Apply(new Add<T>(), candidate, change)];

        Value<T> Gate(int gate) => ActivateGate(Call.Apply(new Add<T>(), Gates(projected, gate), Gates(products, gate)));
    }

    private Value<T>? BiasRow(int row) =>
        Bias is null ? null : Call.Apply(new Reshape<T>([Bias.LastAxis]), Call.Apply(new SliceAxis<T>(0, row, 1), Bias));
}
