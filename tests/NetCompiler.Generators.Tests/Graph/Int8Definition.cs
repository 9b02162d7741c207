using NetCompiler.TestKit;

namespace NetCompiler.Generators.Tests.Graph;

/// <summary>
/// What integers of 8 bits are, from their definitions: a column is multiples, from -127 to 127, of 1 / 127 of its largest magnitude; a row is multiples of 1 / 254 of its range with 0,
/// counted from a zero of its own so that they are bytes. Memory holds four of them as the number of their bits.
/// </summary>
internal static class Int8Definition
{
    private const int MostMultiple = 127, Steps = 254, Quad = 4;

    /// <summary>What a column counts in.</summary>
    public static double Unit(IEnumerable<double> column) => column.Max(Math.Abs) / MostMultiple;

    /// <summary>The multiple nearest to a value, the even one of two.</summary>
    public static int Multiple(double value, double unit) => unit == 0 ? 0 : (int)Math.Round(value / unit, MidpointRounding.ToEven);

    /// <summary>What a row counts in, and from where.</summary>
    public static (double Step, int Zero) Scale(IEnumerable<double> row)
    {
        double least = Math.Min(0, row.Min()), step = (Math.Max(0, row.Max()) - least) / Steps;
        return (step, Multiple(-least, step));
    }

    /// <summary>Each column of a matrix, rounded.</summary>
    public static double[] RoundColumns(double[] matrix, int columns)
    {
        double[] units = [.. Enumerable.Range(0, columns).Select(column => Unit(matrix.Where((_, i) => i % columns == column)))];
        return [.. matrix.Select((value, i) => Multiple(value, units[i % columns]) * units[i % columns])];
    }

    /// <summary>Each row, rounded.</summary>
    public static double[] RoundRows(double[] rows, int columns) => [.. rows.Chunk(columns).SelectMany(row =>
    {
        double step = Scale(row).Step;
        return row.Select(value => Multiple(value, step) * step);
    })];

    /// <summary>Four integers as one element, the first in its lowest byte; those that are not there are 0.</summary>
    public static double Element(IEnumerable<int> integers) => integers.Select((integer, i) => (uint)(byte)integer << (8 * i)).Aggregate(0u, (bits, part) => bits | part);

    /// <summary>One of the integers of an element, as a byte or with its sign; what is no element has none.</summary>
    public static int Integer(double element, int index, bool isSigned)
    {
        Expect.True(element >= 0 && element <= uint.MaxValue && element == Math.Floor(element) && index < Quad, $"{element} is not the number of 32 bits.");
        byte bits = (byte)((uint)element >> (8 * index));
        return isSigned ? (sbyte)bits : bits;
    }
}
