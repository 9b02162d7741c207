using NetCompiler.Dynamic.Operations;
using NetCompiler.Dynamic.Tape;

namespace NetCompiler.Dynamic.Layers;

/// <summary>
/// A cell repeated over the steps of a sequence, from zeros: (T, C) gives the last state, or with ReturnSequences the states of all steps. GoBackwards starts at the last step and, as in Keras, returns
/// the states in the order of their computation; a bidirectional layer merges a forward half and one that goes the other way, whose sequence is turned back. A step of padding keeps the states. Dropout
/// is one mask per sample for all steps and gates, of the input and of what the recurrent product sees; what a state carries over itself is not dropped.
/// </summary>
/// <typeparam name="T">float or double.</typeparam>
internal sealed class RecurrentLayer<T>(Func<LayerCall<T>, string, RecurrentCell<T>> makeCell) : Layer<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public override Value<T> Apply(LayerCall<T> call)
    {
        bool goesBackwards = call.Layer.Flag("GoBackwards", false), isSequence = call.Layer.Flag("ReturnSequences", false);
        if (!call.Layer.Flag("Bidirectional", false))
        {
            return Run(call, "", goesBackwards);
        }

        Value<T> forward = Run(call, "forward.", goesBackwards), backward = Run(call, "backward.", !goesBackwards);
        backward = isSequence ? call.Apply(new ReverseSteps<T>(), backward) : backward;
        return call.Layer.Member("MergeMode", MergeMode.Concat) switch
        {
            MergeMode.Sum => call.Apply(new Add<T>(), forward, backward),
            MergeMode.Multiply => call.Apply(new Multiply<T>(), forward, backward),
            MergeMode.Average => call.Apply(new ScaledByNumber<T>(0.5), call.Apply(new Add<T>(), forward, backward)),
            _ => call.Tape.Apply(new ConcatAxis<T>(-1), forward, backward),
        };
    }

    private Value<T> Run(LayerCall<T> call, string prefix, bool goesBackwards)
    {
        RecurrentCell<T> cell = makeCell(call, prefix);
        Value<T> x = call.InputOfRank(2);
        int steps = x.Shape[0], samples = x.Samples;
        T[]? inputFactors = Factors("Dropout", "dropout", x.LastAxis), stateFactors = Factors("RecurrentDropout", "recurrent_dropout", cell.Units);
        Value<T> projected = cell.Project(inputFactors is null ? x : call.Apply(new ScaledBy<T>(ForAllSteps(inputFactors, x)), x));
        Value<T>[] states = new Value<T>[cell.StateCount], outputs = new Value<T>[steps];
        Array.Fill(states, x.Like(new T[samples * cell.Units], [cell.Units]));
        for (int i = 0; i < steps; i++)
        {
            int step = goesBackwards ? steps - 1 - i : i;
            Value<T> seen = stateFactors is null ? states[0] : call.Apply(new ScaledBy<T>(stateFactors), states[0]);
            Value<T>[] next = cell.Step(call.Apply(new AtStep<T>(step), projected), states, seen);
            if (call.Mask?.At(step) is { } counts)
            {
                next = [.. next.Select((state, k) => call.Tape.Apply(new SelectSamples<T>(counts), state, states[k]))];
            }

            states = next;
            outputs[i] = next[0];
        }

        return call.Layer.Flag("ReturnSequences", false) ? call.Tape.Apply(new StackSteps<T>(), outputs) : states[0];

        T[]? Factors(string option, string name, int length) =>
            call.Training is not null && call.Layer.Real(option, 0) is var rate && rate > 0
                ? call.Training.DropoutFactors($"{call.Layer.Name}.{prefix}{name}", samples * length, rate)
                : null;
    }

    private static T[] ForAllSteps(T[] factors, Value<T> x)
    {
        T[] result = new T[x.Data.Length];
        for (int row = 0; row < result.Length / x.LastAxis; row++)
        {
            factors.AsSpan(row / x.Shape[0] * x.LastAxis, x.LastAxis).CopyTo(result.AsSpan(row * x.LastAxis));
        }

        return result;
    }
}
