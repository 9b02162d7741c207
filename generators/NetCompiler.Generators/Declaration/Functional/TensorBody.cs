using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace NetCompiler.Generators.Declaration.Functional;

/// <summary>
/// Reads a Forward method or a loss method by running it: everything but tensors is known, so loops are unrolled, conditions decided and methods
/// inlined; each call or operator of a tensor is a layer. A null result means that a finding was made, or that the compiler has one.
/// </summary>
internal sealed partial class TensorBody(Reading reading, LayerCollector layers, LayerNames names, TensorDialect dialect)
{
    private readonly TensorBodyLimits _limits = new();
    private readonly Dictionary<IMethodSymbol, IOperation> _bodies = new(SymbolEqualityComparer.Default);
    private readonly Stack<Location> _calls = new();

    private string _prefix = "";
    private int _nesting;
    private bool _hasFailed;

    /// <summary>What the method returns for these inputs and choices.</summary>
    public Evaluated? Run(IMethodSymbol method, IReadOnlyList<Evaluated> arguments)
    {
        try
        {
            if (BodyOf(method) is not { } body)
            {
                return null;
            }

            var scope = new Scope(null);
            for (int i = 0; i < arguments.Count; i++)
            {
                scope.Declare(method.Parameters[i], arguments[i]);
            }

            return Execute(body, scope) == Flow.Return ? _returned : Silent(); // a path without a return is the compiler's to report
        }
        catch (InsufficientExecutionStackException)
        {
            return Fail("NC0404", method.Locations[0], method.Name, "expressions nest too deeply");
        }
    }

    /// <summary>The tensor that the method returns, which is given or has been computed; a number that it returns becomes one.</summary>
    public TensorValue? Result(IMethodSymbol method, IReadOnlyList<TensorValue> arguments)
    {
        if (Run(method, arguments) is not { } returned || BodyOf(method) is not { } at || Operands([returned], at) is not { } tensors)
        {
            return null;
        }

        TensorValue tensor = tensors[0];

        // What is given as it is takes an operation to be a result.
        return tensor.Index >= arguments.Count ? tensor : AddOperation("Multiply", [tensor, new KnownValue(1)], at) as TensorValue;
    }

    /// <summary>Calls a block: its layers get a name of their own, unless they share those of an earlier call.</summary>
    private Evaluated? Call(BlockValue block, IReadOnlyList<Evaluated> arguments, IOperation call)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        string name = block.Method.MethodKind == MethodKind.AnonymousFunction ? "block" : block.Method.Name;
        if (_calls.Count >= TensorBodyLimits.Depth)
        {
            return Fail("NC0404", call.Syntax.GetLocation(), name, $"calls go deeper than {TensorBodyLimits.Depth}");
        }

        var scope = new Scope(block.Closure);
        for (int i = 0; i < arguments.Count; i++)
        {
            scope.Declare(block.Method.Parameters[i], arguments[i]);
        }

        string outer = _prefix;
        _calls.Push(call.Syntax.GetLocation());
        _prefix = block.Shared is { IsRecorded: true } known ? known.Prefix : names.NextBlock(name, outer);
        Flow flow = block.Shared is { } shared ? ExecuteShared(shared, block, scope, name, call) : Execute(block.Body, scope);
        _prefix = outer;
        _calls.Pop();
        return flow switch
        {
            Flow.Return => _returned,
            Flow.Next when block.Method.ReturnsVoid => KnownValue.Null,
            _ => Silent(),
        };
    }

    /// <summary>Reports the first mistake that ends the reading; what follows from it is not another one.</summary>
    private Evaluated? Fail(string id, Location location, params string[] arguments)
    {
        if (!_hasFailed)
        {
            _hasFailed = true;
            reading.Report(id, location, arguments);
        }

        return null;
    }

    private Evaluated? Unsupported(IOperation operation) => Unsupported(operation, dialect.Allowed);

    private Evaluated? Unsupported(IOperation operation, string allowed)
    {
        return _hasFailed || reading.HasCompilerError(operation) ? Silent() : Fail("NC0403", operation.Syntax.GetLocation(), Quote(operation), allowed);
    }

    private static string Quote(IOperation operation)
    {
        string text = operation.Syntax.ToString();
        return text.Length > 60 ? text.Substring(0, 57) + "..." : text;
    }

    /// <summary>The mistake is reported already, or by the compiler.</summary>
    private Evaluated? Silent()
    {
        _hasFailed = true;
        reading.IsFaulty = true;
        return null;
    }

    /// <summary>Counts a statement, an expression or a layer; false where it is one too many, which is then reported.</summary>
    private bool Step(IOperation at)
    {
        reading.CancellationToken.ThrowIfCancellationRequested();
        string? excess = !_limits.Step() ? $"more than {TensorBodyLimits.Steps} steps"
            : layers.Layers.Count > TensorBodyLimits.Nodes ? $"more than {TensorBodyLimits.Nodes} layers and operations"
            : null;
        if (excess is null)
        {
            return true;
        }

        Location? loop = _limits.BusiestLoop;
        Fail("NC0404", loop ?? (_calls.Count > 0 ? _calls.Peek() : at.Syntax.GetLocation()), loop is null ? "The method" : "The loop", $"reading it takes {excess}");
        return false;
    }

    /// <summary>The method's statements, read once however often it is called; null where the compiler has an error in them.</summary>
    private IOperation? BodyOf(IMethodSymbol method)
    {
        if (_bodies.TryGetValue(method, out IOperation? known))
        {
            return known;
        }

        SyntaxNode? syntax = method.DeclaringSyntaxReferences.FirstOrDefault(reference => !GeneratedTrees.Contains(reference.SyntaxTree))?.GetSyntax(reading.CancellationToken);
        if (syntax is null
            || reading.Compilation.GetSemanticModel(syntax.SyntaxTree).GetOperation(syntax, reading.CancellationToken) is not IMethodBodyOperation body
            || (body.BlockBody ?? body.ExpressionBody) is not { } block)
        {
            Silent();
            return null;
        }

        return _bodies[method] = block;
    }
}
