using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace NetCompiler;

/// <summary>
/// What inference derives from the weights of one network: folded normalizations, multiplied tables, transforms. It carries the version of the weights
/// that it was made from; a prediction that finds another makes it anew, under the lock of this object, before it reads.
/// </summary>
/// <remarks>
/// Predictions may run at the same time as each other but not as a writer of the weights, so whoever finds the data stale finds no reader of
/// the old data, only others who wait for the same lock.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class DerivedWeights
{
    private const long Never = -1;

    private readonly WeightArena _values;
    private readonly int _scratchLength;
    private WeightArena? _scratch;
    private long _version = Never;

    /// <summary>Memory for the derived values; the scratch is allocated when first needed and kept.</summary>
    /// <param name="length">The floats of the values.</param>
    /// <param name="scratchLength">The floats that deriving them needs besides.</param>
    /// <exception cref="ArgumentOutOfRangeException">A length is negative.</exception>
    public DerivedWeights(int length, int scratchLength)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(scratchLength);
        _values = new WeightArena(length);
        _scratchLength = scratchLength;
    }

    /// <summary>The first value, on a 64-byte boundary.</summary>
    public ref float Origin
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ref _values.Origin;
    }

    /// <summary>The first float of the scratch; only under the lock.</summary>
    public ref float Scratch => ref (_scratch ??= new WeightArena(_scratchLength)).Origin;

    /// <summary>A number that changes whenever a weight does: writes are only ever added to either count.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long VersionOf(WeightArena parameters, WeightArena statistics) => (long)parameters.Version + statistics.Version;

    /// <summary>Whether a weight has changed since the values were made.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool IsStale(WeightArena parameters, WeightArena statistics) => Volatile.Read(ref _version) != VersionOf(parameters, statistics);

    /// <summary>Says that the values follow from this version of the weights.</summary>
    public void Publish(long version) => Volatile.Write(ref _version, version);
}
