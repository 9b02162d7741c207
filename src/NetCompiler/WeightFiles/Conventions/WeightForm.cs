namespace NetCompiler;

/// <summary>One tensor of a file that a weight is made of.</summary>
/// <param name="Name">What resolved names call it: the weight's own name where it is alone, else its layer's, a dot and its first word.</param>
/// <param name="Words">What the convention calls it within its layer; versions of a framework differ.</param>
/// <param name="Shape">The shape that the file should have.</param>
internal sealed record WeightPart(string Name, IReadOnlyList<string> Words, int[] Shape);

/// <summary>What a weight looks like in a file: the tensors it is made of, and how their values become ours, in logical order.</summary>
/// <param name="Parts">The tensors.</param>
/// <param name="Arrange">Our values from those of the tensors, in the order of the parts.</param>
internal sealed record WeightForm(IReadOnlyList<WeightPart> Parts, Func<IReadOnlyList<float[]>, float[]> Arrange)
{
    /// <summary>How the parts make the weight, in words; said where one of several is missing.</summary>
    public string Made { get; init; } = "";

    /// <summary>Why no file of the convention can fill the weight, or null.</summary>
    public string? Refusal { get; init; }

    /// <summary>A tensor of another name and shape whose values lie as ours do.</summary>
    public static WeightForm Same(string name, int[] shape, params string[] words) => new([new WeightPart(name, words, shape)], values => values[0]);

    /// <summary>A tensor whose axes are in another order: <paramref name="order"/>[i] is its axis that is our axis i.</summary>
    public static WeightForm Permuted(string name, IReadOnlyList<int> shape, int[] order, params string[] words)
    {
        int[] theirs = new int[shape.Count];
        for (int axis = 0; axis < theirs.Length; axis++)
        {
            theirs[order[axis]] = shape[axis];
        }

        return new([new WeightPart(name, words, theirs)], values => TensorAxes.Permute(values[0], theirs, order));
    }

    /// <summary>The same tensors, with one more step after the arrangement.</summary>
    public WeightForm Then(Func<float[], float[]> step)
    {
        Func<IReadOnlyList<float[]>, float[]> before = Arrange;
        return this with { Arrange = values => step(before(values)) };
    }
}
