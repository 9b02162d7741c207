namespace NetCompiler;

/// <summary>One weight of a network, or its gradient, in logical order: the shape that Keras gives it. The default value shows none: its members throw <see cref="InvalidOperationException"/>.</summary>
public readonly struct WeightView
{
    private readonly WeightArena _arena;
    private readonly WeightLayout? _layout;

    /// <summary>Shows the values that <paramref name="layout"/> places in <paramref name="arena"/>.</summary>
    [System.ComponentModel.EditorBrowsable(System.ComponentModel.EditorBrowsableState.Never)]
    public WeightView(WeightArena arena, WeightLayout layout)
    {
        _arena = arena;
        _layout = layout;
    }

    /// <summary>The name in files: layer, dot, weight, as <c>dense1.kernel</c>.</summary>
    public string Name => Layout.Name;

    /// <summary>The shape.</summary>
    public ReadOnlySpan<int> Shape => Layout.Shape;

    /// <summary>The number of values.</summary>
    public int Length => Layout.Length;

    internal WeightArena Arena => _arena;

    internal WeightLayout Layout => _layout ?? throw new InvalidOperationException("This view shows no weight: it is the default value. Views come from the weights of a network.");

    /// <summary>One value.</summary>
    /// <exception cref="ArgumentException">The number of indices is not the number of axes.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An index lies outside its axis.</exception>
    public float this[params ReadOnlySpan<int> index]
    {
        get
        {
            ReadOnlySpan<int> shape = Shape;
            if (index.Length != shape.Length)
            {
                throw new ArgumentException($"{Name} has {shape.Length} axes, but {index.Length} indices were given.", nameof(index));
            }

            int flat = 0;
            for (int axis = 0; axis < shape.Length; axis++)
            {
                if ((uint)index[axis] >= (uint)shape[axis])
                {
                    throw new ArgumentOutOfRangeException(nameof(index), index[axis], $"Axis {axis} of {Name} has {shape[axis]} entries.");
                }

                flat = (flat * shape[axis]) + index[axis];
            }

            return _arena.Span[Layout.Locate(flat)];
        }
    }

    /// <summary>Copies all values in logical, row-major order.</summary>
    /// <exception cref="ArgumentException">The destination's length is not <see cref="Length"/>.</exception>
    public void CopyTo(Span<float> destination)
    {
        RequireLength(destination.Length, nameof(destination));
        Layout.Gather(0, destination, _arena.Span);
    }

    /// <summary>Overwrites all values, given in logical, row-major order.</summary>
    /// <exception cref="ArgumentException">The source's length is not <see cref="Length"/>.</exception>
    public void CopyFrom(ReadOnlySpan<float> source)
    {
        RequireLength(source.Length, nameof(source));
        Layout.Scatter(0, source, _arena.Span);
        _arena.Touch();
    }

    /// <summary>A copy of all values in logical, row-major order.</summary>
    public float[] ToArray()
    {
        float[] values = new float[Length];
        CopyTo(values);
        return values;
    }

    private void RequireLength(int length, string argument)
    {
        if (length != Length)
        {
            throw new ArgumentException($"{Name} has {Length} values, but the span has {length}.", argument);
        }
    }
}
