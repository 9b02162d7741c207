using NetCompiler.Generators.Graph;
using NetCompiler.Generators.Ops;
using NetCompiler.Generators.Schedule.Memory;
using NetCompiler.Generators.Schedule.Nests;

namespace NetCompiler.Generators.Schedule.Templates;

/// <summary>
/// A contraction as three loops over single values: for every row and column of the result, the sum over the third axis. Always correct and
/// slow: what every other template of the same node is tested against.
/// </summary>
internal static class PlainContractionTemplate
{
    public static KernelCall Build(ScheduleContext context, KernelGroup group)
    {
        Node node = group.Anchor, left = node.Operands[0], right = node.Operands[1];
        StoragePlan storage = context.Storage;
        var signature = new KernelSignature();
        Place a = storage.PlaceOf(left), b = storage.PlaceOf(right);
        ContractionForm form = ContractionForms.Match(node);
        string x = signature.Reference(a), y = signature.Own(b);
        (Place Place, bool IsGradient, bool IsAddend) target = context.StoresOf(node).Single();
        string z = signature.Reference(target.Place, stem: "y");
        int leftRow = TileTemplate.RowStep(left, a);
        if (form == ContractionForm.WeightGradient)
        {
            string accumulate = signature.Accumulate(target.IsAddend), rows = signature.Count("rows", (int)left.Shape.Length / left.Shape[-1], perSample: true);
            WeightPacking packing = right.Shape[-1] <= TilingPolicy.MostColumns ? WeightPacking.Columns : WeightPacking.Panels;
            return Finish(group, signature, WeightGradient(x, leftRow, y, TileTemplate.RowStep(right, b), z,
                [.. Panels(packing, left.Shape[-1], right.Shape[-1])], left.Shape[-1], accumulate, rows));
        }

        Panel[] panels = [.. Panels(storage.PackingOf(right), right.Shape[0], right.Shape[1])];
        int outRow = node.Shape[-1] == 1 ? 1 : Space.Of(node).Rows == 1 ? target.Place.SampleStride : target.Place.RowStride;
        List<Statement> row = form == ContractionForm.Forward ? ForwardRow(x, y, z, left.Shape[-1], panels) : InputGradientRow(x, y, z, node.Shape[-1], panels);
        int padding = outRow > 1 && target.Place.RowStride % TilingPolicy.RowAlignment == 0 ? target.Place.RowStride - node.Shape[-1] : 0;
        if (padding > 0)
        {
            row.AddRange([new LetReference("zp", new Address(z, node.Shape[-1])), new Loop("padding", padding, [new StoreOne(new Address("zp"), new Number(0)), new Advance("zp", 1)])]);
        }

        row.AddRange([new Advance(x, leftRow), new Advance(z, outRow)]);
        string count = signature.Count("rows", (int)left.Shape.Length / left.Shape[-1], left.IsBatched);
        return Finish(group, signature, [new Loop("row", count, row)]);
    }

    // y[n] = sum over k of x[k] W[k, n]
    private static List<Statement> ForwardRow(string x, string w, string z, int rows, Panel[] panels) =>
    [
        .. panels.SelectMany((panel, p) => new Statement[]
        {
            new LetReference($"w{p}", new Address(w, panel.Offset)),
            new LetReference($"z{p}", new Address(z, panel.Column)),
            new Loop($"n{p}", panel.Columns,
            [
                new Let("sum", new Number(0)),
                .. Dot("sum", x, 1, $"w{p}", panel.RowStride, rows),
                new StoreOne(new Address($"z{p}"), new Name("sum")),
                new Advance($"w{p}", 1),
                new Advance($"z{p}", 1),
            ]),
        }),
    ];

    // dx[k] = sum over n of dy[n] W[k, n]
    private static List<Statement> InputGradientRow(string g, string w, string z, int rows, Panel[] panels) =>
    [
        .. panels.Select((panel, p) => new LetReference($"w{p}", new Address(w, panel.Offset))),
        new LetReference("zk", new Address(z)),
        new Loop("k", rows,
        [
            new Let("sum", new Number(0)),
            .. panels.SelectMany((panel, p) => new Statement[]
            {
                new LetReference($"g{p}", new Address(g, panel.Column)),
                new Loop($"once{p}", 1, [.. Dot("sum", $"g{p}", 1, $"w{p}", 1, panel.Columns)]),
                new Advance($"w{p}", panel.RowStride),
            }),
            new StoreOne(new Address("zk"), new Name("sum")),
            new Advance("zk", 1),
        ]),
    ];

    // dW[k, n] = sum over r of x[r, k] dy[r, n]
    private static List<Statement> WeightGradient(string x, int xRow, string g, int gRow, string y, Panel[] panels, int rows, string accumulate, string samples) =>
    [
        .. panels.SelectMany((panel, p) => new Statement[]
        {
            new LetReference($"d{p}", new Address(y, panel.Offset)),
            new LetReference($"x{p}k", new Address(x)),
            new Loop($"k{p}", rows,
            [
                new LetReference("dn", new Address($"d{p}")),
                new LetReference("gn", new Address(g, panel.Column)),
                new Loop("n", panel.Columns,
                [
                    new Let("sum", new Number(0)),
                    .. Dot("sum", $"x{p}k", xRow, "gn", gRow, samples),
                    new When(accumulate, [new Set("sum", new Apply(Elementwise.Add.Value, [new Name("sum"), new Spread(new Address("dn"))]))]),
                    new StoreOne(new Address("dn"), new Name("sum")),
                    new Advance("dn", 1),
                    new Advance("gn", 1),
                ]),
                new Advance($"x{p}k", 1),
                new Advance($"d{p}", panel.RowStride),
            ]),
        }),
    ];

    private static IEnumerable<Statement> Dot(string sum, string a, int aStep, string b, int bStep, Extent count) =>
    [
        new LetReference("ai", new Address(a)),
        new LetReference("bi", new Address(b)),
        new Loop("i", count,
        [
            new Set(sum, new MultiplyAdd(new Spread(new Address("ai")), new Spread(new Address("bi")), new Name(sum))),
            new Advance("ai", aStep),
            new Advance("bi", bStep),
        ]),
    ];

    private static KernelCall Finish(KernelGroup group, KernelSignature signature, List<Statement> body)
    {
        string formula = $"{group.Anchor} = {group.Anchor.Operation.Name}({string.Join(", ", group.Anchor.Operands)}), plainly";
        return new KernelCall(new Kernel(KernelNames.Of(group, "Plain"), formula, signature.Parameters, body), signature.Arguments, group.Demand, group.IsBackward);
    }

    private static IEnumerable<Panel> Panels(WeightPacking packing, int rows, int columns)
    {
        if (packing == WeightPacking.Columns)
        {
            return Enumerable.Range(0, columns).Select(column => new Panel(column, 1, column * TilingPolicy.Align(rows), 1));
        }

        return Enumerable.Range(0, (columns + TilingPolicy.PanelWidth - 1) / TilingPolicy.PanelWidth).Select(index => index * TilingPolicy.PanelWidth).Select(first =>
            new Panel(first, Math.Min(TilingPolicy.PanelWidth, columns - first), first * rows, Math.Min(TilingPolicy.PanelWidth, TilingPolicy.Align(columns) - first)));
    }

    /// <summary>Neighbouring columns of a packed weight.</summary>
    private sealed record Panel(int Column, int Columns, int Offset, int RowStride);
}
