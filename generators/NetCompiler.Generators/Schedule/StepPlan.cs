using NetCompiler.Generators.Graph;

namespace NetCompiler.Generators.Schedule;

/// <summary>One step of a network that is causal in time, as its members need it.</summary>
/// <param name="Inputs">The shape of one step of each input.</param>
/// <param name="Outputs">The shape of each output of one step.</param>
/// <param name="States">The shapes of what is carried, which lie one behind another in the state.</param>
/// <param name="Steps">The number of steps of a whole sequence.</param>
internal sealed record StepPlan(EquatableArray<Shape> Inputs, EquatableArray<Shape> Outputs, EquatableArray<Shape> States, int Steps)
{
    /// <summary>The state that holds the number of steps before; null where steps may go on without end.</summary>
    public int? PlaceState { get; init; }

    /// <summary>Where that number lies in the state.</summary>
    public int? PlaceOffset => PlaceState is int place ? States.Take(place).Sum(state => (int)state.Length) : null;

    /// <summary>The floats of scratch of one call of the kernels' PredictNext.</summary>
    public int Scratch { get; init; }

    /// <summary>Whether the kernels' PredictNext is told in which direction to go through the weights.</summary>
    public bool IsTurned { get; init; }

    /// <summary>The floats of a state.</summary>
    public int StateLength => States.Sum(state => (int)state.Length);

    public static StepPlan Of(NetworkGraph graph, IReadOnlyList<Shape> inputs, int steps)
    {
        IEnumerable<Shape> Results(ResultRole role) => graph.Results.Where(result => result.Role == role).OrderBy(result => result.Index).Select(result => result.Node.Shape);
        return new StepPlan(new EquatableArray<Shape>(inputs), new EquatableArray<Shape>(Results(ResultRole.Output)), new EquatableArray<Shape>(Results(ResultRole.State)), steps);
    }
}
