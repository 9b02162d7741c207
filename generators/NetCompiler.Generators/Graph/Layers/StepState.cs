namespace NetCompiler.Generators.Graph.Layers;

/// <summary>A value that a layer carries from step to step.</summary>
/// <param name="before">The value as the step before left it.</param>
internal sealed class StepState(Node before)
{
    public Node Before { get; } = before;

    /// <summary>The value after the step.</summary>
    public Node After { get; set; } = before;
}
