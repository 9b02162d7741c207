using Microsoft.CodeAnalysis;

namespace NetCompiler.Generators.Declaration;

/// <summary>The values of a method's parameters and locals while it is read.</summary>
internal sealed class Frame
{
    private readonly Dictionary<ISymbol, Value> _values = new(SymbolEqualityComparer.Default);
    private readonly List<ISymbol> _order = [];

    /// <summary>The variable's value, or null where it has none yet.</summary>
    public Value? this[ISymbol variable]
    {
        get => _values.TryGetValue(variable, out Value? value) ? value : null;
        set
        {
            if (!_values.ContainsKey(variable))
            {
                _order.Add(variable);
            }

            _values[variable] = value!;
        }
    }

    public Frame Copy()
    {
        var copy = new Frame();
        foreach (ISymbol variable in _order)
        {
            copy[variable] = _values[variable];
        }

        return copy;
    }

    /// <summary>After two branches: what both agree on stays, what differs is selected; in order of assignment, so that the code is the same each time.</summary>
    public bool Merge(Frame then, Frame otherwise, Func<Value, Value, Value?> select)
    {
        foreach (ISymbol variable in then._order)
        {
            Value first = then._values[variable];
            if (otherwise[variable] is not { } second)
            {
                continue; // not assigned on every path, so not readable afterwards
            }

            if ((first == second ? first : select(first, second)) is not { } merged)
            {
                return false;
            }

            this[variable] = merged;
        }

        return true;
    }
}
