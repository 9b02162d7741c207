using NetCompiler.Generators.Graph;
using NetCompiler.Generators.Ops;
using NetCompiler.Generators.Schedule.Nests;

namespace NetCompiler.Generators.Schedule.Templates;

/// <summary>The kernel of a convolution as the factors of its tiles.</summary>
internal sealed partial class NestTemplate
{
    // u[i, j, c, n] = sum over y, x of G[i, y] G[j, x] w[y, x, c, n]
    private void WinogradKernel(NestTarget target)
    {
        int[] from = _values.StridesOf(X), to = target.StridesOf(), extents = [X.Shape[2], X.Shape[3]];
        Walk x = _values.Read(X, 0, strides => strides.Skip(2), isWholeRow: true), y = target.Walk(0, strides => strides.Skip(2), isWholeRow: true);
        _body.AddRange(_loops.Build(isBatched: false, extents, [y, x], point =>
        [
            .. MatrixSteps.Both(WinogradTransform.OfKernel, "w" + point.Suffix, "u" + point.Suffix, (i, j) => point.Read(x, (i * from[0]) + (j * from[1]))),
            .. from i in Enumerable.Range(0, WinogradTransform.Products)
            from j in Enumerable.Range(0, WinogradTransform.Products)
            select point.StoreAt(y, point.At(y).Plus((i * to[0]) + (j * to[1])), new Name(MatrixSteps.At("u" + point.Suffix, i, j))),
        ]));
    }
}
