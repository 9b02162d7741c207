using NetCompiler.Generators.Graph;
using NetCompiler.Generators.Ops;
using NetCompiler.Generators.Passes;
using NetCompiler.Generators.Tests.Graph;

namespace NetCompiler.Generators.Tests.Passes;

/// <summary>Which derived tables are computed row by row, and what one row is.</summary>
public class TableRowsTests
{
    private readonly GraphBuilder _builder = new();

    [Fact]
    public void TableTimesMatrixPlusBias_IsComputedByRow()
    {
        HoistedGraph hoisted = Hoist(_builder.Gather(Mapped(), Tokens(3)));
        Assert.Null(hoisted.Preparation);
        TableByRow rows = Assert.Single(hoisted.Rows);
        Assert.Equal((0, 0), (rows.Derived, rows.Table));
        Assert.Equal([3], rows.Inputs);
        Assert.Equal(
            """
            %0 = Parameter[2] : (7)
            %1 = Parameter[1] : (5, 7)
            %2 = Feature[0] : batch x (5)
            %3 = contract(bk,kn->bn) %2, %1 : batch x (7)
            %4 = add %3, %0 : batch x (7)
            Output[0] = %4

            """,
            GraphPrinter.Print(rows.Row));
    }

    [Fact]
    public void TwoInputsOfOneTable_AreBothKnown()
    {
        Node table = Mapped();
        HoistedGraph hoisted = Hoist(_builder.Gather(table, Tokens(1)), _builder.Gather(table, _builder.Slice(Tokens(0), 0, 1, 2)));
        Assert.Equal([0, 1], Assert.Single(hoisted.Rows).Inputs);
    }

    [Fact]
    public void TableThatIsReadOtherwise_IsComputedWhole()
    {
        Node table = Mapped();
        Assert.Empty(Hoist(_builder.Gather(table, Tokens(0)), table).Rows);
        Assert.Empty(Hoist(_builder.Gather(table, Tokens(0)), _builder.Reduce(ReduceKind.Sum, ReduceExtent.LastAxis, table)).Rows);
        Assert.Empty(HoistWeights.Run(Asked(_builder.Gather(table, Tokens(0))), _ => false).Rows);
        Assert.Empty(HoistWeights.Run(Asked(_builder.Gather(table, Tokens(0)))).Rows);
    }

    [Fact]
    public void RowThatNeedsMoreThanItsOwnWeights_IsComputedWhole()
    {
        Node scaled = _builder.Multiply(_builder.Input(InputRole.Parameter, 1, new Shape(5, 7), isBatched: false), _builder.Constant(2));
        HoistedGraph hoisted = Hoist(_builder.Gather(_builder.Contract("vk", "kn", "vn", Table(), scaled), Tokens(0)));
        Assert.Empty(hoisted.Rows);
        Assert.NotNull(hoisted.Preparation);
    }

    [Fact]
    public void OtherDerivedValues_StayInThePreparation()
    {
        Node factor = _builder.Apply(Elementwise.Exp, _builder.Input(InputRole.Parameter, 3, new Shape(7), isBatched: false));
        HoistedGraph hoisted = Hoist(_builder.Multiply(_builder.Gather(Mapped(), Tokens(0)), factor));
        TableByRow rows = Assert.Single(hoisted.Rows);
        Assert.Equal(2, hoisted.Derived.Count);
        Assert.Equal(1 - rows.Derived, Assert.Single(hoisted.Preparation!.Results).Index);
    }

    private Node Table() => _builder.Input(InputRole.Parameter, 0, new Shape(40, 5), isBatched: false);

    private Node Mapped() => _builder.Add(
        _builder.Contract("vk", "kn", "vn", Table(), _builder.Input(InputRole.Parameter, 1, new Shape(5, 7), isBatched: false)),
        _builder.Input(InputRole.Parameter, 2, new Shape(7), isBatched: false));

    private Node Tokens(int input) => _builder.Input(InputRole.Tokens, input, new Shape(6), isBatched: true);

    private HoistedGraph Hoist(params Node[] outputs) => HoistWeights.Run(Asked(outputs), _ => true);

    private NetworkGraph Asked(params Node[] outputs) => new(_builder.Nodes, [.. outputs.Select((node, i) => new GraphResult(ResultRole.Output, i, node))]);
}
