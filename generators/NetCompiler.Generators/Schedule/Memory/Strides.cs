using NetCompiler.Generators.Graph;

namespace NetCompiler.Generators.Schedule.Memory;

/// <summary>The distances between neighbours along each axis of a value in memory.</summary>
internal static class Strides
{
    /// <summary>One stride per axis. Rows lie a row stride apart; values of one column have no gaps.</summary>
    public static int[] Of(Place place, Shape shape)
    {
        var strides = new int[shape.Rank];
        bool hasRows = shape.Rank > 0 && shape[-1] != 1;
        for (int axis = shape.Rank - 1, stride = 1; axis >= 0; axis--)
        {
            strides[axis] = stride;
            stride = axis == shape.Rank - 1 && hasRows ? place.RowStride : stride * shape[axis];
        }

        return strides;
    }
}
