using System.ComponentModel;

namespace NetCompiler;

/// <summary>Turns the outputs of a classifier into class indices.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class ClassDecision
{
    /// <summary>For every group of <paramref name="size"/> values the index of the largest, the first of equals.</summary>
    /// <param name="values">The groups, one after another.</param>
    /// <param name="size">The number of classes.</param>
    /// <param name="classes">One index per group.</param>
    public static void Largest(ReadOnlySpan<float> values, int size, Span<int> classes)
    {
        for (int group = 0; group < classes.Length; group++)
        {
            ReadOnlySpan<float> scores = values.Slice(group * size, size);
            int best = 0;
            for (int i = 1; i < scores.Length; i++)
            {
                if (scores[i] > scores[best])
                {
                    best = i;
                }
            }

            classes[group] = best;
        }
    }

    /// <summary>For every value 1 if it lies above the threshold, else 0.</summary>
    public static void Above(ReadOnlySpan<float> values, float threshold, Span<int> classes)
    {
        for (int i = 0; i < classes.Length; i++)
        {
            classes[i] = values[i] > threshold ? 1 : 0;
        }
    }
}
