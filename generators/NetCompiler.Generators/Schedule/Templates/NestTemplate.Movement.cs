using NetCompiler.Generators.Graph;
using NetCompiler.Generators.Schedule.Nests;

namespace NetCompiler.Generators.Schedule.Templates;

/// <summary>Movements: every value of the result is one of an operand's.</summary>
internal sealed partial class NestTemplate
{
    // y[i, j] = x[offset + steps (i, j)]
    private void Move(NestTarget target, Shape shape, int offset, Func<int[], int, int> step)
    {
        int[] axes = NestValues.AxesOf(shape);
        Walk y = target.Along(axes), x = _values.Read(X, offset, strides => axes.Select(axis => step(strides, axis)));
        if (x.LaneStep is not (0 or 1))
        {
            ClearPadding(target, y with { IsPadded = false });
        }

        _body.AddRange(_loops.Build(_node.IsBatched, NestValues.Extents(shape, axes), [y, x], point => target.Store(point, y, point.Read(x))));
    }

    // What stands around the operand, then the operand.
    private void Pad(NestTarget target, PadOperation pad)
    {
        _body.AddRange(Fill(target, pad.Fill));
        Inside(target, X, pad.Before);
    }

    private void Concat(NestTarget target, int axis)
    {
        if (axis == _node.Shape.Rank - 1 && target.HasPadding)
        {
            _body.AddRange(Fill(target, 0));
        }

        int start = 0;
        foreach (Node operand in _node.Operands)
        {
            Inside(target, operand, [.. Enumerable.Range(0, _node.Shape.Rank).Select(other => other == axis ? start : 0)]);
            start += operand.Shape[axis];
        }
    }

    // An operand at some place of the result.
    private void Inside(NestTarget target, Node operand, EquatableArray<int> before)
    {
        int[] axes = NestValues.AxesOf(operand.Shape), own = target.StridesOf();
        int offset = before.Select((size, axis) => size * own[axis]).Sum();
        bool isWholeRow = axes.Length > 0 && axes[axes.Length - 1] == operand.Shape.Rank - 1 && operand.Shape[-1] == target.Node.Shape[-1];
        Walk y = target.Walk(offset, strides => axes.Select(axis => strides[axis]), isWholeRow);
        Walk x = _values.Repeated(operand, operand.Shape, axes);
        if ((x.LaneStep is not (0 or 1) || y.LaneStep is not (0 or 1)) && isWholeRow)
        {
            ClearPadding(target, y with { IsPadded = false });
        }

        _body.AddRange(_loops.Build(_node.IsBatched, NestValues.Extents(operand.Shape, axes), [y, x], point => target.Store(point, y, point.Read(x))));
    }

    // y[i] = table[token[i]]
    private void Gather(NestTarget target)
    {
        (int[] axes, Walk tokens) = Tokens(_node.Operands[1]);
        int[] all = [.. axes, _node.Shape.Rank - 1];
        Walk y = target.Along(all), table = _values.Read(X, 0, strides => [.. axes.Select(_ => 0), strides[1]]);
        int rowStride = _values.StridesOf(X)[0];
        _body.AddRange(_loops.Build(_node.IsBatched, NestValues.Extents(_node.Shape, all), [y, tokens, table],
            point => target.Store(point, y, point.ReadAt(table, OfRow(point, Own("row", target)))),
            at => [new LetIndex(Own("token", target), at(tokens)), new LetReference(Own("row", target), at(table) with { Index = Own("token", target), Stride = rowStride })]));
    }

    // y[token[i]] += x[i], from the first sample's first row to the last
    private void ScatterAdd(NestTarget target)
    {
        if (!target.IsAddend)
        {
            List<Statement> fill = Fill(target, 0);
            _body.AddRange(target.Accumulate is null ? fill : [new When(target.Accumulate, fill, IsNegated: true)]);
        }

        (int[] axes, Walk tokens) = Tokens(_node.Operands[1]);
        int[] all = [.. axes, X.Shape.Rank - 1];
        Walk x = _values.Read(X, 0, strides => all.Select(axis => strides[axis]), isWholeRow: true);
        Walk y = target.Walk(0, strides => [.. axes.Select(_ => 0), strides[1]]);
        int rowStride = target.StridesOf()[0];
        _body.AddRange(_loops.Build(X.IsBatched, NestValues.Extents(X.Shape, all), [x, tokens, y],
            point =>
            {
                Address row = OfRow(point, Own("row", target));
                return [point.StoreAt(y, row, Sum(point.ReadAt(y, row), point.Read(x)))];
            },
            at => [new LetIndex(Own("token", target), at(tokens)), new LetReference(Own("row", target), at(y) with { Index = Own("token", target), Stride = rowStride })]));
    }

    private (int[] Axes, Walk Walk) Tokens(Node tokens)
    {
        int[] axes = [.. Enumerable.Range(0, tokens.Shape.Rank).Where(axis => tokens.Shape[axis] != 1)];
        return (axes, _values.Read(tokens, 0, strides => [.. axes.Select(axis => strides[axis]), 0]));
    }

    private static Address OfRow(NestPoint point, string row) => point.Chunk.IsOneValue ? new Address(row) : point.Chunk.At(row);

    private static Apply Sum(VectorExpression a, VectorExpression b) => new(Ops.Elementwise.Add.Value, [a, b]);
}
