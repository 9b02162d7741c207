using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace NetCompiler;

/// <summary>A vector of floats of one width, so that an update formula is written once. Structs only: the JIT compiles each width by itself.</summary>
internal interface ILanes<TSelf>
    where TSelf : struct, ILanes<TSelf>
{
    /// <summary>The number of floats.</summary>
    static abstract int Width { get; }

    /// <summary>The same value in every lane.</summary>
    static abstract TSelf Create(float value);

    /// <summary>Reads <see cref="Width"/> floats.</summary>
    static abstract TSelf Load(ref float source);

    /// <summary>Writes <see cref="Width"/> floats.</summary>
    static abstract void Store(TSelf value, ref float destination);

    /// <summary>left + right.</summary>
    static abstract TSelf operator +(TSelf left, TSelf right);

    /// <summary>left - right.</summary>
    static abstract TSelf operator -(TSelf left, TSelf right);

    /// <summary>left x right.</summary>
    static abstract TSelf operator *(TSelf left, TSelf right);

    /// <summary>
    /// left / right for a right above 0, within 2 units in the last place; 0 where right is infinite and left is not. Division and root share one slow unit, which an update that needs
    /// both waits for; an estimate of 1 / right and one step of Newton's method keep the division out of it.
    /// </summary>
    static abstract TSelf Quotient(TSelf left, TSelf right);

    /// <summary>left x right + addend, rounded once where the machine can.</summary>
    static abstract TSelf MultiplyAdd(TSelf left, TSelf right, TSelf addend);

    /// <summary>The square root.</summary>
    static abstract TSelf SquareRoot(TSelf value);

    /// <summary>-1, 0 or 1; NaN stays NaN.</summary>
    static abstract TSelf Sign(TSelf value);

    /// <summary>The value between -limit and limit; NaN stays NaN.</summary>
    static abstract TSelf Clamp(TSelf value, TSelf limit);

    /// <summary>Zero where the magnitude is below <see cref="UpdateLoop.Negligible"/>, else the value; NaN stays NaN.</summary>
    static abstract TSelf Flush(TSelf value);
}

