using NetCompiler.Dynamic.Tape;

namespace NetCompiler.Dynamic.Operations;

/// <summary>A value seen as (outer, size, inner), size being one axis of its sample's shape; the samples belong to outer.</summary>
/// <param name="Place">The axis, counted from the first.</param>
/// <param name="Outer">The product of what is before the axis.</param>
/// <param name="Size">The axis.</param>
/// <param name="Inner">The product of what is behind the axis.</param>
internal readonly record struct AxisView(int Place, int Outer, int Size, int Inner)
{
    /// <summary>The view along an axis; negative axes count from the end.</summary>
    /// <exception cref="InvalidOperationException">The value has no such axis.</exception>
    public static AxisView Of<T>(Value<T> value, int axis)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int place = axis < 0 ? axis + value.Shape.Length : axis;
        if ((uint)place >= (uint)value.Shape.Length)
        {
            throw new InvalidOperationException($"Axis {axis} lies outside the shape ({string.Join(", ", value.Shape)}).");
        }

        return new AxisView(
            place,
            value.Samples * Value<T>.LengthOf(value.Shape.AsSpan(0, place)),
            value.Shape[place],
            Value<T>.LengthOf(value.Shape.AsSpan(place + 1)));
    }

    /// <summary>A shape with another size of the axis.</summary>
    public int[] Resize(int[] shape, int size)
    {
        int[] result = [.. shape];
        result[Place] = size;
        return result;
    }
}
