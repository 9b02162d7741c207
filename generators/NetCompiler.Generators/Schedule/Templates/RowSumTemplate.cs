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
        var targets = context.StoresOf(node).Select(store => (Reference: signature.Reference(store.Place, stem: "y"), store.IsGradient)).ToArray();
        string? accumulate = targets.Any(target => target.IsGradient) ? signature.Accumulate(context.StoresOf(node).Any(store => store.IsAddend)) : null;
        int columns = operand.Shape.Rank == 0 ? 1 : operand.Shape[-1], rows = (int)operand.Shape.Length / columns;
        if (operand.IsBatched && source.SampleStride != rows * source.RowStride && columns > 1)
        {
            throw new InvalidOperationException($"The rows of {operand} do not follow one another.");
        }

        string count = signature.Count("rows", rows, operand.IsBatched);
        List<Statement> body = columns == 1
            ? AlongSamples(context.Machine.Lanes, x, targets, accumulate, count)
            : AlongRows(context.Machine, x, source.RowStride, columns, targets, accumulate, count);
        var kernel = new Kernel(KernelNames.Of(group, "RowSum"), $"{node} = sum over rows of {operand}", signature.Parameters, body);
        return new KernelCall(kernel, signature.Arguments, group.Demand, group.IsBackward);
    }

    private static List<Statement> AlongSamples(int lanes, string x, (string Reference, bool IsGradient)[] targets, string? accumulate, string count)
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
        foreach ((string reference, bool isGradient) in targets)
        {
            if (isGradient)
            {
                body.Add(new When(accumulate!, [new Set("total", Sum(new Name("total"), new Spread(new Address(reference))))]));
            }

            body.Add(new StoreOne(new Address(reference), new Name("total")));
        }

        return body;
    }

    // Wide rows are a loop over blocks of columns, so that the method stays small.
    private static List<Statement> AlongRows(Machine machine, string x, int rowStride, int columns, (string Reference, bool IsGradient)[] targets, string? accumulate, string count)
    {
        int block = machine.Lanes * TilingPolicy.LatencyHidingSums, whole = columns / block, rest = columns % block;
        if (columns <= block)
        {
            return Columns(machine.Lanes, x, rowStride, columns, rowStride, targets, accumulate, count, "");
        }

        IEnumerable<Statement> moves = new[] { x }.Concat(targets.Select(target => target.Reference)).Distinct().Select(reference => new Advance(reference, block));
        List<Statement> body = [new Loop("block", whole, [.. Columns(machine.Lanes, x, rowStride, block, rowStride, targets, accumulate, count, "b"), .. moves])];
        if (rest > 0)
        {
            body.AddRange(Columns(machine.Lanes, x, rowStride, rest, rowStride - (whole * block), targets, accumulate, count, ""));
        }

        return body;
    }

    // The sums of some columns, behind which a row has room up to the given one.
    private static List<Statement> Columns(int lanes, string x, int rowStride, int columns, int room, (string Reference, bool IsGradient)[] targets, string? accumulate, string count, string suffix)
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
            foreach ((string reference, bool isGradient) in targets)
            {
                // A weight's row is padded to a whole vector, and the sums of padding are zero.
                var address = new Address(reference, chunk.Start);
                if (isGradient)
                {
                    body.Add(new When(accumulate!, [new Set(Named(chunk), Sum(new Name(Named(chunk)), new Load(address, lanes)))]));
                }

                body.Add(new Store(address, new Name(Named(chunk)), lanes));
            }
        }

        return body;
    }

    private static Apply Sum(VectorExpression a, VectorExpression b) => new(Elementwise.Add.Value, [a, b]);
}
