using NetCompiler.Generators.Declaration;

namespace NetCompiler.Generators.Graph.Layers;

/// <summary>The same values under another shape; one axis may be -1 and takes what is left.</summary>
internal sealed class ReshapeRule : LayerRule
{
    public override string Kind => "Reshape";

    public override string NameStem => "reshape";

    public override bool IsWeightless => true;

    public override bool TakesScalars => true;

    public override IReadOnlyList<OptionSpec> Options { get; } = [IntegerList("Shape")];

    public override Shape? InferShape(LayerSpec layer, IReadOnlyList<Shape> inputs, ProblemSink problems)
    {
        int[] sizes = layer.Integers("Shape").ToArray();
        if (sizes.Length == 0 || sizes.Any(size => size is 0 or < -1) || sizes.Count(size => size == -1) > 1)
        {
            problems.Report("NC0203", "Shape", layer.Name, new Shape(sizes).ToString());
            return null;
        }

        long length = inputs[0].Length, known = new Shape([.. sizes.Where(size => size > 0)]).Length;
        int free = Array.IndexOf(sizes, -1);
        if (free >= 0 && length % known == 0)
        {
            sizes[free] = (int)(length / known);
        }
        else if (free >= 0 || known != length)
        {
            problems.Report("NC0204", "Shape", string.Join(", ", sizes.Select(size => NumberText.Integer(size))), free >= 0 ? $"a multiple of {NumberText.Integer(known)}" : NumberText.Integer(known), inputs[0].ToString(), NumberText.Integer(length));
            return null;
        }

        return new Shape(sizes);
    }

    public override Node Lower(LayerSpec layer, IReadOnlyList<Node> inputs, LayerLowering lowering) =>
        lowering.Builder.Reshape(inputs[0], InferShape(layer, [inputs[0].Shape], new ProblemSink())!.Value);
}
