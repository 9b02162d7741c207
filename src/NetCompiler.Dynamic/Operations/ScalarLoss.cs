using NetCompiler.Dynamic.Tape;

namespace NetCompiler.Dynamic.Operations;

/// <summary>l = f(output, target) per element with a function of the user's in double precision; differentiated in the output only, by a central difference.</summary>
/// <typeparam name="T">float or double.</typeparam>
internal sealed class ScalarLoss<T>(Func<double, double, double> function) : Operation<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public override Value<T> Forward(Value<T>[] operands)
    {
        Value<T> output = operands[0], target = operands[1];
        T[] result = Allocate(output.Data.Length);
        for (int i = 0; i < result.Length; i++)
        {
            result[i] = T.CreateChecked(function(double.CreateChecked(output.Data[i]), double.CreateChecked(target.Data[i])));
        }

        return output.Like(result, output.Shape);
    }

    // df/doutput = (f(o + h, t) - f(o - h, t)) / 2h
    public override void Backward(Value<T>[] operands, Value<T> result)
    {
        Value<T> output = operands[0], target = operands[1];
        for (int i = 0; i < result.Data.Length; i++)
        {
            double t = double.CreateChecked(target.Data[i]);
            double slope = CentralDifference.Derivative(o => function(o, t), double.CreateChecked(output.Data[i]));
            output.Gradient[i] += T.CreateChecked(slope) * result.Gradient[i];
        }
    }
}
