using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace NetCompiler.Generators.Declaration;

/// <summary>A user's scalar function, read into straight-line code.</summary>
internal static class FunctionReader
{
    private static readonly Regex Whitespace = new(@"\s+", RegexOptions.CultureInvariant);

    /// <summary>The function of ActivationMethod, or null with a finding.</summary>
    public static FunctionSpec? ReadActivation(Reading reading, DeclaredPlace place, string name)
    {
        IReadOnlyList<IMethodSymbol> methods = UserMethods.Find(reading.Type, name);
        if (methods.Count == 0 && reading.HasCompilerError(place.Of("ActivationMethod", reading.CancellationToken)))
        {
            reading.IsFaulty = true; // nameof of nothing
            return null;
        }

        if (methods.Count == 0)
        {
            reading.Report("NC0401", place, "ActivationMethod", name, reading.Type.Name);
            return null;
        }

        if (methods.Count > 1 || !IsFunction(methods[0], 1))
        {
            if (!methods.Any(UserMethods.HasErrors))
            {
                reading.Report("NC0402", place, "ActivationMethod", methods.Count > 1 ? name + " is overloaded" : UserMethods.Describe(methods[0]), $"static float {name}(float x)");
            }

            reading.IsFaulty = true;
            return null;
        }

        return Read(reading, methods[0]);
    }

    /// <summary>Whether it is a static float method of so many floats.</summary>
    public static bool IsFunction(IMethodSymbol method, int parameters)
        => method is { IsStatic: true, Arity: 0, ReturnType.SpecialType: SpecialType.System_Single } && method.Parameters.Length == parameters
            && method.Parameters.All(parameter => parameter is { RefKind: RefKind.None, IsParams: false, Type.SpecialType: SpecialType.System_Single });

    /// <summary>Whether it is such a method of .NET's that is known as a formula: MathF.Exp.</summary>
    public static bool IsFormula(IMethodSymbol method, int parameters)
        => IsFunction(method, parameters) && ScalarFormulas.IsMathematics(method.ContainingType) && ScalarFormulas.Find(method.Name, parameters) is not null;

    /// <summary>The function's code, or null with a finding in its body.</summary>
    public static FunctionSpec? Read(Reading reading, IMethodSymbol method)
    {
        var body = new ScalarBodyReader(reading, method.Parameters.Length);
        Value[] arguments = [.. method.Parameters.Select(parameter => new Value(null, parameter.Ordinal))];
        if (body.Read(method, arguments) is not { } result)
        {
            return null;
        }

        if (body.SizeOf(result).Excess is { } excess)
        {
            reading.Report("NC0404", method.Locations[0], method.Name, excess);
            return null;
        }

        return new FunctionSpec(
            NameFor(reading.Type, method),
            new EquatableArray<string>(method.Parameters.Select(parameter => parameter.Name)),
            body.Finish(result),
            SourceOf(method, reading.CancellationToken));
    }

    /// <summary>The name that code inside the network's class may call the method by.</summary>
    private static string NameFor(INamedTypeSymbol type, IMethodSymbol method)
    {
        for (INamedTypeSymbol? current = type; current is not null; current = current.ContainingType)
        {
            if (SymbolEqualityComparer.Default.Equals(current, method.ContainingType))
            {
                return Keywords.Escape(method.Name);
            }
        }

        return $"{method.ContainingType.ToDisplayString()}.{Keywords.Escape(method.Name)}";
    }

    private static string SourceOf(IMethodSymbol method, CancellationToken cancellationToken)
        => method.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellationToken) is MethodDeclarationSyntax declaration
            ? Whitespace.Replace(((SyntaxNode?)declaration.ExpressionBody?.Expression ?? declaration.Body)?.ToString() ?? "", " ")
            : "";
}
