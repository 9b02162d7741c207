using System.Globalization;
using System.Text;

namespace NetCompiler;

/// <summary>One line per epoch: <c>epoch 3/10  1.2 s  loss 0.1234  accuracy 0.9612  val_loss 0.1301</c>.</summary>
internal sealed class LineDisplay(TextWriter output) : FitDisplay(output)
{
    public override void EndEpoch(FitContext context, TimeSpan elapsed)
    {
        StringBuilder line = new();
        line.Append(CultureInfo.InvariantCulture, $"epoch {context.Epoch + 1}/{context.Epochs}  {elapsed.TotalSeconds:0.0} s");
        foreach (string name in context.History.Names)
        {
            line.Append(CultureInfo.InvariantCulture, $"  {name} {Format(context.History.Last(name))}");
        }

        Tell(line.ToString());
    }

    /// <summary>Four digits after the point, or four significant ones where those would be zeros.</summary>
    internal static string Format(double value)
        => value.ToString(Math.Abs(value) is >= 1e-3 or 0 ? "0.0000" : "0.###e-0", CultureInfo.InvariantCulture);
}
