using NetCompiler.Generators.Graph;
using NetCompiler.Generators.Ops;
using NetCompiler.Generators.Schedule;
using NetCompiler.Generators.Tests.Common;
using NetCompiler.TestKit;

namespace NetCompiler.Generators.Tests.Graph;

/// <summary>Executes a graph in double precision by the definitions of its operations: what passes and schedules are compared with.</summary>
internal sealed partial class GraphInterpreter(int samples, Func<InputOperation, double[]> given)
{
    /// <summary>The values of all nodes: sample by sample where there is a batch, in row-major order.</summary>
    public static IReadOnlyDictionary<Node, double[]> Run(NetworkGraph graph, NetworkData data) =>
        new GraphInterpreter(data.Samples, input => data[input.Role, input.Index]).Run(graph);

    public IReadOnlyDictionary<Node, double[]> Run(NetworkGraph graph)
    {
        var values = new Dictionary<Node, double[]>();
        foreach (Node node in graph.Nodes)
        {
            double[] value = Value(node, [.. node.Operands.Select(operand => values[operand])]);
            Expect.True(node.Operation is ScanOperation || Length(node) == value.Length, $"{node.Operation.Name} gives {value.Length} values, not {Length(node)}.");
            values.Add(node, value);
        }

        return values;
    }

    /// <summary>A result; where several nodes are addends of one, their sum.</summary>
    public static double[]? Result(NetworkGraph graph, IReadOnlyDictionary<Node, double[]> values, ResultRole role, int index)
    {
        double[]? sum = null;
        foreach (GraphResult result in graph.Results.Where(result => result.Role == role && result.Index == index))
        {
            double[] value = values[result.Node];
            sum = sum is null ? [.. value] : [.. sum.Zip(value, (a, b) => a + b)];
        }

        return sum;
    }

    private int Length(Node node) => (node.IsBatched ? samples : 1) * (int)node.Shape.Length;

    private double[] Value(Node node, double[][] operands) => node.Operation switch
    {
        InputOperation input => given(input),
        ConstantOperation constant => [constant.Value],
        IotaOperation iota => [.. Enumerable.Range(0, iota.Extent).Select(i => (double)i)],
        DropoutMaskOperation mask => Mask(mask),
        ElementwiseNodeOperation elementwise => Elementwise(node, elementwise.Function, operands),
        SoftmaxOperation softmax => Softmax(node, operands[0], softmax.IsLogarithm),
        ReduceOperation reduce => Reduce(node.Operands[0], operands[0], reduce),
        ContractOperation contract => Contract(node, contract, operands),
        ReshapeOperation => operands[0],
        BroadcastOperation => Elementwise(node, Copy, operands),
        NoiseOperation noise => Noise(noise),
        SliceOperation or PadOperation or ConcatOperation or TransposeOperation or ReverseOperation or GatherOperation =>
            BySample(node, operands, own => MovementDefinitions.Move(node, own)),
        WindowOperation window => BySample(node, operands, own => WindowDefinitions.Window(node, window, own[0])),
        WindowScatterOperation scatter => BySample(node, operands, own => WindowDefinitions.Scatter(node, scatter, own)),
        NarrowOperation { Format: NarrowFormat.BFloat16 } => NarrowDefinition.RoundColumns(operands[0], node.Shape[1]),
        NarrowOperation => Int8Definition.RoundColumns(operands[0], node.Shape[1]),
        RoundRowsOperation => Int8Definition.RoundRows(operands[0], node.Shape[-1]),
        WinogradKernelOperation => WinogradDefinitions.Kernel(node, operands[0]),
        WinogradOperation => BySample(node, operands, own => WinogradDefinitions.Convolution(node, own[0], own[1])),
        ScatterAddOperation => ScatterAdd(node, operands),
        ScanOperation scan => RunScan(node, scan, operands),
        ScanResultOperation result => _scans[node.Operands[0]][(result.IsState, result.Index)],
        _ => throw new InvalidOperationException($"{node.Operation.Name} has no definition."),
    };

    private static ElementwiseOperation Copy { get; } = new("copy", ScalarExpression.Argument(0), [ScalarExpression.One]);

    private double[] Mask(DropoutMaskOperation mask)
    {
        int columns = Space.Of(mask.Shape, isBatched: true).Columns;
        return [.. Enumerable.Range(0, samples * (int)mask.Shape.Length).Select(i => NetworkData.Mask(mask.Rate, mask.Layer, mask.Ordinal, i / columns, i % columns))];
    }

    private double[] Noise(NoiseOperation noise)
    {
        int columns = Space.Of(noise.Shape, isBatched: true).Columns;
        return [.. Enumerable.Range(0, samples * (int)noise.Shape.Length).Select(i => noise.Deviation * NetworkData.Noise(noise.Layer, i / columns, i % columns))];
    }

    // The definition of one sample, applied to each; what has no batch is the same for all of them.
    private double[] BySample(Node node, double[][] operands, Func<double[][], double[]> definition) =>
    [
        .. Enumerable.Range(0, node.IsBatched ? samples : 1).SelectMany(sample => definition([.. operands.Select((operand, i) =>
        {
            int length = (int)node.Operands[i].Shape.Length;
            return node.Operands[i].IsBatched ? operand[(sample * length)..((sample + 1) * length)] : operand;
        })])),
    ];

