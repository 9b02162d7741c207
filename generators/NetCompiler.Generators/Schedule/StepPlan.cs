using NetCompiler.Generators.Graph;

namespace NetCompiler.Generators.Schedule;

/// <summary>One step of a network that is causal in time, as its members need it.</summary>
/// <param name="Inputs">The shape of one step of each input.</param>
/// <param name="Outputs">The shape of each output of one step.</param>
/// <param name="States">The shapes of what is carried, which lie one behind another in the state.</param>
internal sealed record StepPlan(EquatableArray<Shape> Inputs, EquatableArray<Shape> Outputs, EquatableArray<Shape> States)
{
    /// <summary>The floats of scratch of one call of the kernels' PredictNext.</summary>
    public int Scratch { get; init; }

    /// <summary>The floats of a state.</summary>
    public int StateLength => States.Sum(state => (int)state.Length);

    public static StepPlan Of(NetworkGraph graph, IReadOnlyList<Shape> inputs)
    {
        IEnumerable<Shape> Results(ResultRole role) => graph.Results.Where(result => result.Role == role).OrderBy(result => result.Index).Select(result => result.Node.Shape);
        return new StepPlan(new EquatableArray<Shape>(inputs), new EquatableArray<Shape>(Results(ResultRole.Output)), new EquatableArray<Shape>(Results(ResultRole.State)));
    }
}
