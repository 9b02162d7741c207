using System.Globalization;

namespace NetCompiler.Generators.Schedule.Nests;

/// <summary>Kernels as text that belongs to no target, for explanations and tests.</summary>
internal static class NestPrinter
{
    /// <summary>The kernel and, behind it, the kernels that it calls, each once.</summary>
    public static string Print(Kernel kernel)
    {
        var lines = new List<string>();
        var waiting = new Queue<Kernel>([kernel]);
        var seen = new HashSet<Kernel>([kernel]);
        while (waiting.Count > 0)
        {
            Kernel next = waiting.Dequeue();
            lines.Add($"{next.Name}({string.Join(", ", next.Parameters.Select(parameter => parameter.Name))}): {next.Formula}");
            Print(next.Body, "  ", lines, called =>
            {
                if (seen.Add(called))
                {
                    waiting.Enqueue(called);
                }
            });
        }

        return string.Join("\n", lines);
    }

    private static void Print(IReadOnlyList<Statement> statements, string indentation, List<string> lines, Action<Kernel> called)
    {
        foreach (Statement statement in statements)
        {
            lines.Add(indentation + Line(statement));
            IReadOnlyList<Statement> body = statement switch { Loop loop => loop.Body, When branch => branch.Body, WhenCount branch => branch.Body, _ => [] };
            Print(body, indentation + "  ", lines, called);
            if (statement is CallKernel call)
            {
                called(call.Kernel);
            }
        }
    }

    private static string Line(Statement statement) => statement switch
    {
        Let let => $"{let.Name} = {Text(let.Value)}",
        Set set => $"{set.Name} <- {Text(set.Value)}",
        Store store => $"{Text(store.Address)} .. {store.Lanes} <- {Text(store.Value)}",
        StoreOne store => $"{Text(store.Address)} <- first of {Text(store.Value)}",
        LetReference reference => $"{reference.Name} at {Text(reference.Address)}",
        LetIndex index => $"{index.Name} = integer at {Text(index.Address)}",
        Advance advance => $"{advance.Reference} += {Number(advance.Elements)}{(advance.Count is null ? "" : " * " + advance.Count)}",
        Transpose transpose => $"{Text(transpose.Destination)} <- {Text(transpose.Source)} of {Number(transpose.Rows)} x {Number(transpose.Columns)}, transposed",
        LetCount count => $"{count.Name} = {count.Variable} {(count.IsRemainder ? "mod" : "div")} {Number(count.Divisor)}",
        Loop loop => $"for {loop.Counter} in {loop.Count}{(loop.TurnedBy is null ? "" : ", turned if " + loop.TurnedBy)}",
        When branch => $"if {(branch.IsNegated ? "not " : "")}{branch.Flag}",
        WhenCount branch => $"if {branch.Count} > 0",
        CallKernel call => $"{call.Kernel.Name}({string.Join(", ", call.Arguments.Select(argument => argument.Address is null ? argument.Value.ToString() : Text(argument.Address)))})",
        _ => statement.GetType().Name,
    };

    private static string Text(VectorExpression expression) => expression switch
    {
        Name name => name.Text,
        Number number => number.Value.ToString("R", CultureInfo.InvariantCulture),
        Ramp ramp => $"{Number(ramp.Start)}..",
        CountedRamp ramp => $"{ramp.Counter}..",
        Load load => $"{Text(load.Address)} .. {load.Lanes}",
        Widen widen => $"{(widen.IsHigh ? "upper" : "lower")} halves of {Text(widen.Pairs)}",
        Spread spread => $"all {Text(spread.Address)}",
        SpreadParameter parameter => $"all {parameter.Parameter}",
        MultiplyAdd product => $"{Text(product.Left)} * {Text(product.Right)} + {Text(product.Addend)}",
        Apply apply => $"{apply.Formula} of ({string.Join(", ", apply.Operands.Select(Text))})",
        Larger larger => $"larger of {larger.Left}, {larger.Right}",
        Across across => $"{(across.IsMaximum ? "max" : "sum")} of {Text(across.Operand)}",
        Keep keep => $"{keep.Lanes} of {Text(keep.Operand)}",
        _ => expression.GetType().Name,
    };

    private static string Text(Address address) =>
        $"{address.Reference}[{(address.Index is null ? "" : $"{address.Index} * {Number(address.Stride)} + ")}{Number(address.Offset)}]";

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
