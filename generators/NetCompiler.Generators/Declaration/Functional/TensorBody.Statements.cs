using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis.Text;

namespace NetCompiler.Generators.Declaration.Functional;

/// <content>Statements.</content>
internal sealed partial class TensorBody
{
    private Evaluated? _returned;

    /// <summary>Where a statement leaves to.</summary>
    private enum Flow
    {
        Next,
        Break,
        Continue,
        Return,
        Failed,
    }

    private Flow Execute(IOperation statement, Scope scope)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        if (!Step(statement))
        {
            return Flow.Failed;
        }

        switch (statement)
        {
            case IEmptyOperation:
                return Flow.Next;
            case IBlockOperation block:
                return Execute(block.Operations, new Scope(scope));
            case IReturnOperation { Kind: OperationKind.Return, ReturnedValue: { } result }:
                _returned = Evaluate(result, scope);
                return _returned is null ? Flow.Failed : Flow.Return;
            case IReturnOperation { Kind: OperationKind.Return }:
                _returned = KnownValue.Null;
                return Flow.Return;
            case ILocalFunctionOperation:
                return Flow.Next; // known since the block was entered
            case IVariableDeclarationGroupOperation group:
                return group.Declarations.SelectMany(declaration => declaration.Declarators).All(declarator => Declare(declarator, scope)) ? Flow.Next : Flow.Failed;
            case IExpressionStatementOperation expression:
                return Evaluate(expression.Operation, scope) is null ? Flow.Failed : Flow.Next;
            case IConditionalOperation branch:
                return Truth(branch.Condition, scope) is not { } truth ? Flow.Failed
                    : truth ? Execute(branch.WhenTrue, scope)
                    : branch.WhenFalse is { } otherwise ? Execute(otherwise, scope)
                    : Flow.Next;
            case IBranchOperation { BranchKind: BranchKind.Break }:
                return Flow.Break;
            case IBranchOperation { BranchKind: BranchKind.Continue }:
                return Flow.Continue;
            case ISwitchOperation choice:
                return Switch(choice, scope);
            case ILoopOperation loop:
                _limits.EnterLoop(HeaderOf(loop));
                Flow flow = Loop(loop, new Scope(scope));
                _limits.LeaveLoop();
                return flow;
            default:
                Unsupported(statement);
                return Flow.Failed;
        }
    }

    private Flow Execute(IReadOnlyList<IOperation> statements, Scope scope)
    {
        foreach (ILocalFunctionOperation function in statements.OfType<ILocalFunctionOperation>())
        {
            if ((function.Body ?? function.IgnoredBody) is { } body)
            {
                scope.Declare(function.Symbol, new BlockValue(function.Symbol, body, scope));
            }
        }

        foreach (IOperation statement in statements)
        {
            Flow flow = Execute(statement, scope);
            if (flow != Flow.Next)
            {
                return flow;
            }
        }

        return Flow.Next;
    }

    private Flow Loop(ILoopOperation loop, Scope scope) => loop switch
    {
        IForLoopOperation { } counting => Execute(counting.Before, scope) is not Flow.Next and var failed ? failed
            : Repeat(counting.Body, scope, () => counting.Condition is null ? true : Truth(counting.Condition, scope), () => Execute(counting.AtLoopBottom, scope)),
        IWhileLoopOperation { Condition: { } condition } conditional => Repeat(
            conditional.Body, scope, () => Truth(condition, scope) is { } truth ? truth != conditional.ConditionIsUntil : null, () => Flow.Next, conditional.ConditionIsTop),
        IForEachLoopOperation each => ForEach(each, scope),
        _ => Unsupported(loop) is null ? Flow.Failed : Flow.Next,
    };

    private Flow Repeat(IOperation body, Scope scope, Func<bool?> condition, Func<Flow> next, bool isTop = true)
    {
        for (bool isFirst = true; ; isFirst = false)
        {
            if (isTop || !isFirst)
            {
                switch (condition())
                {
                    case null:
                        return Flow.Failed;
                    case false:
                        return Flow.Next;
                }
            }

            _limits.Iterate();
            Flow flow = Execute(body, scope);
            if (flow is Flow.Return or Flow.Failed)
            {
                return flow;
            }

            if (flow == Flow.Break)
            {
                return Flow.Next;
            }

            if (next() != Flow.Next)
            {
                return Flow.Failed;
            }
        }
    }

    private Flow ForEach(IForEachLoopOperation loop, Scope scope)
    {
        if (Evaluate(loop.Collection, scope) is not { } collection)
        {
            return Flow.Failed;
        }

        if (collection is not ListValue list)
        {
            Unsupported(loop.Collection);
            return Flow.Failed;
        }

        foreach (Evaluated item in list.Items.ToArray())
        {
            _limits.Iterate();
            var inner = new Scope(scope);
            if (loop.LoopControlVariable is IVariableDeclaratorOperation variable)
            {
                inner.Declare(variable.Symbol, item);
            }
            else if (!Assign(loop.LoopControlVariable, item, inner))
            {
                return Flow.Failed;
            }

            Flow flow = Execute(loop.Body, inner);
            if (flow is Flow.Return or Flow.Failed)
            {
                return flow;
            }

            if (flow == Flow.Break)
            {
                break;
            }
        }

        return Flow.Next;
    }

    private Flow Switch(ISwitchOperation choice, Scope scope)
    {
        if (Evaluate(choice.Value, scope) is not { } value)
        {
            return Flow.Failed;
        }

        var inner = new Scope(scope);
        ISwitchCaseOperation? taken = null;
        foreach (ISwitchCaseOperation section in choice.Cases)
        {
            foreach (ICaseClauseOperation clause in section.Clauses)
            {
                bool? matches = clause switch
                {
                    IDefaultCaseClauseOperation => false,
                    ISingleValueCaseClauseOperation single => Evaluate(single.Value, inner) is { } expected ? Equal(value, expected) : null,
                    IPatternCaseClauseOperation pattern => Matches(pattern.Pattern, value, inner) is { } fits && fits && pattern.Guard is { } guard ? Truth(guard, inner) : Matches(pattern.Pattern, value, inner),
                    _ => Unsupported(clause) is null ? null : false,
                };
                if (matches is null)
                {
                    Silent();
                    return Flow.Failed;
                }

                taken = matches.Value ? taken ?? section : taken;
            }

            if (taken is not null)
            {
                break;
            }
        }

        taken ??= choice.Cases.FirstOrDefault(section => section.Clauses.Any(clause => clause is IDefaultCaseClauseOperation));
        Flow flow = taken is null ? Flow.Next : Execute(taken.Body, inner);
        return flow == Flow.Break ? Flow.Next : flow;
    }

    private bool Declare(IVariableDeclaratorOperation declarator, Scope scope)
    {
        if (declarator.GetVariableInitializer() is not { } initializer)
        {
            scope.Declare(declarator.Symbol, KnownValue.Null); // the compiler sees to it that it is assigned before it is read
            return true;
        }

        if (Evaluate(initializer.Value, scope) is not { } value)
        {
            return false;
        }

        scope.Declare(declarator.Symbol, value);
        return true;
    }

    private bool? Truth(IOperation condition, Scope scope)
    {
        if (Evaluate(condition, scope) is not { } value)
        {
            return null;
        }

        if (value is KnownValue { Truth: { } truth })
        {
            return truth;
        }

        Unsupported(condition);
        return null;
    }

    /// <summary>A loop without its body.</summary>
    private static Location HeaderOf(ILoopOperation loop)
    {
        int end = loop.Syntax switch
        {
            ForStatementSyntax counting => counting.CloseParenToken.Span.End,
            WhileStatementSyntax conditional => conditional.CloseParenToken.Span.End,
            ForEachStatementSyntax each => each.CloseParenToken.Span.End,
            DoStatementSyntax repeated => repeated.DoKeyword.Span.End,
            _ => loop.Syntax.Span.End,
        };
        return Location.Create(loop.Syntax.SyntaxTree, TextSpan.FromBounds(loop.Syntax.SpanStart, Math.Max(end, loop.Syntax.SpanStart)));
    }
}
