namespace NetCompiler.Dynamic.Tape;

/// <summary>A tensor on the tape: one row per sample, or one value for the whole batch (a weight, a constant, what BatchSum gives).</summary>
/// <typeparam name="T">float or double.</typeparam>
internal sealed class Value<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private T[]? _gradient;

    private Value(T[] data, int samples, int[] shape, bool isPerSample)
    {
        Data = data;
        Samples = samples;
        Shape = shape;
        IsPerSample = isPerSample;
        SampleLength = LengthOf(shape);
        if (data.Length != samples * SampleLength)
        {
            throw new ArgumentException($"{samples} samples of shape ({string.Join(", ", shape)}) need {samples * SampleLength} values, but there are {data.Length}.", nameof(data));
        }
    }

    /// <summary>The values, row-major; never written after the value was made, so that values may share them.</summary>
    public T[] Data { get; }

    /// <summary>The number of samples; 1 for a value of the whole batch.</summary>
    public int Samples { get; }

    /// <summary>The shape of one sample.</summary>
    public int[] Shape { get; }

    /// <summary>The number of values of one sample.</summary>
    public int SampleLength { get; }

    /// <summary>Whether there is one row per sample, rather than one for the whole batch.</summary>
    public bool IsPerSample { get; }

    /// <summary>The last axis; 1 for a scalar.</summary>
    public int LastAxis => Shape.Length == 0 ? 1 : Shape[^1];

    /// <summary>Whether a backward pass must reach it.</summary>
    public bool NeedsGradient { get; set; }

    /// <summary>The operation it came from, or null for a leaf.</summary>
    public Operation<T>? Source { get; set; }

    /// <summary>What <see cref="Source"/> read.</summary>
    public Value<T>[] Operands { get; set; } = [];

    /// <summary>Whether a gradient has arrived.</summary>
    public bool HasGradient => _gradient is not null;

    /// <summary>The gradient, to be added to; zero at first.</summary>
    public T[] Gradient => _gradient ??= new T[Data.Length];

    /// <summary>Collects the gradient in memory of the caller's, which is cleared.</summary>
    public void LendGradient(T[] buffer)
    {
        Array.Clear(buffer);
        _gradient = buffer;
    }

    /// <summary>A value with one row per sample.</summary>
    public static Value<T> PerSample(T[] data, int samples, int[] shape) => new(data, samples, shape, isPerSample: true);

    /// <summary>A value of the whole batch.</summary>
    public static Value<T> PerBatch(T[] data, int[] shape) => new(data, 1, shape, isPerSample: false);

    /// <summary>A number.</summary>
    public static Value<T> Scalar(double number) => PerBatch([T.CreateChecked(number)], []);

    /// <summary>A value of the same kind and number of samples.</summary>
    public Value<T> Like(T[] data, int[] shape) => new(data, Samples, shape, IsPerSample);

    /// <summary>The number of values of a shape.</summary>
    public static int LengthOf(ReadOnlySpan<int> shape)
    {
        int length = 1;
        foreach (int size in shape)
        {
            length *= size;
        }

        return length;
    }
}