/// <summary>16 floats.</summary>
internal readonly struct Lanes512(Vector512<float> value) : ILanes<Lanes512>
{
    private readonly Vector512<float> _value = value;

    public static int Width => Vector512<float>.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Create(float value) => new(Vector512.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Load(ref float source) => new(Vector512.LoadUnsafe(ref source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Lanes512 value, ref float destination) => value._value.StoreUnsafe(ref destination);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 operator +(Lanes512 left, Lanes512 right) => new(left._value + right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 operator -(Lanes512 left, Lanes512 right) => new(left._value - right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 operator *(Lanes512 left, Lanes512 right) => new(left._value * right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Quotient(Lanes512 left, Lanes512 right)
    {
        if (!Avx512F.IsSupported)
        {
            return new(left._value / right._value);
        }

        // The estimate of 1 / infinity is 0, and stays so beside a finite number; NaN is the second operand's to pass on.
        Vector512<float> inverse = Avx512F.Reciprocal14(right._value);
        Vector512<float> finite = Avx512F.Min(Vector512.Create(float.MaxValue), right._value);
        Vector512<float> error = Vector512.FusedMultiplyAdd(-finite, inverse, Vector512<float>.One);
        return new(left._value * Vector512.FusedMultiplyAdd(inverse, error, inverse));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 MultiplyAdd(Lanes512 left, Lanes512 right, Lanes512 addend) => new(Vector512.MultiplyAddEstimate(left._value, right._value, addend._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 SquareRoot(Lanes512 value) => new(Vector512.Sqrt(value._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Sign(Lanes512 value)
    {
        Vector512<float> x = value._value;
        Vector512<float> negative = Vector512.ConditionalSelect(Vector512.LessThan(x, Vector512<float>.Zero), Vector512.Create(-1f), x);
        return new(Vector512.ConditionalSelect(Vector512.GreaterThan(x, Vector512<float>.Zero), Vector512<float>.One, negative));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Clamp(Lanes512 value, Lanes512 limit)
    {
        Vector512<float> x = Vector512.ConditionalSelect(Vector512.GreaterThan(value._value, limit._value), limit._value, value._value);
        return new(Vector512.ConditionalSelect(Vector512.LessThan(x, -limit._value), -limit._value, x));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Flush(Lanes512 value)
        => new(Vector512.ConditionalSelect(Vector512.LessThan(Vector512.Abs(value._value), Vector512.Create(UpdateLoop.Negligible)), Vector512<float>.Zero, value._value));
}

/// <summary>8 floats.</summary>
internal readonly struct Lanes256(Vector256<float> value) : ILanes<Lanes256>
{
    private readonly Vector256<float> _value = value;

    public static int Width => Vector256<float>.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Create(float value) => new(Vector256.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Load(ref float source) => new(Vector256.LoadUnsafe(ref source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Lanes256 value, ref float destination) => value._value.StoreUnsafe(ref destination);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 operator +(Lanes256 left, Lanes256 right) => new(left._value + right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 operator -(Lanes256 left, Lanes256 right) => new(left._value - right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 operator *(Lanes256 left, Lanes256 right) => new(left._value * right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Quotient(Lanes256 left, Lanes256 right) => new(left._value / right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 MultiplyAdd(Lanes256 left, Lanes256 right, Lanes256 addend) => new(Vector256.MultiplyAddEstimate(left._value, right._value, addend._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 SquareRoot(Lanes256 value) => new(Vector256.Sqrt(value._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Sign(Lanes256 value)
    {
        Vector256<float> x = value._value;
        Vector256<float> negative = Vector256.ConditionalSelect(Vector256.LessThan(x, Vector256<float>.Zero), Vector256.Create(-1f), x);
        return new(Vector256.ConditionalSelect(Vector256.GreaterThan(x, Vector256<float>.Zero), Vector256<float>.One, negative));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Clamp(Lanes256 value, Lanes256 limit)
    {
        Vector256<float> x = Vector256.ConditionalSelect(Vector256.GreaterThan(value._value, limit._value), limit._value, value._value);
        return new(Vector256.ConditionalSelect(Vector256.LessThan(x, -limit._value), -limit._value, x));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Flush(Lanes256 value)
        => new(Vector256.ConditionalSelect(Vector256.LessThan(Vector256.Abs(value._value), Vector256.Create(UpdateLoop.Negligible)), Vector256<float>.Zero, value._value));
}

/// <summary>4 floats.</summary>
internal readonly struct Lanes128(Vector128<float> value) : ILanes<Lanes128>
{
    private readonly Vector128<float> _value = value;

    public static int Width => Vector128<float>.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 Create(float value) => new(Vector128.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 Load(ref float source) => new(Vector128.LoadUnsafe(ref source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Lanes128 value, ref float destination) => value._value.StoreUnsafe(ref destination);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 operator +(Lanes128 left, Lanes128 right) => new(left._value + right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 operator -(Lanes128 left, Lanes128 right) => new(left._value - right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 operator *(Lanes128 left, Lanes128 right) => new(left._value * right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 Quotient(Lanes128 left, Lanes128 right) => new(left._value / right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 MultiplyAdd(Lanes128 left, Lanes128 right, Lanes128 addend) => new(Vector128.MultiplyAddEstimate(left._value, right._value, addend._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 SquareRoot(Lanes128 value) => new(Vector128.Sqrt(value._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 Sign(Lanes128 value)
    {
        Vector128<float> x = value._value;
        Vector128<float> negative = Vector128.ConditionalSelect(Vector128.LessThan(x, Vector128<float>.Zero), Vector128.Create(-1f), x);
        return new(Vector128.ConditionalSelect(Vector128.GreaterThan(x, Vector128<float>.Zero), Vector128<float>.One, negative));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 Clamp(Lanes128 value, Lanes128 limit)
    {
        Vector128<float> x = Vector128.ConditionalSelect(Vector128.GreaterThan(value._value, limit._value), limit._value, value._value);
        return new(Vector128.ConditionalSelect(Vector128.LessThan(x, -limit._value), -limit._value, x));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 Flush(Lanes128 value)
        => new(Vector128.ConditionalSelect(Vector128.LessThan(Vector128.Abs(value._value), Vector128.Create(UpdateLoop.Negligible)), Vector128<float>.Zero, value._value));
}
