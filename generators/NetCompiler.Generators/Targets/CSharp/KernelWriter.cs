using NetCompiler.Generators.Schedule;
using NetCompiler.Generators.Schedule.Nests;

namespace NetCompiler.Generators.Targets.CSharp;

/// <summary>Kernels as static methods of one width. Kernels with equal bodies are written once, under the first one's name.</summary>
/// <param name="lanes">The lanes of a vector.</param>
/// <param name="level">The blocks around the methods.</param>
/// <param name="quotes">What the source says of a kernel.</param>
internal sealed class KernelWriter(int lanes, int level, LayerQuotes? quotes = null)
{
    private readonly VectorText _text = new(lanes);
    private readonly Dictionary<int, List<WrittenBody>> _known = [];
    private readonly Dictionary<KernelBody, string> _seen = new(ByReference<KernelBody>.Comparer);
    private readonly HashSet<string> _names = [];
    private readonly Dictionary<string, (int Length, IReadOnlyList<string> Called)> _written = [];
    private readonly SourceWriter _methods = new(level);
    private bool _forgets;

    /// <summary>The name of the method that computes a kernel, written now if no equal one was.</summary>
    public string NameOf(Kernel kernel)
    {
        // Most kernels come again as the very same ones; the others are compared by what they are as text.
        if (_seen.TryGetValue(kernel.Code, out string? seen))
        {
            return seen;
        }

        string name = NameOfEqual(kernel) ?? Write(kernel);
        _seen.Add(kernel.Code, name);
        if (_forgets)
        {
            kernel.Code.Forget();
        }

        return name;
    }

    /// <summary>Writes a kernel, if no equal one was, and forgets the statements of it and of those that it calls.</summary>
    public void WriteAndForget(Kernel kernel)
    {
        _forgets = true;
        NameOf(kernel);
        _forgets = false;
    }

    /// <summary>Writes the kernels that a program calls, in order; some of them may stand in the place of their calls.</summary>
    public void Write(KernelProgram program)
    {
        List<string> names = [];
        foreach (KernelCall call in program.Kernels)
        {
            NameMethodsOf(call, names);
        }
    }

    private void NameMethodsOf(KernelCall call, List<string> names)
    {
        if (call.IsInlined)
        {
            NameCalled(call.Kernel.Body, names);
        }
        else
        {
            names.Add(NameOf(call.Kernel));
        }
    }

    private string? NameOfEqual(Kernel kernel)
    {
        if (!_known.TryGetValue(kernel.GetHashCode(), out List<WrittenBody>? alike))
        {
            return null;
        }

        using var source = new SourceWriter(level + 1);
        WriteBody(source, kernel);
        string text = source.ToString();
        return alike.FirstOrDefault(other => other.Parameters == kernel.Parameters && other.Length == text.Length && _methods.HasAt(other.Start, text))?.Name;
    }

    /// <summary>The methods that some kernels are, and those that these call, the longest first.</summary>
    /// <param name="kernels">The kernels, which have been written.</param>
    public IEnumerable<string> MethodsOf(IEnumerable<KernelCall> kernels)
    {
        HashSet<string> methods = [];
        foreach (KernelCall call in kernels)
        {
            List<string> names = [];
            NameMethodsOf(call, names);
            AddMethods(methods, names);
        }

        return methods.OrderByDescending(method => _written[method].Length).ThenBy(method => method, StringComparer.Ordinal);
    }

    private void AddMethods(HashSet<string> methods, IReadOnlyList<string> names)
    {
        foreach (string name in names)
        {
            if (methods.Add(name))
            {
                AddMethods(methods, _written[name].Called);
            }
        }
    }

    private string Write(Kernel kernel)
    {
        // The methods that it calls come first.
        List<string> called = [];
        NameCalled(kernel.Body, called);
        string name = kernel.Name;
        for (int number = 2; !_names.Add(name); number++)
        {
            name = kernel.Name + "_" + NumberText.Integer(number);
        }

        int start = _methods.Length;
        WrittenBody written = WriteMethod(name, kernel);
        if (!_known.TryGetValue(kernel.GetHashCode(), out List<WrittenBody>? alike))
        {
            _known.Add(kernel.GetHashCode(), alike = []);
        }

        alike.Add(written);
        _written.Add(name, (_methods.Length - start, called));
        return name;
    }

