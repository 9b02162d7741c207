using NetCompiler.Generators.Schedule.Nests;

namespace NetCompiler.Generators.Targets.CSharp;

/// <summary>Kernels as static methods of one width. Kernels with equal bodies are written once, under the first one's name.</summary>
internal sealed class KernelWriter(int lanes, LayerQuotes? quotes = null)
{
    private readonly VectorText _text = new(lanes);
    private readonly Dictionary<string, string> _known = [];
    private readonly Dictionary<(EquatableArray<Parameter>, EquatableArray<Statement>), string> _printed = [];
    private readonly HashSet<string> _names = [];
    private readonly List<(string Name, string Header, string Formula, string Body)> _methods = [];

    /// <summary>The name of the method that computes a kernel, written now if no equal one was.</summary>
    public string NameOf(Kernel kernel)
    {
        if (_printed.TryGetValue((kernel.Parameters, kernel.Body), out string? known))
        {
            return known;
        }

        return _printed[(kernel.Parameters, kernel.Body)] = Print(kernel);
    }

    private string Print(Kernel kernel)
    {
        var source = new SourceWriter();
        foreach (Statement statement in kernel.Body)
        {
            Write(source, statement);
        }

        string parameters = string.Join(", ", kernel.Parameters.Select(Parameter)), body = source.ToString();
        string key = parameters + "\n" + body;
        if (!_known.TryGetValue(key, out string? name))
        {
            name = kernel.Name;
            for (int number = 2; !_names.Add(name); number++)
            {
                name = kernel.Name + "_" + NumberText.Integer(number);
            }

            _known.Add(key, name);
            _methods.Add((kernel.Name, $"private static void {name}({parameters})", kernel.Formula, body));
        }

        return name;
    }

    /// <summary>Writes a kernel's body in the place of its call, its parameters being declared as the call's arguments.</summary>
    public void WriteInline(SourceWriter source, Kernel kernel, IReadOnlyList<string> arguments)
    {
        if (quotes?.Of(kernel.Name) is { } quote)
        {
            source.WriteLine(quote);
        }

        source.WriteLine("// " + kernel.Formula);
        using (source.WriteBlock())
        {
            for (int i = 0; i < arguments.Count; i++)
            {
                source.WriteLine($"{Parameter(kernel.Parameters[i])} = {arguments[i]};");
            }

            foreach (Statement statement in kernel.Body)
            {
                Write(source, statement);
            }
        }
    }

    /// <summary>Writes all methods that were asked for.</summary>
    public void WriteTo(SourceWriter source)
    {
        foreach ((string name, string header, string formula, string body) in _methods)
        {
            source.WriteLine();
            if (quotes?.Of(name) is { } quote)
            {
                source.WriteLine(quote);
            }

            foreach (string line in Wrapped(formula))
            {
                source.WriteLine("// " + line);
            }

            source.WriteLine("[MethodImpl(MethodImplOptions.AggressiveOptimization)]");
            using (source.WriteBlock(header))
            {
                source.WriteLine(body.TrimEnd('\n'));
            }
        }
    }

    private static string Parameter(Parameter parameter) => parameter.Type switch
    {
        ParameterType.Floats => "ref float " + parameter.Name,
        ParameterType.Integers => "ref int " + parameter.Name,
        ParameterType.Count => "int " + parameter.Name,
        ParameterType.Float => "float " + parameter.Name,
        _ => "bool " + parameter.Name,
    };

    // Comments of a hundred characters or so, broken between the formulas.
    private static IEnumerable<string> Wrapped(string formula)
    {
        string line = "";
        foreach (string part in formula.Split([';'], StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Length > 0 && line.Length + part.Length > 100)
            {
                yield return line + ";";
                line = part.Trim();
            }
            else
            {
                line = line.Length == 0 ? part.Trim() : line + ";" + part;
            }
        }

        yield return line;
    }

    private void Write(SourceWriter source, Statement statement)
    {
        switch (statement)
        {
            case Let let:
                source.WriteLine($"{_text.Type} {let.Name} = {_text.Of(let.Value)};");
                break;
            case Set set:
                source.WriteLine($"{set.Name} = {_text.Of(set.Value)};");
                break;
            case Store store:
                source.WriteLine(_text.Store(store));
                break;
            case StoreOne store:
                source.WriteLine($"{VectorText.Reference(store.Address)} = {_text.Of(store.Value)}.ToScalar();");
                break;
            case LetReference reference:
                source.WriteLine($"ref {(reference.IsInteger ? "int" : "float")} {reference.Name} = ref {VectorText.Reference(reference.Address)};");
                break;
            case LetIndex index:
                source.WriteLine($"int {index.Name} = {VectorText.Reference(index.Address)};");
                break;
            case Advance advance:
                string distance = advance.Count is null ? NumberText.Integer(advance.Elements) : $"{advance.Count} * {NumberText.Integer(advance.Elements)}";
                source.WriteLine($"{advance.Reference} = ref Unsafe.Add(ref {advance.Reference}, {distance});");
                break;
            case Transpose transpose:
                source.WriteLine($"global::NetCompiler.TransposeKernel.Transpose(ref {VectorText.Reference(transpose.Source)}, {NumberText.Integer(transpose.SourceStride)}, "
                    + $"ref {VectorText.Reference(transpose.Destination)}, {NumberText.Integer(transpose.DestinationStride)}, {NumberText.Integer(transpose.Rows)}, {NumberText.Integer(transpose.Columns)});");
                break;
            case LetCount count:
                source.WriteLine($"int {count.Name} = (int)((uint){count.Variable} {(count.IsRemainder ? '%' : '/')} {NumberText.Integer(count.Divisor)}u);");
                break;
            case Loop loop:
                WriteLoop(source, loop);
                break;
            case When branch:
                WriteBlock(source, $"if ({(branch.IsNegated ? "!" : "")}{branch.Flag})", branch.Body);
                break;
            case WhenCount branch:
                WriteBlock(source, $"if ({branch.Count} > 0)", branch.Body);
                break;
            case CallKernel call:
                source.WriteLine($"{NameOf(call.Kernel)}({string.Join(", ", call.Arguments.Select(Argument))});");
                break;
            default:
                throw new InvalidOperationException($"{statement.GetType().Name} has no text.");
        }
    }

    private static string Argument(Argument argument) =>
        argument.Address is null ? argument.Value.ToString() : "ref " + VectorText.Reference(argument.Address);

    private void WriteLoop(SourceWriter source, Loop loop)
    {
        if (loop.TurnedBy is null)
        {
            WriteBlock(source, loop.CountsUp
                ? $"for (int {loop.Counter} = 0; {loop.Counter} < {loop.Count}; {loop.Counter}++)"
                : $"for (int {loop.Counter} = {loop.Count}; {loop.Counter} > 0; {loop.Counter}--)", loop.Body);
            return;
        }

        string turn = loop.Counter + "Turn";
        using (source.WriteBlock($"for (int {turn} = 0; {turn} < {loop.Count}; {turn}++)"))
        {
            source.WriteLine($"int {loop.Counter} = {loop.TurnedBy} ? {loop.Count} - 1 - {turn} : {turn};");
            foreach (Statement statement in loop.Body)
            {
                Write(source, statement);
            }
        }
    }

    private void WriteBlock(SourceWriter source, string header, EquatableArray<Statement> body)
    {
        using (source.WriteBlock(header))
        {
            foreach (Statement statement in body)
            {
                Write(source, statement);
            }
        }
    }
}
