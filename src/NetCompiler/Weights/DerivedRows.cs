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
    private const int Bits = 64;

    // A bit each, which leave the nearest cache to the weights.
    private readonly ulong[] _made;
    private readonly int _count;

    /// <summary>None yet of so many rows.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative.</exception>
    public DerivedRows(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        _count = count;
        _made = new ulong[(count + Bits - 1) / Bits];
    }

    /// <summary>Whether the row of any of these tokens, all within the table, is missing.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool Lacks(ReadOnlySpan<int> tokens)
    {
        ulong[] made = _made;
        for (int i = 0; i < tokens.Length; i++)
        {
            // Whoever sees that a row was made sees the row.
            int token = tokens[i];
            if ((Volatile.Read(ref made[(uint)token / Bits]) & (1UL << token)) == 0)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether there is the row of a token.</summary>
    public bool Has(int token) => (_made[token / Bits] & (1UL << token)) != 0;

    /// <summary>Says that the row of a token was made.</summary>
    public void Add(int token) => Volatile.Write(ref _made[token / Bits], _made[token / Bits] | (1UL << token));

    /// <summary>Says that there are none any more: a weight has changed.</summary>
    public void Clear() => Array.Clear(_made);

    /// <summary>All tokens of the table.</summary>
    public int[] All()
    {
        int[] tokens = new int[_count];
        for (int token = 0; token < tokens.Length; token++)
        {
            tokens[token] = token;
        }

        return tokens;
    }
}