    private void NameCalled(EquatableArray<Statement> body, List<string> called)
    {
        foreach (Statement statement in body)
        {
            switch (statement)
            {
                case Loop loop:
                    NameCalled(loop.Body, called);
                    break;
                case When branch:
                    NameCalled(branch.Body, called);
                    break;
                case WhenCount branch:
                    NameCalled(branch.Body, called);
                    break;
                case CallKernel call:
                    called.Add(NameOf(call.Kernel));
                    break;
            }
        }
    }

    private WrittenBody WriteMethod(string name, Kernel kernel)
    {
        _methods.WriteLine();
        if (quotes?.Of(kernel.Name) is { } quote)
        {
            _methods.WriteLine(quote);
        }

        foreach (string line in Wrapped(kernel.Formula))
        {
            _methods.WriteLine("// " + line);
        }

        _methods.WriteLine("[MethodImpl(MethodImplOptions.AggressiveOptimization)]");
        using (_methods.WriteBlock($"private static void {name}({string.Join(", ", kernel.Parameters.Select(Parameter))})"))
        {
            int start = _methods.Length;
            WriteBody(_methods, kernel);
            return new WrittenBody(name, kernel.Parameters, start, _methods.Length - start);
        }
    }

    private void WriteBody(SourceWriter source, Kernel kernel)
    {
        foreach (Statement statement in kernel.Body)
        {
            Write(source, statement);
        }
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

            WriteBody(source, kernel);
        }
    }

    /// <summary>Writes all methods that were asked for; once, at the end.</summary>
    public void WriteTo(SourceWriter source) => source.TakeLines(_methods);

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
                _text.WriteStore(source, store);
                break;
            case StoreOne store:
                source.WriteLine($"{new AddressPart(store.Address)} = {_text.Of(store.Value)}.ToScalar();");
                break;
            case LetReference reference:
                source.WriteLine($"ref {(reference.IsInteger ? "int" : "float")} {reference.Name} = ref {new AddressPart(reference.Address)};");
                break;
            case LetIndex index:
                source.WriteLine($"int {index.Name} = {new AddressPart(index.Address)};");
                break;
            case Advance { Count: null } advance:
                source.WriteLine($"{advance.Reference} = ref Unsafe.Add(ref {advance.Reference}, {advance.Elements});");
                break;
            case Advance advance:
                source.WriteLine($"{advance.Reference} = ref Unsafe.Add(ref {advance.Reference}, {advance.Count} * {advance.Elements});");
                break;
            case Transpose transpose:
                source.WriteLine($"global::NetCompiler.TransposeKernel.Transpose(ref {new AddressPart(transpose.Source)}, {transpose.SourceStride}, "
                    + $"ref {new AddressPart(transpose.Destination)}, {transpose.DestinationStride}, {transpose.Rows}, {transpose.Columns});");
                break;
            case LetCount count:
                source.WriteLine($"int {count.Name} = (int)((uint){count.Variable} {(count.IsRemainder ? '%' : '/')} {count.Divisor}u);");
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
                source.Write($"{NameOf(call.Kernel)}(");
                for (int i = 0; i < call.Arguments.Count; i++)
                {
                    source.Write(i == 0 ? "" : ", ");
                    WriteArgument(source, call.Arguments[i]);
                }

                source.WriteLine(");");
                break;
            default:
                throw new InvalidOperationException($"{statement.GetType().Name} has no text.");
        }
    }

    private static void WriteArgument(SourceWriter source, Argument argument)
    {
        if (argument.Address is null)
        {
            source.Write(argument.Value.ToString());
        }
        else
        {
            source.Write($"ref {new AddressPart(argument.Address)}");
        }
    }

    private void WriteLoop(SourceWriter source, Loop loop)
    {
        string count = loop.Count.ToString();
        if (loop.TurnedBy is null)
        {
            WriteBlock(source, loop.CountsUp
                ? $"for (int {loop.Counter} = 0; {loop.Counter} < {count}; {loop.Counter}++)"
                : $"for (int {loop.Counter} = {count}; {loop.Counter} > 0; {loop.Counter}--)", loop.Body);
            return;
        }

        string turn = loop.Counter + "Turn";
        using (source.WriteBlock($"for (int {turn} = 0; {turn} < {count}; {turn}++)"))
        {
            source.WriteLine($"int {loop.Counter} = {loop.TurnedBy} ? {count} - 1 - {turn} : {turn};");
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

    /// <summary>Where the statements of a method stand.</summary>
    private sealed record WrittenBody(string Name, EquatableArray<Parameter> Parameters, int Start, int Length);
}
