using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace NetCompiler.Generators.Declaration;

/// <content>
/// Statements, as straight-line code: locals are names for values, calls to the user's static methods are inlined, branches become selections. A null
/// value means that a finding was made, or that the compiler has one.
/// </content>
internal sealed partial class ScalarBodyReader
{
    private const int DepthLimit = 64;
    private const int NestingLimit = 500;
    private const int StepLimit = 100_000;
    private const int InstructionLimit = 10_000;

    private readonly Dictionary<IMethodSymbol, IBlockOperation> _bodies = new(SymbolEqualityComparer.Default);

    private int _depth;
    private int _nesting;
    private int _steps;
    private bool _hasFailed;

    /// <summary>Reads the method that an attribute names.</summary>
    public Value? Read(IMethodSymbol method, IReadOnlyList<Value> arguments)
    {
        try
        {
            return FunctionReader.IsFormula(method, arguments.Count) ? ScalarFormulas.Find(method.Name, arguments.Count)!(this, arguments) : Call(method, arguments, method.Locations[0]);
        }
        catch (InsufficientExecutionStackException)
        {
            return Fail("NC0404", method.Locations[0], method.Name, "expressions nest too deeply");
        }
    }

    /// <summary>The value of an expression.</summary>
    private Value? Read(IOperation expression, Frame frame)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        if (_nesting >= NestingLimit)
        {
            return Fail("NC0404", expression.Syntax.GetLocation(), "The expression", $"it nests deeper than {NestingLimit}");
        }