    private static double[] ScatterAdd(Node node, double[][] operands)
    {
        int columns = node.Shape[-1];
        var value = new double[node.Shape.Length];
        for (int i = 0; i < operands[0].Length; i++)
        {
            value[((int)operands[1][i / columns] * columns) + (i % columns)] += operands[0][i];
        }

        return value;
    }

    private double[] Elementwise(Node node, ElementwiseOperation function, double[][] operands)
    {
        int length = (int)node.Shape.Length;
        var arguments = new double[operands.Length];
        int[][] places = [.. node.Operands.Select(operand => Places(node.Shape, operand.Shape))];
        var value = new double[Length(node)];
        for (int i = 0; i < value.Length; i++)
        {
            for (int operand = 0; operand < operands.Length; operand++)
            {
                Node source = node.Operands[operand];
                arguments[operand] = operands[operand][(source.IsBatched ? i / length * (int)source.Shape.Length : 0) + places[operand][i % length]];
            }

            value[i] = ScalarEvaluator.Evaluate(function.Value, arguments);
        }

        return value;
    }

    // For each element of a shape the element of a smaller one that is repeated there, last axes aligned.
    private static int[] Places(Shape shape, Shape operand)
    {
        var places = new int[shape.Length];
        for (int i = 0; i < places.Length; i++)
        {
            int rest = i, stride = 1;
            for (int axis = 1; axis <= operand.Rank; axis++)
            {
                int coordinate = rest % shape[shape.Rank - axis];
                rest /= shape[shape.Rank - axis];
                places[i] += operand[operand.Rank - axis] == 1 ? 0 : coordinate * stride;
                stride *= operand[operand.Rank - axis];
            }
        }

        return places;
    }

    private static double[] Softmax(Node node, double[] x, bool isLogarithm)
    {
        int columns = node.Shape[-1];
        var y = new double[x.Length];
        for (int row = 0; row < x.Length; row += columns)
        {
            double[] z = x[row..(row + columns)];
            double most = z.Max(), sum = z.Sum(value => Math.Exp(value - most));
            for (int i = 0; i < columns; i++)
            {
                y[row + i] = isLogarithm ? z[i] - most - Math.Log(sum) : Math.Exp(z[i] - most) / sum;
            }
        }

        return y;
    }

    private static double[] Reduce(Node operand, double[] x, ReduceOperation reduce)
    {
        double Combine(IEnumerable<double> values) => reduce.Kind == ReduceKind.Sum ? values.Sum() : values.Max();
        int columns = operand.Shape.Rank == 0 ? 1 : operand.Shape[-1];
        return reduce.Extent switch
        {
            ReduceExtent.LastAxis => [.. x.Chunk(columns).Select(Combine)],
            ReduceExtent.RowAxis => [.. x.Chunk(columns * operand.Shape[-2]).SelectMany(rows =>
                Enumerable.Range(0, columns).Select(column => Combine(rows.Where((_, i) => i % columns == column))))],
            ReduceExtent.Rows => [.. Enumerable.Range(0, columns).Select(column => Combine(x.Where((_, i) => i % columns == column)))],
            _ => [Combine(x)],
        };
    }

    // Every combination of the labels once.
    private double[] Contract(Node node, ContractOperation contract, double[][] operands)
    {
        Dictionary<char, int> extents = ShapeRules.Extents(contract, node.Operands);
        extents[AxisLabels.Batch] = samples;
        char[] labels = [.. new[] { contract.Left, contract.Right, contract.Result }.SelectMany(AxisLabels.Parse).SelectMany(axis => axis).Select(term => term.Label).Distinct()];
        int[] sizes = [.. labels.Select(label => extents[label])];
        int[] left = Strides(labels, contract.Left, node.Operands[0]), right = Strides(labels, contract.Right, node.Operands[1]), result = Strides(labels, contract.Result, node);
        var value = new double[Length(node)];
        var at = new int[labels.Length];
        int a = 0, b = 0, y = 0;
        while (true)
        {
            value[y] += operands[0][a] * operands[1][b];
            int axis = labels.Length - 1;
            for (; axis >= 0; axis--)
            {
                (a, b, y) = (a + left[axis], b + right[axis], y + result[axis]);
                if (++at[axis] < sizes[axis])
                {
                    break;
                }

                (a, b, y) = (a - (left[axis] * sizes[axis]), b - (right[axis] * sizes[axis]), y - (result[axis] * sizes[axis]));
                at[axis] = 0;
            }

            if (axis < 0)
            {
                return value;
            }
        }
    }

    // How far a step of each label goes in an operand: an axis that is a sum of labels moves with each of them.
    private static int[] Strides(char[] labels, string own, Node node)
    {
        IReadOnlyList<IReadOnlyList<AxisTerm>> axes = AxisLabels.Parse(own);
        var strides = new int[labels.Length];
        for (int axis = axes.Count - 1, stride = 1; axis >= 0; axis--)
        {
            foreach (AxisTerm term in axes[axis])
            {
                strides[Array.IndexOf(labels, term.Label)] += term.Stride * stride;
            }

            stride *= axes[axis][0].Label == AxisLabels.Batch ? 1 : node.Shape[axis - (own[0] == AxisLabels.Batch ? 1 : 0)];
        }

        return strides;
    }
}
