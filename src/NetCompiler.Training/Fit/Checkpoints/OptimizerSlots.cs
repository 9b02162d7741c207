using System.Globalization;

namespace NetCompiler;

/// <summary>
/// An optimizer's slots as named arrays: one per trained weight in its logical shape, as the weights themselves, so that a file does not depend on how generated code
/// lays them out; whole where a training cannot say which part belongs to which weight.
/// </summary>
internal static class OptimizerSlots
{
    /// <summary>Whose state it is, the same at every vector width.</summary>
    public static string NameOf(OptimizerState optimizer)
    {
        Type type = optimizer.GetType();
        string name = type.FullName ?? type.Name;
        int end = name.AsSpan().IndexOfAny('`', '[');
        return end < 0 ? name : name[..end];
    }

    /// <summary>The optimizer in its own words, <c>Adam { LearningRate = 0.001, ...</c>, or whose state it is where that is not known.</summary>
    public static string TextOf(OptimizerState optimizer) => optimizer is IOptimizerSettings made ? InvariantText.Of(made.Settings) : NameOf(optimizer);

    /// <summary>The arrays, with copies of the values.</summary>
    public static IReadOnlyList<NamedTensor> Read(ITraining training, OptimizerState optimizer)
    {
        List<NamedTensor> tensors = [];
        using Borrowed gradients = new(training);
        for (int i = 0; i < optimizer.Slots.Count; i++)
        {
            Memory<float> slot = optimizer.Slots[i];
            if (gradients.ViewsOf(slot) is IReadOnlyList<WeightView> views)
            {
                slot.Span.CopyTo(training.Gradients);
                tensors.AddRange(views.Select(view => new NamedTensor(NameOf(i, view), view.Shape.ToArray(), view.ToArray())));
            }
            else
            {
                tensors.Add(new NamedTensor(NameOf(i), [slot.Length], slot.ToArray()));
            }
        }

        return tensors;
    }

    /// <summary>Writes the slots from arrays that <see cref="Read"/> made for the same training.</summary>
    public static void Write(ITraining training, OptimizerState optimizer, IReadOnlyDictionary<string, NamedTensor> tensors)
    {
        using Borrowed gradients = new(training);
        for (int i = 0; i < optimizer.Slots.Count; i++)
        {
            Memory<float> slot = optimizer.Slots[i];
            if (gradients.ViewsOf(slot) is IReadOnlyList<WeightView> views)
            {
                // What lies between the weights keeps its first values, as training leaves them.
                slot.Span.CopyTo(training.Gradients);
                foreach (WeightView view in views)
                {
                    view.CopyFrom(tensors[NameOf(i, view)].Values.Span);
                }

                training.Gradients.CopyTo(slot.Span);
            }
            else
            {
                tensors[NameOf(i)].Values.CopyTo(slot);
            }
        }
    }

    private static string NameOf(int slot) => string.Create(CultureInfo.InvariantCulture, $"{CheckpointKeys.Slot}{slot + 1}");

    private static string NameOf(int slot, WeightView view) => $"{NameOf(slot)}.{view.Name}";

    /// <summary>The gradients' memory for a while: their views know where each weight's values lie in anything of that layout.</summary>
    private sealed class Borrowed(ITraining training) : IDisposable
    {
        private readonly float[] _before = training.Gradients.ToArray();

        public IReadOnlyList<WeightView>? ViewsOf(Memory<float> slot)
            => training is IWeightGradients gradients && slot.Length == _before.Length ? gradients.WeightGradients : null;

        public void Dispose() => _before.CopyTo(training.Gradients);
    }
}
