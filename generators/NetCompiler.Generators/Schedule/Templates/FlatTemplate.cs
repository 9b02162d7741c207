using NetCompiler.Generators.Graph;
using NetCompiler.Generators.Ops;
using NetCompiler.Generators.Schedule.Memory;
using NetCompiler.Generators.Schedule.Nests;

namespace NetCompiler.Generators.Schedule.Templates;

/// <summary>Elementwise functions of one weight in the weight's own layout, padding included (it is zero and stays so), and sums over all of it.</summary>
internal static class FlatTemplate
{
    public static KernelCall Build(ScheduleContext context, KernelGroup group)
    {
        var signature = new KernelSignature();
        int lanes = context.Machine.Lanes;
        Node weight = group.Members.Select(member => context.Facts.WeightOf(member) ?? context.Facts.WeightOf(member.Operands[0])).First(found => found is not null)!;
        string w = signature.Reference(context.Storage.PlaceOf(weight));
        var moved = new List<string> { w };
        List<Statement> before = [], loop = [], after = [];
        foreach (Node node in group.Members)
        {
            string name = $"v{group.Members.IndexOf(node)}";
            if (node.Operation is ReduceOperation)
            {
                before.Add(new Let(name, new Number(0)));
                loop.Add(new Set(name, Sum(new Name(name), Read(context, group, signature, node.Operands[0], weight, w))));
                after.Add(new Let(name + "t", new Across(IsMaximum: false, new Name(name))));
                after.AddRange(context.StoresOf(node).Select(store => new StoreOne(new Address(signature.Reference(store.Place, stem: "y")), new Name(name + "t"))));
                continue;
            }

            var function = (ElementwiseNodeOperation)node.Operation;
            loop.Add(new Let(name, new Apply(function.Function.Value, [.. node.Operands.Select(operand => Read(context, group, signature, operand, weight, w))])));
            foreach ((Place place, bool isGradient, bool isAddend) in context.StoresOf(node))
            {
                var address = new Address(signature.Reference(place, stem: "y"));
                moved.Add(address.Reference);
                string stored = name;
                if (isGradient)
                {
                    // Others read the value itself.
                    stored = $"{name}_{address.Reference}";
                    loop.AddRange(Accumulation.Of(stored, new Name(name), signature.Accumulate(isAddend), new Load(address, lanes)));
                }

                loop.Add(new Store(address, new Name(stored), lanes));
            }
        }

        loop.AddRange(moved.Distinct().Select(reference => new Advance(reference, lanes)));
        int length = context.Storage.WeightOf(weight).PhysicalLength;
        string formula = string.Join("; ", group.Members.Select(node => $"{node} = {node.Operation.Name}({string.Join(", ", node.Operands)})"));
        var kernel = new Kernel(KernelNames.Of(group, "Weights"), formula, signature.Parameters, [.. before, new Loop("block", length / lanes, loop), .. after]);
        return new KernelCall(kernel, signature.Arguments, group.Demand, group.IsBackward);
    }

    private static VectorExpression Read(ScheduleContext context, KernelGroup group, KernelSignature signature, Node operand, Node weight, string reference)
    {
        Node source = NodeFacts.Strip(operand);
        return group.Members.Contains(source) ? new Name($"v{group.Members.IndexOf(source)}")
            : source == weight ? new Load(new Address(reference), context.Machine.Lanes)
            : source.Operation is ConstantOperation constant ? new Number(constant.Value)
            : source.Operation is InputOperation { Role: InputRole.Setting } setting ? new SpreadParameter(signature.Number(setting.Index, isBatchCount: false))
            : source.Shape.Length == 1 ? new Spread(new Address(signature.Reference(context.Storage.PlaceOf(operand))))
            : throw new InvalidOperationException($"{source} does not lie as {weight} does.");
    }

    private static Apply Sum(VectorExpression a, VectorExpression b) => new(Elementwise.Add.Value, [a, b]);
}
