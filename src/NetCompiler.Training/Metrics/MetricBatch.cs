namespace NetCompiler;

/// <summary>Outputs of some samples with their targets: floats, or class indices.</summary>
public readonly ref struct MetricBatch
{
    /// <summary>What to measure of single outputs, for error messages.</summary>
    internal const string SingleOutputs = $"for a yes or no take {nameof(BinaryAccuracy)}, for a number {nameof(MeanAbsoluteError)} or {nameof(RSquared)}.";

    /// <summary>Pairs outputs with targets of the same length.</summary>
    /// <param name="outputs">Rows of <paramref name="width"/> values.</param>
    /// <param name="targets">As many values.</param>
    /// <param name="width">The number of values of one distribution, or of one sample.</param>
    /// <exception cref="ArgumentException">The spans differ in length, or are no whole number of rows.</exception>
    public MetricBatch(ReadOnlySpan<float> outputs, ReadOnlySpan<float> targets, int width)
    {
        RequireRows(outputs.Length, width);
        if (targets.Length != outputs.Length)
        {
            throw new ArgumentException($"There are {outputs.Length} outputs, but {targets.Length} targets.", nameof(targets));
        }

        Outputs = outputs;
        Targets = targets;
        Width = width;
    }

    /// <summary>Pairs outputs with one class index per row.</summary>
    /// <param name="outputs">Rows of <paramref name="width"/> values.</param>
    /// <param name="classes">One class per row.</param>
    /// <param name="width">The number of values of one row: of classes, or 1.</param>
    /// <exception cref="ArgumentException">There are more or fewer classes than rows.</exception>
    public MetricBatch(ReadOnlySpan<float> outputs, ReadOnlySpan<int> classes, int width)
    {
        RequireRows(outputs.Length, width);
        if (classes.Length != outputs.Length / width)
        {
            throw new ArgumentException($"There are {outputs.Length / width} rows of {width} outputs, but {classes.Length} classes.", nameof(classes));
        }

        Outputs = outputs;
        Classes = classes;
        Width = width;
        HasClasses = true;
    }

    /// <summary>All outputs, row after row.</summary>
    public ReadOnlySpan<float> Outputs { get; }

    /// <summary>The targets in the layout of the outputs; empty where there are classes.</summary>
    public ReadOnlySpan<float> Targets { get; }

    /// <summary>One class per row; empty where there are targets.</summary>
    public ReadOnlySpan<int> Classes { get; }

    /// <summary>Whether the targets are class indices.</summary>
    public bool HasClasses { get; }

    /// <summary>The number of values of one row.</summary>
    public int Width { get; }

    /// <summary>The number of rows.</summary>
    public int Rows => Outputs.IsEmpty ? 0 : Outputs.Length / Width;

    /// <summary>The outputs of a row.</summary>
    public ReadOnlySpan<float> Row(int row) => Outputs.Slice(row * Width, Width);

    /// <summary>The class of a row: its index, or the place of the largest target.</summary>
    public int ClassOf(int row) => HasClasses ? Classes[row] : LargestOf(Targets.Slice(row * Width, Width));

    /// <summary>The place of the first largest output of a row; -1 where an output is NaN, which says no class.</summary>
    internal int PredictionOf(int row)
    {
        ReadOnlySpan<float> outputs = Row(row);
        foreach (float output in outputs)
        {
            if (float.IsNaN(output))
            {
                return -1;
            }
        }

        return LargestOf(outputs);
    }

    /// <summary>The target of an output, as a number.</summary>
    public float TargetOf(int index) => HasClasses ? Classes[index / Width] : Targets[index];

    /// <summary>The number of values that are judged one by one: all outputs, or one per row of classes.</summary>
    internal int ScoreCount => HasClasses ? Rows : Outputs.Length;

    /// <summary>The number of scores of one row.</summary>
    internal int ScoreWidth => HasClasses ? 1 : Width;

    /// <summary>An output that is judged by itself; of two outputs with a class it is the second one, that of class 1.</summary>
    internal float ScoreOf(int index) => HasClasses ? Outputs[((index + 1) * Width) - 1] : Outputs[index];

    /// <summary>What <see cref="ScoreOf"/> is compared with.</summary>
    internal float ScoreTargetOf(int index) => HasClasses ? Classes[index] : Targets[index];

    /// <summary>Refuses classes of rows of more than two outputs: no output by itself says how near the class is.</summary>
    internal void RequireScores()
    {
        if (HasClasses && Width > 2)
        {
            throw new ArgumentException($"The batch has classes and rows of {Width} outputs; a metric of single outputs takes float targets, or classes with 1 or 2 outputs.", "batch");
        }
    }

    /// <summary>Refuses rows of one output, which always is the largest, and classes that are no place in a row.</summary>
    internal void RequireChoice()
    {
        if (Width == 1)
        {
            throw new ArgumentException($"The batch has rows of 1 output, which always is the largest: {SingleOutputs}", "batch");
        }

        for (int row = 0; row < Classes.Length; row++)
        {
            if ((uint)Classes[row] >= (uint)Width)
            {
                throw new ArgumentException($"The class of row {row} is {Classes[row]}, outside 0 to {Width - 1}: the rows have {Width} outputs.", "batch");
            }
        }
    }

    /// <summary>The place of the first largest value.</summary>
    internal static int LargestOf(ReadOnlySpan<float> values)
    {
        int largest = 0;
        for (int i = 1; i < values.Length; i++)
        {
            if (values[i] > values[largest])
            {
                largest = i;
            }
        }

        return largest;
    }

    private static void RequireRows(int length, int width)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        if (length % width != 0)
        {
            throw new ArgumentException($"{length} outputs are no whole number of rows of {width}.", "outputs");
        }
    }
}
