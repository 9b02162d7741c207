using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis.Text;

namespace NetCompiler.Generators.Declaration.Functional;

/// <summary>An operator or a call of a Forward method; the place of an option is its argument, that of a call its name with all arguments.</summary>
internal sealed class ExpressionPlace(IOperation expression) : DeclaredPlace
{
    public override Location Of(string option, CancellationToken cancellationToken)
    {
        if (expression is IInvocationOperation call)
        {
            foreach (IArgumentOperation argument in call.Arguments)
            {
                if (argument.ArgumentKind == ArgumentKind.Explicit && string.Equals(argument.Parameter?.Name, option, StringComparison.OrdinalIgnoreCase))
                {
                    return argument.Syntax.GetLocation();
                }
            }
        }

        return expression.Syntax is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access } invocation
            ? Location.Create(invocation.SyntaxTree, TextSpan.FromBounds(access.Name.SpanStart, invocation.Span.End))
            : expression.Syntax.GetLocation();
    }
}

/// <summary>A parameter of a Forward method: its name.</summary>
internal sealed class ParameterPlace(IParameterSymbol parameter) : DeclaredPlace
{
    public override Location Of(string option, CancellationToken cancellationToken) => parameter.Locations.FirstOrDefault() ?? Location.None;
}
