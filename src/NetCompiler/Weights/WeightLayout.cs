using System.ComponentModel;

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

    private static int Pad(int length) => (length + Lanes - 1) / Lanes * Lanes;
}
