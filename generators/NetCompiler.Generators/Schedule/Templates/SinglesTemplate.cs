using NetCompiler.Generators.Graph;
using NetCompiler.Generators.Schedule.Nests;

namespace NetCompiler.Generators.Schedule.Templates;

/// <summary>One value per sample: the lanes run along the samples. Without samples, or with one, a single lane.</summary>
internal static class SinglesTemplate
{
    public static KernelCall Build(ScheduleContext context, KernelGroup group)
    {
        var signature = new KernelSignature();
        var reader = new MemberReader(context, group, signature);
        int lanes = context.Machine.Lanes;
        List<Statement> body = [];
        if (!group.Space.IsBatched || context.IsSingleSample)
        {
            AddMembers(body, reader, group, new Chunk(0, null, 1, lanes, 1), isSingle: true);
        }
        else
        {
            string samples = signature.Count("samples", 1, perSample: true);
            body.Add(new LetCount("whole", samples, lanes, IsRemainder: false));
            body.Add(new LetCount("rest", samples, lanes, IsRemainder: true));
            List<Statement> loop = [];
            AddMembers(loop, reader, group, new Chunk(0, null, lanes, lanes, lanes), isSingle: false);
            loop.AddRange(reader.References.Where(reference => reference.Value.SampleStep != 0).Select(reference => new Advance(reference.Key, lanes)));
            body.Add(new Loop("block", "whole", loop));
            List<Statement> tail = [];
            AddMembers(tail, reader, group, new Chunk(0, null, "rest", lanes, lanes), isSingle: false);
            body.Add(new WhenCount("rest", tail));
        }

        string formula = string.Join("; ", group.Members.Select(node => $"{node} = {node.Operation.Name}({string.Join(", ", node.Operands)})"));
        var kernel = new Kernel(KernelNames.Of(group, "Values"), formula, signature.Parameters, body);
        return new KernelCall(kernel, signature.Arguments, group.Demand, group.IsBackward);
    }

    private static void AddMembers(List<Statement> statements, MemberReader reader, KernelGroup group, Chunk chunk, bool isSingle)
    {
        foreach (Node node in group.Members)
        {
            string name = $"v{reader.IndexOf(node)}";
            statements.Add(new Let(name, ReadAlongSamples(reader, node, chunk)));
            statements.AddRange(isSingle ? reader.StoresOfRowValue(node, new Name(name)) : reader.Stores(node, new Name(name), chunk));
        }
    }

    private static VectorExpression ReadAlongSamples(MemberReader reader, Node node, Chunk chunk)
    {
        Func<Node, VectorExpression?> register = source => new Name($"v{reader.IndexOf(source)}");
        VectorExpression value = node.Operation is ReduceOperation
            ? reader.Read(node.Operands[0], chunk, register) // over an axis of one value
            : reader.Compute(node, chunk, register);
        return value;
    }
}
