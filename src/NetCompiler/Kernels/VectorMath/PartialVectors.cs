using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NetCompiler;

// The halves and quarters of a part are loads and stores of their own; with a constant count the branches fold away. Two floats go as one
// double: Vector64 is software on x64, and the JIT takes milliseconds to inline it.
public static partial class VectorMath
{
    /// <summary>Lanes below <paramref name="count"/> (1 to 16) from <paramref name="source"/>, the others 0; reads nothing beyond source + count.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> LoadPartial512(ref float source, int count)
    {
        if (count <= 8)
        {
            return Vector512.Create(LoadPartial256(ref source, count), Vector256<float>.Zero);
        }

        return Vector512.Create(Vector256.LoadUnsafe(ref source), LoadPartial256(ref Unsafe.Add(ref source, 8), count - 8));
    }

    /// <summary>Lanes below <paramref name="count"/> (1 to 8) from <paramref name="source"/>, the others 0; reads nothing beyond source + count.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> LoadPartial256(ref float source, int count)
    {
        if (count <= 4)
        {
            return Vector256.Create(LoadPartial128(ref source, count), Vector128<float>.Zero);
        }

        return Vector256.Create(Vector128.LoadUnsafe(ref source), LoadPartial128(ref Unsafe.Add(ref source, 4), count - 4));
    }

    /// <summary>Lanes below <paramref name="count"/> (1 to 4) from <paramref name="source"/>, the others 0; reads nothing beyond source + count.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> LoadPartial128(ref float source, int count)
    {
        if (count == 1)
        {
            return Vector128.CreateScalar(source);
        }

        if (count == 4)
        {
            return Vector128.LoadUnsafe(ref source);
        }

        Vector128<float> pair = Vector128.CreateScalar(Unsafe.ReadUnaligned<double>(ref Unsafe.As<float, byte>(ref source))).AsSingle();
        return count == 2 ? pair : pair.WithElement(2, Unsafe.Add(ref source, 2));
    }

    /// <summary>Writes the lanes below <paramref name="count"/> (1 to 16) and nothing beyond destination + count.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StorePartial(Vector512<float> value, ref float destination, int count)
    {
        if (count <= 8)
        {
            StorePartial(value.GetLower(), ref destination, count);
            return;
        }

        value.GetLower().StoreUnsafe(ref destination);
        StorePartial(value.GetUpper(), ref Unsafe.Add(ref destination, 8), count - 8);
    }

    /// <summary>Writes the lanes below <paramref name="count"/> (1 to 8) and nothing beyond destination + count.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StorePartial(Vector256<float> value, ref float destination, int count)
    {
        if (count <= 4)
        {
            StorePartial(value.GetLower(), ref destination, count);
            return;
        }

        value.GetLower().StoreUnsafe(ref destination);
        StorePartial(value.GetUpper(), ref Unsafe.Add(ref destination, 4), count - 4);
    }

    /// <summary>Writes the lanes below <paramref name="count"/> (1 to 4) and nothing beyond destination + count.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StorePartial(Vector128<float> value, ref float destination, int count)
    {
        if (count == 1)
        {
            destination = value.ToScalar();
            return;
        }

        if (count == 4)
        {
            value.StoreUnsafe(ref destination);
            return;
        }

        Unsafe.WriteUnaligned(ref Unsafe.As<float, byte>(ref destination), value.AsDouble().ToScalar());
        if (count == 3)
        {
            Unsafe.Add(ref destination, 2) = value.GetElement(2);
        }
    }

    /// <summary><see cref="LoadPartial512"/> as a call, for a count that the code around does not know: in place it would be a tree of branches, of which the JIT makes a millisecond's work.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static Vector512<float> LoadRest512(ref float source, int count) => LoadPartial512(ref source, count);

    /// <inheritdoc cref="LoadRest512"/>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static Vector256<float> LoadRest256(ref float source, int count) => LoadPartial256(ref source, count);

    /// <inheritdoc cref="LoadRest512"/>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static Vector128<float> LoadRest128(ref float source, int count) => LoadPartial128(ref source, count);

    /// <summary><see cref="StorePartial(Vector512{float}, ref float, int)"/> as a call, for a count that the code around does not know.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void StoreRest(Vector512<float> value, ref float destination, int count) => StorePartial(value, ref destination, count);

    /// <inheritdoc cref="StoreRest(Vector512{float}, ref float, int)"/>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void StoreRest(Vector256<float> value, ref float destination, int count) => StorePartial(value, ref destination, count);

    /// <inheritdoc cref="StoreRest(Vector512{float}, ref float, int)"/>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void StoreRest(Vector128<float> value, ref float destination, int count) => StorePartial(value, ref destination, count);

    /// <summary>All bits set in the lanes below <paramref name="count"/>, none in the others.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> LaneMask512(int count) => Vector512.LessThan(Vector512<int>.Indices, Vector512.Create(count)).AsSingle();

    /// <inheritdoc cref="LaneMask512(int)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> LaneMask256(int count) => Vector256.LessThan(Vector256<int>.Indices, Vector256.Create(count)).AsSingle();

    /// <inheritdoc cref="LaneMask512(int)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> LaneMask128(int count) => Vector128.LessThan(Vector128<int>.Indices, Vector128.Create(count)).AsSingle();
}
