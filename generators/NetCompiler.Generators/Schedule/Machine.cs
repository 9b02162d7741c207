namespace NetCompiler.Generators.Schedule;

/// <summary>What a schedule must know of the machine: the number of float lanes of a vector and of vector registers.</summary>
internal sealed record Machine(int Lanes, int Registers)
{
    /// <summary>AVX-512: 16 lanes, 32 registers.</summary>
    public static Machine Vector512 { get; } = new(16, 32);

    /// <summary>AVX2: 8 lanes, 16 registers.</summary>
    public static Machine Vector256 { get; } = new(8, 16);

    /// <summary>SSE or NEON: 4 lanes; 16 registers are assumed, NEON's 32 would allow more.</summary>
    public static Machine Vector128 { get; } = new(4, 16);

    /// <summary>The width in bits, as in the names of vector types.</summary>
    public int Bits => Lanes * 32;
}
