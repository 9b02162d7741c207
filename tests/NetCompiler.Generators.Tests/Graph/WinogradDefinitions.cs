using NetCompiler.Generators.Graph;
using NetCompiler.Generators.Ops;

namespace NetCompiler.Generators.Tests.Graph;

/// <summary>What the operations of Winograd's convolution mean, as sums over their matrices.</summary>
internal static class WinogradDefinitions
{
    private const int Products = WinogradTransform.Products;
    private const int Side = WinogradTransform.Results;

    /// <summary>u[i, j, c, n] = sum over y, x of G[i, y] G[j, x] w[y, x, c, n].</summary>
    public static double[] Kernel(Node node, double[] w)
    {
        int features = node.Shape[2] * node.Shape[3];
        return [.. Enumerable.Range(0, Products * Products * features).Select(at =>
            Sum(WinogradTransform.OfKernel[at / features / Products], WinogradTransform.OfKernel[at / features % Products], (y, x) => w[(((y * WinogradTransform.Window) + x) * features) + (at % features)]))];
    }

    /// <summary>Tile by tile: the image's transform times the kernel's, summed over the channels and transformed back; of one sample.</summary>
    public static double[] Convolution(Node node, double[] x, double[] u)
    {
        int channels = node.Operands[0].Shape[2], columns = node.Operands[0].Shape[1], filters = node.Shape[2];
        var y = new double[node.Shape.Length];
        for (int row = 0; row < node.Shape[0]; row += Side)
        {
            for (int column = 0; column < node.Shape[1]; column += Side)
            {
                var products = new double[Products * Products * filters];
                for (int c = 0; c < channels; c++)
                {
                    for (int position = 0; position < Products * Products; position++)
                    {
                        double v = Sum(WinogradTransform.OfImage[position / Products], WinogradTransform.OfImage[position % Products],
                            (i, j) => x[((((row + i) * columns) + column + j) * channels) + c]);
                        for (int n = 0; n < filters; n++)
                        {
                            products[(position * filters) + n] += v * u[(((position * channels) + c) * filters) + n];
                        }
                    }
                }

                for (int i = 0; i < Math.Min(Side, node.Shape[0] - row); i++)
                {
                    for (int j = 0; j < Math.Min(Side, node.Shape[1] - column); j++)
                    {
                        for (int n = 0; n < filters; n++)
                        {
                            y[((((row + i) * node.Shape[1]) + column + j) * filters) + n] =
                                Sum(WinogradTransform.OfResult[i], WinogradTransform.OfResult[j], (k, l) => products[(((k * Products) + l) * filters) + n]);
                        }
                    }
                }
            }
        }

        return y;
    }

    private static double Sum(EquatableArray<double> left, EquatableArray<double> right, Func<int, int, double> value)
    {
        double sum = 0;
        for (int i = 0; i < left.Count; i++)
        {
            for (int j = 0; j < right.Count; j++)
            {
                sum += left[i] * right[j] == 0 ? 0 : left[i] * right[j] * value(i, j);
            }
        }

        return sum;
    }
}
