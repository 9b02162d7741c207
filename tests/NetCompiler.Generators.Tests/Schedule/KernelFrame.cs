namespace NetCompiler.Generators.Tests.Schedule;

/// <summary>What the names of a kernel stand for in one run of it. A vector keeps its array, so that loops allocate nothing.</summary>
internal sealed class KernelFrame(IReadOnlyList<string> names, int lanes)
{
    private readonly Kind[] _kinds = new Kind[names.Count];
    private readonly double[]?[] _vectors = new double[names.Count][];
    private readonly Pointer[] _pointers = new Pointer[names.Count];
    private readonly double[] _numbers = new double[names.Count];

    private enum Kind : byte
    {
        Nothing,
        Vector,
        Pointer,
        Count,
        Number,
        Flag,
    }

    /// <summary>The lanes of a vector that was declared.</summary>
    public double[] Vector(int slot) => _vectors[Required(slot, Kind.Vector)]!;

    /// <summary>Declares a vector; its lanes are to be written.</summary>
    public double[] Declare(int slot)
    {
        _kinds[slot] = Kind.Vector;
        return _vectors[slot] ??= new double[lanes];
    }

    public Pointer Pointer(int slot) => _pointers[Required(slot, Kind.Pointer)];

    public int Count(int slot) => (int)_numbers[Required(slot, Kind.Count)];

    public double Number(int slot) => _numbers[Required(slot, Kind.Number)];

    public bool Flag(int slot) => _numbers[Required(slot, Kind.Flag)] != 0;

    /// <summary>Whatever a name stands for, as an argument of another kernel.</summary>
    public object Any(int slot) => _kinds[slot] switch
    {
        Kind.Pointer => _pointers[slot],
        Kind.Count => Count(slot),
        Kind.Number => Number(slot),
        Kind.Flag => Flag(slot),
        _ => throw new InvalidOperationException($"{names[slot]} is no argument here."),
    };

    public void Set(int slot, Pointer value) => (_kinds[slot], _pointers[slot]) = (Kind.Pointer, value);

    public void Set(int slot, int value) => (_kinds[slot], _numbers[slot]) = (Kind.Count, value);

    /// <summary>Gives a parameter its argument.</summary>
    public void Set(int slot, object argument)
    {
        switch (argument)
        {
            case Pointer pointer:
                Set(slot, pointer);
                break;
            case int count:
                Set(slot, count);
                break;
            case double number:
                (_kinds[slot], _numbers[slot]) = (Kind.Number, number);
                break;
            case bool flag:
                (_kinds[slot], _numbers[slot]) = (Kind.Flag, flag ? 1 : 0);
                break;
            default:
                throw new InvalidOperationException($"{names[slot]} cannot be {argument}.");
        }
    }

    private int Required(int slot, Kind kind) => _kinds[slot] == kind ? slot : throw new InvalidOperationException($"{names[slot]} is no {kind} here.");
}
