namespace NetCompiler.Generators.Tests.Schedule;

/// <summary>A block of memory that begins as NaN, so that whatever is read before it is written spoils the result.</summary>
internal sealed class MemoryBlock(string name, double[] values, bool isInteger = false)
{
    public string Name { get; } = name;

    public double[] Values { get; } = values;

    public bool IsInteger { get; } = isInteger;

    public static MemoryBlock Unwritten(string name, int length)
    {
        var values = new double[length];
        Array.Fill(values, double.NaN);
        return new MemoryBlock(name, values);
    }
}

/// <summary>A reference of a kernel: an element of a block, and the part of the block that it may be moved over.</summary>
internal readonly record struct Pointer(MemoryBlock Block, int At, int Low, int High)
{
    public Pointer Plus(int elements) => this with { At = At + elements };

    public double Read(int element) => Block.Values[Check(element)];

    public void Write(int element, double value) => Block.Values[Check(element)] = value;

    /// <summary>Reads consecutive elements.</summary>
    public void Read(Span<double> values) => Run(values.Length).CopyTo(values);

    /// <summary>Writes consecutive elements.</summary>
    public void Write(ReadOnlySpan<double> values) => values.CopyTo(Run(values.Length));

    private Span<double> Run(int length) => length == 0 ? [] : Block.Values.AsSpan(Check(0), Check(length - 1) - At + 1);

    private int Check(int element) => At + element >= Low && At + element < High
        ? At + element
        : throw new InvalidOperationException($"Element {At + element} of {Block.Name} is outside of the value's {Low} to {High}.");
}
