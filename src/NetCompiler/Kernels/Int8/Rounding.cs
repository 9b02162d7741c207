using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NetCompiler;

/// <summary>
/// The integer nearest to a float below 2^22 in magnitude, ties to even: added to 1.5 x 2^23 its fraction is rounded away, and the integer is in the lowest bits. The same on every
/// machine, where conversions differ in what they make of NaN; here a NaN gives some integer.
/// </summary>
internal static class Rounding
{
    private const float Shift = 12582912;
    private const int ShiftBits = 0x4B400000;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int ToInteger(float value) => BitConverter.SingleToInt32Bits(value + Shift) - ShiftBits;

    /// <inheritdoc cref="ToInteger(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> ToInteger(Vector128<float> value) => (value + Vector128.Create(Shift)).AsInt32() - Vector128.Create(ShiftBits);

    /// <inheritdoc cref="ToInteger(float)"/>
    /// <remarks>Plus an addend, which takes one addition with the shift back.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<int> ToInteger(Vector<float> value, int addend) => Vector.AsVectorInt32(value + new Vector<float>(Shift)) + new Vector<int>(addend - ShiftBits);

    /// <inheritdoc cref="ToInteger(Vector{float}, int)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<int> ToInteger(Vector512<float> value, int addend) => (value + Vector512.Create(Shift)).AsInt32() + Vector512.Create(addend - ShiftBits);
}
