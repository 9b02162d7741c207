using NetCompiler.Generators.Declaration;
using NetCompiler.Generators.Graph;
using NetCompiler.Generators.Graph.Layers;

namespace NetCompiler.Generators.Passes;

/// <summary>The shape of every value of a declaration. A faulty one keeps the last known shape, so that members can still be named.</summary>
internal static class InferShapes
{
    public static IReadOnlyList<Shape> Run(NetworkSpec spec)
    {
        var shapes = new List<Shape>(spec.Inputs.Select(input => new Shape([.. input.Shape])));
        var problems = new ProblemSink();
        foreach (LayerSpec layer in spec.Layers)
        {
            Shape[] inputs = [.. layer.Operands.Select(operand => shapes[operand])];
            Shape? shape = LayerRule.Find(layer.Kind) is { } rule && (rule.TakesScalars || inputs.All(input => input.Rank > 0)) ? rule.InferShape(layer, inputs, problems) : null;
            shapes.Add(shape ?? (spec.IsFaulty ? inputs.Length > 0 ? inputs[0] : new Shape(1) : throw new InvalidOperationException($"{layer.Kind} {layer.Name} has no shape.")));
        }

        return shapes;
    }
}
