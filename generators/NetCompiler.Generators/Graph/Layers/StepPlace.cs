using NetCompiler.Generators.Ops;

namespace NetCompiler.Generators.Graph.Layers;

/// <summary>The place of one step in its sequence: the number of steps before it, a state that all layers of a network share and none has that does not ask.</summary>
/// <param name="builder">The graph.</param>
/// <param name="states">The network's states, to which this one is added when it is first asked for.</param>
/// <param name="steps">The number of steps of a whole sequence.</param>
internal sealed class StepPlace(GraphBuilder builder, IList<StepState> states, int steps)
{
    private Node? _earlier;

    /// <summary>The number of steps of a whole sequence.</summary>
    public int Steps => steps;

    /// <summary>The index of the state, or null where no layer asked for the place.</summary>
    public int? State { get; private set; }

    /// <summary>For each step of a sequence whether it is this one: (steps), 1 or 0.</summary>
    public Node IsThis => builder.Apply(Elementwise.Equal, builder.Iota(steps), Earlier);

    /// <summary>For each step of a sequence whether it is this one or an earlier one: (steps), 1 or 0.</summary>
    public Node IsPast => builder.Apply(Elementwise.AtMost, builder.Iota(steps), Earlier);

    private Node Earlier
    {
        get
        {
            if (_earlier is null)
            {
                State = states.Count;
                _earlier = builder.Input(InputRole.State, states.Count, new Shape(1), isBatched: true);
                states.Add(new StepState(_earlier) { After = builder.Add(_earlier, builder.Constant(1)) });
            }

            return _earlier;
        }
    }
}
