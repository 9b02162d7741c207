using NetCompiler.Generators.Graph;
using NetCompiler.Generators.Ops;

namespace NetCompiler.Generators.Tests.Graph;

/// <summary>Shapes follow their rules, equal nodes are one, graphs print, and broken graphs are found.</summary>
public class GraphTests
{
    private readonly GraphBuilder _builder = new();

    [Theory]
    [InlineData("3", "3", "3")]
    [InlineData("2,3", "3", "2,3")]
    [InlineData("2,3", "2,1", "2,3")]
    [InlineData("4", "", "4")]
    [InlineData("1", "5,7", "5,7")]
    [InlineData("5,1", "1,7", "5,7")]
    public void ElementwiseShapes_AreRepeatedFromTheLastAxis(string a, string b, string expected)
    {
        Node sum = _builder.Add(Feature(0, ShapeOf(a)), Parameter(0, ShapeOf(b)));
        Assert.Equal(ShapeOf(expected), sum.Shape);
        Assert.True(sum.IsBatched);
    }

    [Fact]
    public void ElementwiseShapesThatDoNotFit_AreRefusedWithBoth()
    {
        var exception = Assert.Throws<InvalidOperationException>(() => _builder.Add(Feature(0, new Shape(3)), Parameter(0, new Shape(4))));
        Assert.Equal("add does not take batch x (3) and (4).", exception.Message);
    }

    [Fact]
    public void ReductionsAndProducts_HaveTheShapesOfTheirLabels()
    {
        Node x = Feature(0, new Shape(5, 3));
        Node y = _builder.Contract("btk", "kn", "btn", x, Parameter(0, new Shape(3, 4)));
        Assert.Equal((new Shape(5, 4), true), (y.Shape, y.IsBatched));
        Node gradient = _builder.Contract("btk", "btn", "kn", x, y);
        Assert.Equal((new Shape(3, 4), false), (gradient.Shape, gradient.IsBatched));
        Assert.Equal(new Shape(5, 1), _builder.Reduce(ReduceKind.Sum, ReduceExtent.LastAxis, y).Shape);
        Node rows = _builder.SumRows(y);
        Assert.Equal((new Shape(4), false), (rows.Shape, rows.IsBatched));
        Assert.Equal((new Shape(1), true), (_builder.SumSample(y).Shape, _builder.SumSample(y).IsBatched));
        Assert.Throws<InvalidOperationException>(() => _builder.Contract("bk", "kn", "bn", x, Parameter(0, new Shape(3, 4))));
        Assert.Throws<InvalidOperationException>(() => _builder.Reshape(x, new Shape(16)));
    }

    [Fact]
    public void ReductionOverOneValue_IsThatValue()
    {
        Node x = Feature(0, new Shape(5, 1));
        Assert.Same(x, _builder.Reduce(ReduceKind.Max, ReduceExtent.LastAxis, x));
    }

    [Fact]
    public void EqualNodes_AreOne()
    {
        Node x = Feature(0, new Shape(3)), w = Parameter(0, new Shape(3));
        Assert.Same(_builder.Multiply(x, w), _builder.Multiply(x, w));
        Assert.Same(_builder.Constant(2), _builder.Constant(2));
        Assert.Same(_builder.Apply(Elementwise.Elu(0.5), x), _builder.Apply(Elementwise.Elu(0.5), x));
        Assert.NotSame(_builder.Apply(Elementwise.Elu(0.5), x), _builder.Apply(Elementwise.Elu(0.25), x));
        Assert.NotSame(_builder.Multiply(x, w), _builder.Multiply(w, x));
    }

    [Fact]
    public void Graph_PrintsALinePerNode()
    {
        _builder.Origin = "dense1";
        Node y = _builder.Add(_builder.Contract("bk", "kn", "bn", Feature(0, new Shape(2)), Parameter(0, new Shape(2, 3))), Parameter(1, new Shape(3)));
        var graph = new NetworkGraph(_builder.Nodes, [new GraphResult(ResultRole.Output, 0, y)]);
        Assert.Equal(
            """
            %0 = Feature[0] : batch x (2)    // dense1
            %1 = Parameter[0] : (2, 3)    // dense1
            %2 = contract(bk,kn->bn) %0, %1 : batch x (3)    // dense1
            %3 = Parameter[1] : (3)    // dense1
            %4 = add %2, %3 : batch x (3)    // dense1
            Output[0] = %4

            """,
            GraphPrinter.Print(graph));
        Assert.Same(graph, GraphVerifier.Verify(graph, "test"));
    }

    [Fact]
    public void Verifier_FindsAnOperandThatComesLater()
    {
        Node x = Feature(0, new Shape(2)), y = _builder.Apply(Elementwise.Exp, x);
        Refused("After test, %1 reads %0, which does not come before it.", new NetworkGraph([y, x], []));
    }

    [Fact]
    public void Verifier_FindsAShapeThatIsNotItsRules()
    {
        Node x = Feature(0, new Shape(2)), y = new(1, new ElementwiseNodeOperation(Elementwise.Exp), [x], new Shape(3), true, "");
        Refused("After test, %1 = exp has the shape (3), but its rule gives (2).", new NetworkGraph([x, y], []));
    }

    [Fact]
    public void Verifier_FindsAWrongNumberOfOperands()
    {
        Node x = Feature(0, new Shape(2)), y = new(1, new ElementwiseNodeOperation(Elementwise.Exp), [x, x], new Shape(2), true, "");
        Refused("After test, %1 = exp has 2 operands.", new NetworkGraph([x, y], []));
    }

    [Fact]
    public void Verifier_FindsAResultThatIsLost()
    {
        Node x = Feature(0, new Shape(2)), y = _builder.Apply(Elementwise.Exp, x);
        Refused("After test, the result Output[0] is no node of the graph.", new NetworkGraph([x], [new GraphResult(ResultRole.Output, 0, y)]));
    }

    private static void Refused(string message, NetworkGraph graph) =>
        Assert.Equal(message, Assert.Throws<InvalidOperationException>(() => GraphVerifier.Verify(graph, "test")).Message);

    private static Shape ShapeOf(string sizes) => new([.. sizes.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(size => int.Parse(size, System.Globalization.CultureInfo.InvariantCulture))]);

    private Node Feature(int index, Shape shape) => _builder.Input(InputRole.Feature, index, shape, isBatched: true);

    private Node Parameter(int index, Shape shape) => _builder.Input(InputRole.Parameter, index, shape, isBatched: false);
}
