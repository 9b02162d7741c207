using NetCompiler.Generators.Ops;

namespace NetCompiler.Generators.Graph.Layers;

/// <summary>Random values come in whole groups along the last axis: what has one value there takes them along all axes, a single value the first of a group.</summary>
internal static class RandomGroups
{
    private const int Group = 16;

    /// <param name="builder">The graph.</param>
    /// <param name="shape">The shape that is wanted.</param>
    /// <param name="make">Makes the random values of a shape.</param>
    public static Node Make(GraphBuilder builder, Shape shape, Func<Shape, Node> make)
    {
        if (shape.Length > 1)
        {
            return shape[-1] > 1 ? make(shape) : builder.Reshape(make(new Shape((int)shape.Length)), shape);
        }

        Node first = builder.Apply(Elementwise.Equal, builder.Iota(Group), builder.Constant(0));
        return builder.Reshape(builder.Reduce(ReduceKind.Sum, ReduceExtent.LastAxis, builder.Multiply(make(new Shape(Group)), first)), shape);
    }
}