        _nesting++;
        Value? value = ReadExpression(expression, frame);
        _nesting--;
        return value;
    }

    /// <summary>Runs the method's body over the arguments and gives what it returns.</summary>
    private Value? Call(IMethodSymbol method, IReadOnlyList<Value> arguments, Location call)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        if (BodyOf(method) is not { } block)
        {
            return _hasFailed ? null : Fail("NC0403", call, $"{method.Name}, whose source is not in this project,", Allowed);
        }

        if (++_depth > DepthLimit)
        {
            return Fail("NC0404", call, method.Name, $"calls go deeper than {DepthLimit}");
        }

        var frame = new Frame();
        for (int i = 0; i < method.Parameters.Length; i++)
        {
            frame[method.Parameters[i]] = arguments[i];
        }

        Value? result = Run(new Pending(block, null), frame, out bool returned);
        _depth--;
        return !returned ? Silent()
            : _instructions.Count > InstructionLimit ? Fail("NC0404", call, method.Name, $"more than {InstructionLimit} instructions")
            : result;
    }

    /// <summary>Reports the first mistake; what follows from it is not another one.</summary>
    private Value? Fail(string id, Location location, params string[] arguments)
    {
        if (!_hasFailed)
        {
            _hasFailed = true;
            reading.Report(id, location, arguments);
        }

        return null;
    }

    private Value? Unsupported(IOperation operation)
    {
        string text = operation.Syntax.ToString();
        return reading.HasCompilerError(operation)
            ? Silent()
            : Fail("NC0403", operation.Syntax.GetLocation(), text.Length > 60 ? text.Substring(0, 57) + "..." : text, Allowed);
    }

    /// <summary>The compiler reports the mistake.</summary>
    private Value? Silent()
    {
        _hasFailed = true;
        reading.IsFaulty = true;
        return null;
    }

    /// <summary>The arguments of a call in the order of the parameters, or null.</summary>
    private List<Value>? Arguments(IInvocationOperation call, Frame frame)
    {
        var values = new Value?[call.TargetMethod.Parameters.Length];
        foreach (IArgumentOperation argument in call.Arguments)
        {
            if (argument.Parameter is not { RefKind: RefKind.None } parameter || Read(argument.Value, frame) is not { } value)
            {
                Unsupported(argument);
                return null;
            }

            values[parameter.Ordinal] = value;
        }

        return values.Contains(null) ? null : [.. values.Select(value => value!)];
    }

    /// <summary>The method's statements, read once however often it is called; null where the compiler has an error in them.</summary>
    private IBlockOperation? BodyOf(IMethodSymbol method)
    {
        if (_bodies.TryGetValue(method, out IBlockOperation? known))
        {
            return known;
        }

        SyntaxNode? syntax = method.DeclaringSyntaxReferences.FirstOrDefault(reference => !GeneratedTrees.Contains(reference.SyntaxTree))?.GetSyntax(reading.CancellationToken);
        if (syntax is null || !reading.Compilation.ContainsSyntaxTree(syntax.SyntaxTree))
        {
            return null;
        }

        SemanticModel model = reading.Compilation.GetSemanticModel(syntax.SyntaxTree);
        if (model.GetOperation(syntax, reading.CancellationToken) is not IMethodBodyOperation body || (body.BlockBody ?? body.ExpressionBody) is not { } block
            || reading.HasCompilerError(syntax.GetLocation()))
        {
            Silent();
            return null;
        }

        _bodies[method] = block;
        return block;
    }

    private static bool MayReturn(IOperation? statement) => statement is not null && statement.DescendantsAndSelf().Any(part => part is IReturnOperation);

    private Value? Run(Pending? pending, Frame frame, out bool returned)
    {
        returned = false;
        while (pending is not null)
        {
            reading.CancellationToken.ThrowIfCancellationRequested();
            IOperation statement = pending.Statement;
            pending = pending.Rest;
            if (++_steps > StepLimit || _instructions.Count > InstructionLimit)
            {
                return Fail("NC0404", statement.Syntax.GetLocation(), "The method", $"more than {InstructionLimit} instructions or {StepLimit} steps");
            }

            switch (statement)
            {
                case IBlockOperation block:
                    pending = Pending.Of(block.Operations, pending);
                    break;
                case IReturnOperation { ReturnedValue: { } result }:
                    returned = true;
                    return Read(result, frame);
                case IConditionalOperation branch:
                    if (!RunBranch(branch, ref pending, frame, out Value? selected, out returned))
                    {
                        return selected;
                    }

                    break;
                default:
                    if (!RunSimple(statement, frame))
                    {
                        return null;
                    }

                    break;
            }
        }

        return null;
    }

    /// <summary>Whether the statements after the branch are still to be run.</summary>
    private bool RunBranch(IConditionalOperation branch, ref Pending? pending, Frame frame, out Value? result, out bool returned)
    {
        result = null;
        returned = false;
        if (Read(branch.Condition, frame) is not { } condition)
        {
            return false;
        }

        if (condition.Number is { } known)
        {
            IOperation? taken = known != 0 ? branch.WhenTrue : branch.WhenFalse;
            pending = taken is null ? pending : new Pending(taken, pending);
            return true;
        }

        Frame then = frame.Copy(), otherwise = frame.Copy();
        bool leaves = MayReturn(branch.WhenTrue) || MayReturn(branch.WhenFalse);
        Pending? rest = leaves ? pending : null;
        Value? first = Run(new Pending(branch.WhenTrue, rest), then, out bool firstReturns);
        Value? second = Run(branch.WhenFalse is null ? rest : new Pending(branch.WhenFalse, rest), otherwise, out bool secondReturns);
        if (_hasFailed)
        {
            return false;
        }

        if (!leaves)
        {
            return frame.Merge(then, otherwise, (a, b) => Select(condition, a, b, branch));
        }

        returned = firstReturns && secondReturns;
        result = returned && first is not null && second is not null ? Select(condition, first, second, branch) : Silent();
        return false;
    }

    private bool RunSimple(IOperation statement, Frame frame)
    {
        switch (statement)
        {
            case IEmptyOperation:
                return true;
            case IVariableDeclarationGroupOperation group:
                return group.Declarations.SelectMany(declaration => declaration.Declarators).All(declarator => Declare(declarator, frame));
            case IExpressionStatementOperation { Operation: ISimpleAssignmentOperation { IsRef: false } assignment } when VariableOf(assignment.Target) is { } variable:
                return Assign(frame, variable, Read(assignment.Value, frame));
            case IExpressionStatementOperation { Operation: ICompoundAssignmentOperation assignment } when VariableOf(assignment.Target) is { } variable:
                return frame[variable] is { } old && Read(assignment.Value, frame) is { } operand
                    && Assign(frame, variable, Combine(assignment.OperatorKind, old, operand, assignment));
            default:
                Unsupported(statement);
                return false;
        }
    }

    private bool Declare(IVariableDeclaratorOperation declarator, Frame frame)
        => declarator.GetVariableInitializer() is not { } initializer || Assign(frame, declarator.Symbol, Read(initializer.Value, frame));

    private static bool Assign(Frame frame, ISymbol variable, Value? value)
    {
        if (value is null)
        {
            return false;
        }

        frame[variable] = value;
        return true;
    }

    private static ISymbol? VariableOf(IOperation target) => target switch
    {
        ILocalReferenceOperation { Local.RefKind: RefKind.None } local => local.Local,
        IParameterReferenceOperation { Parameter.RefKind: RefKind.None } parameter => parameter.Parameter,
        _ => null,
    };

    /// <summary>The statements still to run.</summary>
    private sealed record Pending(IOperation Statement, Pending? Rest)
    {
        public static Pending? Of(IReadOnlyList<IOperation> statements, Pending? rest)
        {
            for (int i = statements.Count - 1; i >= 0; i--)
            {
                rest = new Pending(statements[i], rest);
            }

            return rest;
        }
    }
}
