using NetCompiler.Generators.Schedule.Nests;

namespace NetCompiler.Generators.Schedule.Templates;

/// <summary>Puts other references in the place of a statement's own.</summary>
internal static class Renaming
{
    public static Statement Apply(Statement statement, IReadOnlyDictionary<string, string> names)
    {
        Address At(Address address) => names.TryGetValue(address.Reference, out string? name) ? address with { Reference = name } : address;

        VectorExpression In(VectorExpression expression) => expression switch
        {
            Load load => load with { Address = At(load.Address) },
            Widen widen => widen with { Pairs = In(widen.Pairs) },
            Spread spread => spread with { Address = At(spread.Address) },
            MultiplyAdd product => new MultiplyAdd(In(product.Left), In(product.Right), In(product.Addend)),
            Apply apply => apply with { Operands = [.. apply.Operands.Select(In)] },
            Across across => across with { Operand = In(across.Operand) },
            Keep keep => keep with { Operand = In(keep.Operand) },
            _ => expression,
        };

        return statement switch
        {
            Let let => let with { Value = In(let.Value) },
            Set set => set with { Value = In(set.Value) },
            Store store => store with { Address = At(store.Address), Value = In(store.Value) },
            StoreOne store => store with { Address = At(store.Address), Value = In(store.Value) },
            LetReference reference => reference with { Address = At(reference.Address) },
            LetIndex index => index with { Address = At(index.Address) },
            Loop loop => loop with { Body = [.. loop.Body.Select(inner => Apply(inner, names))] },
            When condition => condition with { Body = [.. condition.Body.Select(inner => Apply(inner, names))] },
            WhenCount condition => condition with { Body = [.. condition.Body.Select(inner => Apply(inner, names))] },
            _ => statement,
        };
    }
}
