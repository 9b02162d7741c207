using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace NetCompiler;

/// <summary>
/// Which rows of a table that inference derives from the weights there are: a row is made when its token first comes. Rows are added and taken away under the lock
/// of the <see cref="DerivedWeights"/> that hold them, and looked up without it.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class DerivedRows
{
    private readonly bool[] _made;

    /// <summary>None yet of so many rows.</summary>
    /// <exception cref="OverflowException">The number is negative.</exception>
    public DerivedRows(int count) => _made = new bool[count];

    /// <summary>Whether the row of any of these tokens, all within the table, is missing.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool Lacks(ReadOnlySpan<int> tokens)
    {
        bool[] made = _made;
        for (int i = 0; i < tokens.Length; i++)
        {
            // Whoever sees that a row was made sees the row.
            if (!Volatile.Read(ref made[tokens[i]]))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether there is the row of a token.</summary>
    public bool Has(int token) => _made[token];

    /// <summary>Says that the row of a token was made.</summary>
    public void Add(int token) => Volatile.Write(ref _made[token], true);

    /// <summary>Says that there are none any more: a weight has changed.</summary>
    public void Clear() => Array.Clear(_made);

    /// <summary>All tokens of the table.</summary>
    public int[] All()
    {
        int[] tokens = new int[_made.Length];
        for (int token = 0; token < tokens.Length; token++)
        {
            tokens[token] = token;
        }

        return tokens;
    }
}
