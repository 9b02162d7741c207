namespace NetCompiler;

/// <summary>Vectors of 32-bit sums, of which each element adds four products of a byte and a signed byte. Exact, so that every width gives the same sums.</summary>
/// <typeparam name="TVector">The vector.</typeparam>
internal interface IInt8Lanes<TVector>
    where TVector : struct
{
    /// <summary>The elements of a vector.</summary>
    static abstract int Count { get; }

    /// <summary>Elements of memory.</summary>
    static abstract TVector Load(ref int source, int offset);

    /// <summary>One number in all elements.</summary>
    static abstract TVector Spread(int value);

    /// <summary>The sums of two vectors.</summary>
    static abstract TVector Add(TVector left, TVector right);

    /// <summary>The products of two vectors.</summary>
    static abstract TVector Multiply(TVector left, TVector right);

    /// <summary>Each element of <paramref name="sum"/>, plus the products of its four bytes in <paramref name="bytes"/> with its four signed bytes in <paramref name="signed"/>.</summary>
    static abstract TVector MultiplyAdd(TVector sum, TVector bytes, TVector signed);

    /// <summary>Stores the elements as floats, each times <paramref name="step"/> times its unit.</summary>
    static abstract void Store(TVector sum, float step, ref float units, int offset, ref float destination);
}
