namespace Samples.Data;

/// <summary>People, what is known of them, and what became of them.</summary>
/// <param name="Numbers">The numeric attributes, person after person.</param>
/// <param name="Categories">The categories, each as one 1 among zeros.</param>
/// <param name="Labels">1 for what is predicted: a bad credit, a default, a high income.</param>
/// <param name="Groups">1 for women, 0 for men: what an audit compares.</param>
public sealed record CreditTable(float[] Numbers, float[] Categories, float[] Labels, float[] Groups)
{
    /// <summary>The number of people.</summary>
    public int Count => Labels.Length;

    /// <summary>Some of the people.</summary>
    public CreditTable Take(ReadOnlySpan<int> rows) => new(Take(Numbers, rows), Take(Categories, rows), Take(Labels, rows), Take(Groups, rows));

    /// <summary>All of them in a random order.</summary>
    public CreditTable Shuffle(int seed)
    {
        int[] order = [.. Enumerable.Range(0, Count)];
        new Random(seed).Shuffle(order);
        return Take(order);
    }

    /// <summary>Holds out one of several parts of equal size.</summary>
    public (CreditTable Others, CreditTable Part) HoldOut(int part, int parts)
    {
        int from = Count * part / parts, to = Count * (part + 1) / parts;
        int[] rows = [.. Enumerable.Range(0, Count)];
        return (Take([.. rows[..from], .. rows[to..]]), Take(rows.AsSpan(from..to)));
    }

    private float[] Take(float[] values, ReadOnlySpan<int> rows)
    {
        int width = values.Length / Count;
        float[] taken = new float[rows.Length * width];
        for (int i = 0; i < rows.Length; i++)
        {
            values.AsSpan(rows[i] * width, width).CopyTo(taken.AsSpan(i * width));
        }

        return taken;
    }
}
