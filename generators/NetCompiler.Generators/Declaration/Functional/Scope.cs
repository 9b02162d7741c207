using Microsoft.CodeAnalysis;

namespace NetCompiler.Generators.Declaration.Functional;

/// <summary>The variables of a call, inside those of the method around a local function or lambda.</summary>
internal sealed class Scope(Scope? outer)
{
    private readonly Dictionary<ISymbol, Evaluated> _values = new(SymbolEqualityComparer.Default);

    /// <summary>The variable's value, or null where it has none yet.</summary>
    public Evaluated? Find(ISymbol variable) => _values.TryGetValue(variable, out Evaluated? value) ? value : outer?.Find(variable);

    /// <summary>Declares the variable here.</summary>
    public void Declare(ISymbol variable, Evaluated value) => _values[variable] = value;

    /// <summary>Gives the variable a value where it was declared.</summary>
    public void Assign(ISymbol variable, Evaluated value)
    {
        Scope scope = this;
        for (Scope? current = this; current is not null; current = current.Outer)
        {
            if (current._values.ContainsKey(variable))
            {
                scope = current;
                break;
            }
        }

        scope._values[variable] = value;
    }

    private Scope? Outer => outer;
}
