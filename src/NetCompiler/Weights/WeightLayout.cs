using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace NetCompiler;

/// <summary>How a weight's values lie in memory.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public enum WeightPacking
{
    /// <summary>Row-major, one after another.</summary>
    Flat,

    /// <summary>
    /// A matrix (rows, columns) in panels of 32 columns: [columns / 32][rows][32]; the columns are padded to a multiple of 16 with
    /// zeros, so that the last panel may be 16 wide.
    /// </summary>
    Panels,

    /// <summary>A matrix (rows, columns) by columns: [columns][rows], the rows padded to a multiple of 16 with zeros.</summary>
    Columns,
}

/// <summary>The place of one weight in its arena, and the map from its logical (Keras) order to its physical one.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class WeightLayout
{
    private const int Lanes = 16;
    private const int PanelWidth = 32;

    private readonly int[] _shape;

    /// <summary>Describes a weight: its columns are its last axis, its rows all others together.</summary>
    public WeightLayout(string name, int[] shape, WeightPacking packing, int offset)
    {
        Name = name;
        _shape = shape;
        Packing = packing;
        Offset = offset;
        Columns = shape.Length == 0 ? 1 : shape[^1];
        Length = 1;
        foreach (int size in shape)
        {
            Length *= size;
        }

        Rows = Columns == 0 ? 0 : Length / Columns;
    }

    /// <summary>The name in files, as <c>dense1.kernel</c>.</summary>
    public string Name { get; }

    /// <summary>The logical shape.</summary>
    public ReadOnlySpan<int> Shape => _shape;

    /// <summary>How the values lie in memory.</summary>
    public WeightPacking Packing { get; }

    /// <summary>The first float in the arena.</summary>
    public int Offset { get; }

    /// <summary>The product of all axes but the last.</summary>
    public int Rows { get; }

    /// <summary>The last axis.</summary>
    public int Columns { get; }

    /// <summary>The logical number of values.</summary>
    public int Length { get; }

    /// <summary>The number of floats in the arena, padding included.</summary>
    public int PhysicalLength => Packing switch
    {
        WeightPacking.Panels => Rows * Pad(Columns),
        WeightPacking.Columns => Columns * Pad(Rows),
        _ => Pad(Length),
    };

    /// <summary>The place in the arena of the value with the logical row-major index <paramref name="index"/>.</summary>
    public int Locate(int index)
    {
        int row = index / Columns, column = index % Columns;
        switch (Packing)
        {
            case WeightPacking.Panels:
                int panel = column / PanelWidth * PanelWidth;
                int width = Math.Min(PanelWidth, Pad(Columns) - panel);
                return Offset + (panel * Rows) + (row * width) + (column - panel);
            case WeightPacking.Columns:
                return Offset + (column * Pad(Rows)) + row;
            default:
                return Offset + index;
        }
    }

    /// <summary>Copies values given in logical order, from the logical index <paramref name="start"/> on, to their places in the arena.</summary>
    internal void Scatter(int start, ReadOnlySpan<float> source, Span<float> arena)
    {
        for (int done = 0; done < source.Length;)
        {
            int run = Run(start + done, source.Length - done, out int place, out int stride);
            if (stride == 1)
            {
                source.Slice(done, run).CopyTo(arena[place..]);
            }
            else
            {
                ScatterStrided(source.Slice(done, run), arena[place..], stride);
            }

            done += run;
        }
    }

    /// <summary>Copies values out of the arena in logical order, from the logical index <paramref name="start"/> on.</summary>
    internal void Gather(int start, Span<float> destination, ReadOnlySpan<float> arena)
    {
        for (int done = 0; done < destination.Length;)
        {
            int run = Run(start + done, destination.Length - done, out int place, out int stride);
            if (stride == 1)
            {
                arena.Slice(place, run).CopyTo(destination[done..]);
            }
            else
            {
                GatherStrided(destination.Slice(done, run), arena[place..], stride);
            }

            done += run;
        }
    }

    // The loops over single values are compiled at once with full optimisation: a network is filled before anything has become hot.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ScatterStrided(ReadOnlySpan<float> source, Span<float> places, int stride)
    {
        for (int i = 0; i < source.Length; i++)
        {
            places[i * stride] = source[i];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void GatherStrided(Span<float> destination, ReadOnlySpan<float> places, int stride)
    {
        for (int i = 0; i < destination.Length; i++)
        {
            destination[i] = places[i * stride];
        }
    }

    // The longest run of logical neighbours from an index that lie at one stride in memory, at most `limit` long.
    private int Run(int index, int limit, out int place, out int stride)
    {
        place = Locate(index);
        stride = Packing == WeightPacking.Columns ? Pad(Rows) : 1;
        if (Packing == WeightPacking.Flat)
        {
            return limit;
        }

        int column = index % Columns;
        int end = Packing == WeightPacking.Panels ? Math.Min(Columns, (column / PanelWidth * PanelWidth) + PanelWidth) : Columns;
        return Math.Min(limit, end - column);
    }

    private static int Pad(int length) => (length + Lanes - 1) / Lanes * Lanes;
}
