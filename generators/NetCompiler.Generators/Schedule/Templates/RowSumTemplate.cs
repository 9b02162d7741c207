using NetCompiler.Generators.Graph;
using NetCompiler.Generators.Ops;
using NetCompiler.Generators.Schedule.Memory;
using NetCompiler.Generators.Schedule.Nests;

namespace NetCompiler.Generators.Schedule.Templates;

/// <summary>y[n] = sum over all rows of x[r, n], from the first row to the last, so that the order of the sum never depends on who computes it.</summary>
internal static class RowSumTemplate
{
    public static KernelCall Build(ScheduleContext context, KernelGroup group)
    {
        Node node = group.Anchor, operand = node.Operands[0];
        var signature = new KernelSignature();
        Place source = context.Storage.PlaceOf(operand);
        string x = signature.Reference(source);
        Target[] targets = [.. context.StoresOf(node).Select(store => new Target(signature.Reference(store.Place, stem: "y"), store.IsGradient ? signature.Accumulate(store.IsAddend) : null))];
        int columns = operand.Shape.Rank == 0 ? 1 : operand.Shape[-1], rows = (int)operand.Shape.Length / columns;
        if (operand.IsBatched && source.SampleStride != rows * source.RowStride && columns > 1)
        {
            throw new InvalidOperationException($"The rows of {operand} do not follow one another.");
        }

        string count = signature.Count("rows", rows, operand.IsBatched);
        List<Statement> body = columns == 1
            ? AlongSamples(context.Machine.Lanes, x, targets, count)
            : AlongRows(context.Machine, x, source.RowStride, columns, targets, count);
        var kernel = new Kernel(KernelNames.Of(group, "RowSum"), $"{node} = sum over rows of {operand}", signature.Parameters, body);
        return new KernelCall(kernel, signature.Arguments, group.Demand, group.IsBackward);
    }

    private static List<Statement> AlongSamples(int lanes, string x, Target[] targets, string count)
    {
        var sum = new Name("sum");
        List<Statement> body =
        [
            new Let("sum", new Number(0)),
            new LetCount("whole", count, lanes, IsRemainder: false),
            new LetCount("rest", count, lanes, IsRemainder: true),
            new Loop("block", "whole", [new Set("sum", Sum(sum, new Load(new Address(x), lanes))), new Advance(x, lanes)]),
            new WhenCount("rest", [new Set("sum", Sum(sum, new Load(new Address(x), "rest")))]),
            new Let("total", new Across(IsMaximum: false, sum)),
        ];
        foreach (Target target in targets)
        {
            var address = new Address(target.Reference);
            body.AddRange(Added("total", target, new Spread(address), targets.Length, out string total));
            body.Add(new StoreOne(address, new Name(total)));
        }

        return body;
    }

    // Wide rows are a loop over blocks of columns, so that the method stays small.
    private static List<Statement> AlongRows(Machine machine, string x, int rowStride, int columns, Target[] targets, string count)
    {
        int block = machine.Lanes * TilingPolicy.LatencyHidingSums, whole = columns / block, rest = columns % block;
        if (columns <= block)
        {
            return Columns(machine.Lanes, x, rowStride, columns, rowStride, targets, count, "");
        }

        IEnumerable<Statement> moves = new[] { x }.Concat(targets.Select(target => target.Reference)).Distinct().Select(reference => new Advance(reference, block));
        List<Statement> body = [new Loop("block", whole, [.. Columns(machine.Lanes, x, rowStride, block, rowStride, targets, count, "b"), .. moves])];
        if (rest > 0)
        {
            body.AddRange(Columns(machine.Lanes, x, rowStride, rest, rowStride - (whole * block), targets, count, ""));
        }

        return body;
    }

    // The sums of some columns, behind which a row has room up to the given one.
    private static List<Statement> Columns(int lanes, string x, int rowStride, int columns, int room, Target[] targets, string count, string suffix)
    {
        Chunk[] chunks = [.. Chunk.Unrolled(columns, lanes)];
        string row = "row" + suffix;
        string Named(Chunk chunk) => $"sum{suffix}{chunk.Start}";
        List<Statement> body = [.. chunks.Select(chunk => new Let(Named(chunk), new Number(0))), new LetReference(row, new Address(x))];
        body.Add(new Loop("r" + suffix, count,
        [
            .. chunks.Select(chunk => new Set(Named(chunk), Sum(new Name(Named(chunk)), new Load(new Address(row, chunk.Start), room >= chunk.Start + lanes ? lanes : chunk.Lanes)))),
            new Advance(row, rowStride),
        ]));
        foreach (Chunk chunk in chunks)
        {
            foreach (Target target in targets)
            {
                // A weight's row is padded to a whole vector, and the sums of padding are zero.
                var address = new Address(target.Reference, chunk.Start);
                body.AddRange(Added(Named(chunk), target, new Load(address, lanes), targets.Length, out string sum));
                body.Add(new Store(address, new Name(sum), lanes));
            }
        }

        return body;
    }

    // Added to what is there; a sum that several gradients are stays what it is for the next one.
    private static IEnumerable<Statement> Added(string sum, Target target, VectorExpression there, int targets, out string total)
    {
        total = sum;
        if (target.Accumulate is null)
        {
            return [];
        }

        total = targets == 1 ? sum : $"{sum}_{target.Reference}";
        return targets == 1 ? [Accumulation.Into(sum, target.Accumulate, there)] : Accumulation.Of(total, new Name(sum), target.Accumulate, there);
    }

    private static Apply Sum(VectorExpression a, VectorExpression b) => new(Elementwise.Add.Value, [a, b]);

    /// <summary>A place that the sums go to.</summary>
    /// <param name="Reference">The kernel's parameter.</param>
    /// <param name="Accumulate">The flag that says whether they are added to what is there, or null.</param>
    private sealed record Target(string Reference, string? Accumulate);
}
