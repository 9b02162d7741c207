using NetCompiler.Generators.Graph;
using NetCompiler.Generators.Schedule.Memory;

namespace NetCompiler.Generators.Schedule.Templates;

/// <summary>
/// Products of integers are calls of the runtime: their loops are long, and the instructions that they need are chosen where they run, which no vector width tells.
/// </summary>
internal static class Int8Calls
{
    /// <summary>Rows, rounded; wherever they are read.</summary>
    public static IEnumerable<ProgramCall> RoundRows(ScheduleContext context, KernelGroup group)
    {
        Node rows = group.Anchor.Operands[0];
        Place source = context.Storage.PlaceOf(rows), range = context.Storage.RangeOf(((RoundRowsOperation)group.Anchor.Operation).Weight);
        return context.StoresOf(group.Anchor).Select(store => new RoundRowsCall(source, TileTemplate.RowStep(rows, source), group.Space.Rows, group.Space.Columns,
            store.Place, TileTemplate.RowStep(group.Anchor, store.Place), range, group.Demand, group.IsBackward));
    }

    /// <summary>Rounded rows times a rounded matrix. Between rows of our own lies padding, which other kernels read as they read values.</summary>
    public static IEnumerable<ProgramCall> Multiply(ScheduleContext context, KernelGroup group)
    {
        Node product = group.Anchor, rows = product.Operands[0];
        Place left = context.Storage.PlaceOf(rows), right = context.Storage.PlaceOf(product.Operands[1]);
        int columns = group.Space.Columns;
        return context.StoresOf(product).Select(store => new Int8ProductCall(left, TileTemplate.RowStep(rows, left), group.Space.Rows, rows.Shape[-1], right,
            store.Place, TileTemplate.RowStep(product, store.Place), store.Place is { Arena: Arena.Batched, IsPart: false } ? TilingPolicy.Align(columns) : columns, group.Demand, group.IsBackward));
    }
}
