using NetCompiler.Generators.Graph;
using NetCompiler.Generators.Ops;
using NetCompiler.Generators.Schedule.Memory;
using NetCompiler.Generators.Schedule.Nests;

namespace NetCompiler.Generators.Schedule.Templates;

/// <summary>y[r] = sum over k of x[r, k] w[k], the lanes along k: for layers of one output.</summary>
internal static class DotTemplate
{
    private const int MostSums = 4;

    public static KernelCall Build(ScheduleContext context, KernelGroup group)
    {
        Node x = group.Anchor.Operands[0];
        var signature = new KernelSignature();
        Place place = context.Storage.PlaceOf(x);
        string a = signature.Own(place), b = signature.Own(context.Storage.PlaceOf(group.Anchor.Operands[1]));
        int lanes = context.Machine.Lanes, reduction = x.Shape[-1], rows = (int)x.Shape.Length / reduction, step = TileTemplate.RowStep(x, place);
        bool isOneRow = context.IsSingleSample && rows == 1;
        Chunk[] chunks = [.. Chunk.Unrolled(reduction, lanes)];
        int sums = Math.Min(MostSums, chunks.Length);
        List<Statement> body = [];

        VectorExpression X(Chunk chunk, string reference)
        {
            bool isPadded = !place.IsPart && place.RowStride % TilingPolicy.RowAlignment == 0 && place.RowStride >= chunk.Start + lanes;
            return new Load(chunk.At(reference), chunk.IsWhole || isPadded ? lanes : chunk.Lanes);
        }

        // Short rows are written out; of long ones the whole vectors are a loop over several sums.
        int looped = chunks.Length > 4 * MostSums ? reduction / (lanes * MostSums) : 0;
        for (int sum = 0; sum < sums; sum++)
        {
            body.Add(new Let($"c{sum}", looped > 0 ? new Number(0) : Product(X(chunks[sum], a), chunks[sum], b, lanes)));
        }

        int first = looped > 0 ? looped * MostSums : sums;
        if (looped > 0)
        {
            body.AddRange([new LetReference("ak", new Address(a)), new LetReference("bk", new Address(b))]);
            body.Add(new Loop("k", looped,
            [
                .. Enumerable.Range(0, MostSums).Select(sum => new Set($"c{sum}", new MultiplyAdd(new Load(new Address("ak", sum * lanes), lanes), new Load(new Address("bk", sum * lanes), lanes), new Name($"c{sum}")))),
                new Advance("ak", MostSums * lanes), new Advance("bk", MostSums * lanes),
            ]));
        }

        for (int index = first; index < chunks.Length; index++)
        {
            string sum = $"c{index % sums}";
            body.Add(new Set(sum, new MultiplyAdd(X(chunks[index], a), new Load(chunks[index].At(b), lanes), new Name(sum))));
        }

        for (int sum = 1; sum < sums; sum++)
        {
            body.Add(new Set("c0", new Apply(Elementwise.Add.Value, [new Name("c0"), new Name($"c{sum}")])));
        }

        body.Add(new Let("y", new Across(IsMaximum: false, new Name("c0"))));
        if (isOneRow)
        {
            body.AddRange(Finish(context, group, signature));
        }
        else
        {
            var moved = new List<(string Reference, int Step)> { (a, step) };
            foreach ((Place target, _, _) in context.StoresOf(group.Anchor))
            {
                string reference = signature.Reference(target, stem: "y");
                body.Add(new StoreOne(new Address(reference), new Name("y")));
                moved.Add((reference, 1));
            }

            body.AddRange(moved.Select(move => new Advance(move.Reference, move.Step)));
            body = [new Loop("row", signature.Count("rows", rows, x.IsBatched), body)];
        }

        string formula = string.Join("; ", group.Members.Select(node => $"{node} = {node.Operation.Name}({string.Join(", ", node.Operands)})"));
        return new KernelCall(new Kernel(KernelNames.Of(group, "Dot"), formula, signature.Parameters, body), signature.Arguments, group.Demand, group.IsBackward);
    }

    // With one sample, what follows the sum stays in its register.
    private static IEnumerable<Statement> Finish(ScheduleContext context, KernelGroup group, KernelSignature signature)
    {
        var reader = new MemberReader(context, group, signature);
        var one = new Chunk(0, null, 1, context.Machine.Lanes, 1);
        Name Register(Node node) => new(node == group.Anchor ? "y" : $"v{reader.IndexOf(node)}");
        foreach (Node node in group.Members)
        {
            if (node != group.Anchor)
            {
                yield return new Let(Register(node).Text, reader.Compute(node, one, Register));
            }

            foreach (Statement store in reader.StoresOfRowValue(node, Register(node)))
            {
                yield return store;
            }
        }
    }

    private static Apply Product(VectorExpression x, Chunk chunk, string b, int lanes) =>
        new(Elementwise.Multiply.Value, [x, new Load(chunk.At(b), lanes)]);
}
