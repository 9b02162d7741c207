namespace NetCompiler.Generators.Graph;

/// <summary>The extents of a value's axes, without the batch.</summary>
internal readonly struct Shape(params int[] sizes) : IEquatable<Shape>
{
    private readonly EquatableArray<int> _sizes = sizes;

    public static Shape Scalar => new([]);

    public int Rank => _sizes.Count;

    public EquatableArray<int> Sizes => _sizes;

    /// <summary>The number of values; long, because a faulty declaration may exceed int.</summary>
    public long Length
    {
        get
        {
            long length = 1;
            for (int axis = 0; axis < _sizes.Count; axis++)
            {
                length = length > int.MaxValue ? length : length * _sizes[axis];
            }

            return length;
        }
    }

    public int this[int axis] => _sizes[axis < 0 ? axis + Rank : axis];

    public static bool operator ==(Shape left, Shape right) => left.Equals(right);

    public static bool operator !=(Shape left, Shape right) => !left.Equals(right);

    public bool Equals(Shape other) => _sizes.Equals(other._sizes);

    public override bool Equals(object? obj) => obj is Shape other && Equals(other);

    public override int GetHashCode() => _sizes.GetHashCode();

    /// <summary>As in C# tuples, with one axis in parentheses too: (784), (28, 28, 1).</summary>
    public override string ToString() => "(" + string.Join(", ", _sizes.Select(size => NumberText.Integer(size))) + ")";
}
