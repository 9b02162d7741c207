using NetCompiler.Generators.Schedule.Memory;
using NetCompiler.Generators.Schedule.Nests;

namespace NetCompiler.Generators.Schedule.Templates;

/// <summary>How a product reads vectors of a row of pairs: every pair once, then each half as a float.</summary>
internal static class NarrowLoads
{
    /// <summary>Loads the pairs of some columns of one panel, each named by the first of its elements.</summary>
    public static IEnumerable<Statement> Of(string name, IEnumerable<int> columns, Func<int, Address> at, Machine machine) =>
        columns.Select(column => column % NarrowPanels.Pairs).Distinct().Select(element => new Let(name + NumberText.Integer(element), new Load(at(element), machine.Lanes)));

    /// <summary>The vector that begins with a column, once its pairs are loaded.</summary>
    public static VectorExpression Read(string name, int column) => new Widen(new Name(name + NumberText.Integer(column % NarrowPanels.Pairs)), NarrowPanels.IsHigh(column));
}
