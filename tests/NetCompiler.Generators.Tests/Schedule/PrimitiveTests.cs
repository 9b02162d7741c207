using NetCompiler.Generators.Graph;
using NetCompiler.Generators.Ops;

namespace NetCompiler.Generators.Tests.Schedule;

/// <summary>The kernel of every primitive computes what its definition says, on every machine, forward and backward, at sizes around every vector.</summary>
public class PrimitiveTests
{
    public static TheoryData<int> Sizes => [1, 3, 5, 7, 15, 16, 17, 33];

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Broadcasting_RepeatsAsNumPyDoes(int n)
    {
        Run("a row of each step", [(S(2, 3, n), 0), (S(3, n), 0)], [("gamma", S(2, 1, n))], (b, x, w) => b.Add(b.Multiply(x[0], x[1]), w[0]));
        Run("a value of each row", [(S(2, 3, n), 0), (S(2, 1, 1), 0)], [("gamma", S(3, 1))], (b, x, w) => b.Add(b.Multiply(x[0], x[1]), w[0]));
        Run("an outer sum", [(S(n, 1), 0), (S(1, n), 0)], [], (b, x, _) => b.Apply(Elementwise.Tanh, b.Add(x[0], x[1])));
        Run("panels", [(S(2, 3, n), 0)], [("matrix", S(3, n))], (b, x, w) => b.Apply(Elementwise.Tanh, b.Multiply(x[0], b.Multiply(w[0], w[0]))));
        Run("a broadcast", [(S(n, 1, 2), 0)], [("gamma", S(n))], (b, x, w) => b.Multiply(b.Broadcast(x[0], S(n, 3, 2), true), b.Reshape(w[0], S(n, 1, 1))));
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Sums_OverARowAxis(int n)
    {
        Run("rows", [(S(4, n), 0)], [], (b, x, _) => b.Apply(Elementwise.Tanh, b.SumRowAxis(x[0])));
        Run("inner rows", [(S(2, 5, n), 0)], [], (b, x, _) => b.Multiply(x[0], b.SumRowAxis(x[0])));
        Run("single columns", [(S(2, n, 1), 0)], [], (b, x, _) => b.SumRowAxis(b.Apply(Elementwise.Square, x[0])));
        Run("largest", [(S(3, n), 0)], [], (b, x, _) => b.Reduce(ReduceKind.Max, ReduceExtent.RowAxis, x[0]));
        Run("of weights", [(S(n), 0)], [("matrix", S(4, n))], (b, x, w) => b.Multiply(x[0], b.SumRowAxis(w[0])));
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Movements_MoveValues(int n)
    {
        Run("slice of rows", [(S(5, n), 0)], [], (b, x, _) => b.Apply(Elementwise.Square, b.Slice(x[0], 0, 1, 3)));
        Run("slice of columns", [(S(3, n + 2), 0)], [], (b, x, _) => b.Slice(b.Apply(Elementwise.Square, x[0]), 1, 1, n));
        Run("slice of one column", [(S(3, n + 2), 0)], [], (b, x, _) => b.Apply(Elementwise.Square, b.Slice(x[0], 1, 2, 1)));
        Run("slice of one row", [(S(4, 3, n), 0)], [("gamma", S(4, n))], (b, x, w) => b.Multiply(b.Slice(x[0], 1, 2, 1), b.Slice(w[0], 0, 3, 1)));
        Run("pad", [(S(2, 3, n), 0)], [], (b, x, _) => b.Pad(b.Apply(Elementwise.Square, x[0]), [1, 0, 2], [0, 2, 1], 1.5));
        Run("pad space", [(S(2, 3, n), 0)], [], (b, x, _) => b.Apply(Elementwise.Tanh, b.Pad(b.Apply(Elementwise.Square, x[0]), [1, 1, 0], [1, 1, 0])));
        Run("concat of columns", [(S(3, n), 0), (S(3, 2), 0)], [("gamma", S(3, 1))], (b, x, w) => b.Apply(Elementwise.Tanh, b.Concat(1, b.Apply(Elementwise.Square, x[0]), x[1], w[0])));
        Run("concat of rows", [(S(3, n), 0), (S(1, n), 0)], [], (b, x, _) => b.Apply(Elementwise.Square, b.Concat(0, x[0], x[1], x[0])));
        Run("transpose", [(S(n, 3), 0)], [], (b, x, _) => b.Apply(Elementwise.Square, b.Transpose(b.Apply(Elementwise.Tanh, x[0]), 1, 0)));
        Run("transpose of rows", [(S(2, 3, n), 0)], [], (b, x, _) => b.Apply(Elementwise.Square, b.Transpose(x[0], 1, 0, 2)));
        Run("transpose round", [(S(2, n, 3), 0)], [], (b, x, _) => b.Transpose(b.Apply(Elementwise.Square, x[0]), 2, 0, 1));
        Run("reverse", [(S(4, n), 0)], [], (b, x, _) => b.Reverse(b.Apply(Elementwise.Square, x[0]), 0));
        Run("reverse of columns", [(S(4, n), 0)], [], (b, x, _) => b.Reverse(b.Apply(Elementwise.Square, x[0]), 1));
        Run("reshapes", [(S(2, 3, n), 0)], [], (b, x, _) => b.Apply(Elementwise.Tanh, b.Reshape(b.Apply(Elementwise.Square, b.Reshape(b.Apply(Elementwise.Tanh, x[0]), S(6, n))), S(n, 3, 2))));
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Tables_AreReadByTokens(int n)
    {
        Run("embedding", [(S(5), 7)], [("embeddings", S(7, n))], (b, x, w) => b.Apply(Elementwise.Square, b.Gather(w[0], x[0])));
        Run("panels", [(S(5), 7)], [("matrix", S(7, n))], (b, x, w) => b.Gather(w[0], x[0]));
        Run("one token", [(S(1), 7)], [("embeddings", S(7, n))], (b, x, w) => b.Gather(w[0], x[0]));
        Run("function of a table", [(S(2, 3), 4)], [("embeddings", S(4, n))], (b, x, w) => b.Gather(b.Apply(Elementwise.Tanh, w[0]), x[0]));
        Run("table read twice", [(S(3), 4), (S(n), 4)], [("embeddings", S(4, n))], (b, x, w) => b.Concat(0, b.Gather(w[0], x[0]), b.Gather(w[0], x[1])));
        Run("mask", [(S(n), 4), (S(n, 3), 0)], [], (b, x, _) =>
            b.Multiply(x[1], b.Reshape(b.Subtract(b.Constant(1), b.Apply(Elementwise.Equal, x[0], b.Constant(2))), S(n, 1))));
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Windows_PoolEachChannel(int n)
    {
        foreach (WindowKind kind in new[] { WindowKind.Max, WindowKind.Sum, WindowKind.Index })
        {
            Run($"{kind} 2x2", [(S(4, 5, n), 0)], [], (b, x, _) => b.Window(kind, b.Apply(Elementwise.Square, x[0]), new WindowAxis(2, 2), new WindowAxis(2, 2)));
            Run($"{kind} overlapping", [(S(5, 6, n), 0)], [], (b, x, _) => b.Window(kind, x[0], new WindowAxis(3, 1), new WindowAxis(3, 2)));
            Run($"{kind} large", [(S(9, n), 0)], [], (b, x, _) => b.Apply(Elementwise.Square, b.Window(kind, x[0], new WindowAxis(4, 3))));
            Run($"{kind} wide", [(S(1, 7, n), 0)], [], (b, x, _) => b.Window(kind, x[0], new WindowAxis(1, 1), new WindowAxis(3, 2)));
        }

        Run("upsampling", [(S(2, 3, n), 0)], [], (b, x, _) => b.Apply(Elementwise.Square, b.WindowScatter([new WindowAxis(2, 2), new WindowAxis(3, 3)], S(4, 9, n), x[0])));
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Contractions_OfEveryKind(int n)
    {
        Run("convolution", [(S(5, 4, 3), 0)], [("kernel", S(2, 3, 3, n))], (b, x, w) => b.Contract("b(h+y)(w+x)c", "yxcn", "bhwn", x[0], w[0], S(4, 2, n)));
        Run("convolution of many channels", [(S(4, 4, n), 0)], [("kernel", S(2, 2, n, 3))], (b, x, w) => b.Contract("b(2h+y)(w+2x)c", "yxcn", "bhwn", x[0], w[0], S(2, 2, 3)));
        Run("groups", [(S(4, 4, 6), 0)], [("kernel", S(2, 2, 3, 2 * n))], (b, x, w) => b.Reshape(b.Contract("b(h+y)(w+x)gc", "yxcgn", "bhwgn",
            b.Reshape(x[0], S(4, 4, 2, 3)), b.Reshape(w[0], S(2, 2, 3, 2, n)), S(3, 3, 2, n)), S(3, 3, 2 * n)));
        Run("depthwise", [(S(4, 4, n), 0)], [("depthwise_kernel", S(3, 2, 1, n))], (b, x, w) => b.Contract("b(h+y)(w+x)c", "yxc", "bhwc", x[0], b.Reshape(w[0], S(3, 2, n)), S(2, 3, n)));
        Run("transposed", [(S(3, 2, n), 0)], [("kernel", S(3, 3, 2, n))], (b, x, w) => b.Contract("bhwc", "yxnc", "b(2h+y)(2w+x)n", x[0], w[0], S(7, 5, 2)));
        Run("one dimension", [(S(7, 2), 0)], [("kernel", S(3, 2, n))], (b, x, w) => b.Contract("b(t+2y)c", "ycn", "btn", x[0], w[0], S(3, n)));
        Run("attention", [(S(3, 2, n), 0), (S(5, 2, n), 0)], [], (b, x, _) =>
            b.Contract("bhts", "bshd", "bthd", b.Softmax(b.Contract("bthd", "bshd", "bhts", x[0], x[1]), logarithm: false), x[1]));
        Run("batched product", [(S(3, n), 0), (S(n, 4), 0)], [], (b, x, _) => b.Contract("bmk", "bkn", "bmn", x[0], x[1]));
        Run("outer product", [(S(n), 0), (S(n), 0)], [], (b, x, _) => b.Contract("bm", "bn", "bmn", x[0], x[1]));
        Run("inner product", [(S(n), 0), (S(n), 0)], [], (b, x, _) => b.Reshape(b.Contract("bk", "bk", "b", x[0], x[1]), S(1)));
        Run("function of a matrix", [(S(n), 0)], [("matrix", S(n, 5))], (b, x, w) => b.Contract("bk", "kn", "bn", x[0], b.Apply(Elementwise.Tanh, w[0])));
        Run("product of weights", [(S(3), 0)], [("left", S(3, n)), ("right", S(n, 4))], (b, x, w) => b.Contract("bk", "kn", "bn", x[0], b.Contract("mk", "kn", "mn", w[0], w[1])));
        Run("transposed matrix", [(S(5), 0)], [("matrix", S(n, 5))], (b, x, w) => b.Contract("bk", "nk", "bn", x[0], w[0]));
        Run("matrix used twice", [(S(n), 0)], [("matrix", S(n, n))], (b, x, w) => b.Contract("bk", "kn", "bn", b.Apply(Elementwise.Tanh, b.Contract("bk", "kn", "bn", x[0], w[0])), w[0]));
        Run("flat table as matrix", [(S(n), 0)], [("embeddings", S(n, 5))], (b, x, w) => b.Contract("bk", "kn", "bn", x[0], w[0]));
        Run("reshaped kernel", [(S(n), 0)], [("kernel", S(1, 1, n, 5))], (b, x, w) => b.Contract("bk", "kn", "bn", x[0], b.Reshape(w[0], S(n, 5))));
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void RandomNumbers_AreThoseOfTheDefinition(int n)
    {
        Run("noise", [(S(2, n), 0)], [], (b, x, _) => b.Multiply(x[0], b.Make(new NoiseOperation(0.3, 1, S(2, n)), [], S(2, n), isBatched: true)));
        Run("noise of one column", [(S(n, 1), 0)], [], (b, x, _) => b.Multiply(x[0], b.Make(new NoiseOperation(0.3, 1, S(n, 1)), [], S(n, 1), isBatched: true)));
        Run("masks", [(S(n, 1), 0)], [], (b, x, _) => b.Multiply(b.Multiply(x[0], b.DropoutMask(0.5, 1, S(n, 1))),
            b.Make(new DropoutMaskOperation(0.5, 1, S(n, 1)) { Ordinal = 1 }, [], S(n, 1), isBatched: true)));
    }

    private static Shape S(params int[] sizes) => new(sizes);

    private static void Run(string name, (Shape, int)[] inputs, (string, Shape)[] weights, Func<GraphBuilder, Node[], Node[], Node> body) =>
        new PrimitiveNetwork($"{name} of {string.Join(" and ", inputs.Select(input => input.Item1))}", inputs, weights, body).Check(isSmooth: !name.StartsWith("Index", StringComparison.Ordinal));
}
