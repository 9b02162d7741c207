using NetCompiler.Dynamic.Checks;
using NetCompiler.Dynamic.Layers;
using NetCompiler.Dynamic.Network;
using NetCompiler.Dynamic.Tape;

namespace NetCompiler;

/// <summary>
/// A network that is interpreted layer by layer from its description, with gradients from a tape: what generated code is compared with.
/// It shares nothing with the generator. Not safe for several threads at once.
/// </summary>
/// <typeparam name="T">float or double.</typeparam>
public sealed class DynamicNetwork<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private const GradientTargets Both = GradientTargets.Parameters | GradientTargets.Inputs;

    private readonly Dictionary<string, T[]> _weights = [];
    private readonly Dictionary<string, T[]> _stepGradients = [];

    /// <summary>Makes an interpreter of a description.</summary>
    /// <param name="description">The layers and losses.</param>
    /// <param name="weights">Every weight by its name in files, in logical order, row-major; copied.</param>
    /// <exception cref="ArgumentException">A weight is missing or has another length than its shape.</exception>
    public DynamicNetwork(NetworkDescription description, IReadOnlyDictionary<string, float[]> weights)
    {
        ArgumentNullException.ThrowIfNull(description);
        ArgumentNullException.ThrowIfNull(weights);
        Description = description;
        foreach (WeightDescription weight in description.Layers.SelectMany(layer => layer.Weights).DistinctBy(weight => weight.Name))
        {
            if (!weights.TryGetValue(weight.Name, out float[]? values))
            {
                throw new ArgumentException($"{description.Name} needs the weight \"{weight.Name}\"; given are {string.Join(", ", weights.Keys)}.", nameof(weights));
            }

            if (values.Length != weight.Length)
            {
                throw new ArgumentException($"The weight \"{weight.Name}\" of shape ({string.Join(", ", weight.Shape)}) needs {weight.Length} values, but has {values.Length}.", nameof(weights));
            }

            T[] copy = new T[values.Length];
            TensorPrimitives.ConvertChecked<float, T>(values, copy);
            _weights.Add(weight.Name, copy);
        }
    }

    /// <summary>The layers, shapes, weights and losses.</summary>
    public NetworkDescription Description { get; }

    /// <summary>The weights by name, in logical order, row-major; the arrays may be written.</summary>
    public IReadOnlyDictionary<string, T[]> Weights => _weights;

    /// <summary>Values of loss settings by name; a setting that is not here has its declared default.</summary>
    public IDictionary<string, double> Settings { get; } = new Dictionary<string, double>(StringComparer.OrdinalIgnoreCase);

    /// <summary>Gives the masks of layers that drop values in training; null for masks of the interpreter's own, drawn from <see cref="Seed"/>, <see cref="StepIndex"/> and the layer's name.</summary>
    public DropoutMask? DropoutMask { get; set; }

    /// <summary>Gives the numbers of noise layers in training; null for numbers of the interpreter's own, drawn as those of <see cref="DropoutMask"/>.</summary>
    public NoiseValues? Noise { get; set; }

    /// <summary>The seed of the interpreter's own random numbers. They are not those of generated code.</summary>
    public int Seed { get; set; }

    /// <summary>
    /// The number of training passes so far: <see cref="ComputeGradients(ReadOnlySpan{Column}, ReadOnlySpan{Column}, ReadOnlySpan{float}, GradientTargets)"/>, <see cref="Step"/> and
    /// <see cref="Backward"/> in training add one, after they moved the statistics of batch normalizations in <see cref="Weights"/>.
    /// </summary>
    public long StepIndex { get; set; }

    /// <summary>Takes the masks of dropout and the numbers of noise that generated code will use in its next step, so that both compute the same.</summary>
    /// <param name="training">The training of the generated network; its seed and its step index as they are now tell all numbers.</param>
    /// <param name="count">The number of samples of the batch.</param>
    /// <exception cref="NotSupportedException">The network has dropout or noise, and the training does not tell its seed, as generated ones do.</exception>
    public void ShareRandomNumbers(ITraining training, int count)
    {
        ArgumentNullException.ThrowIfNull(training);
        if (GeneratedNumbers.Of(training, count) is { } numbers)
        {
            (DropoutMask, Noise) = (numbers.Mask, numbers.Noise);
        }
    }

    /// <summary>Predicts any number of samples in inference mode.</summary>
    /// <param name="inputs">One column per input, samples first.</param>
    /// <returns>One array per output, samples first.</returns>
    /// <exception cref="ArgumentException">A column is missing, of the wrong type or of the wrong length.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A token lies outside its vocabulary.</exception>
    public T[][] Predict(ReadOnlySpan<Column> inputs)
    {
        Batch<T> batch = Batch<T>.Of(Description, inputs);
        return [.. Run(batch, training: null, GradientTargets.None).Outputs.Select(output => output.Data)];
    }

    /// <summary>The loss of samples in inference mode, regularizers included.</summary>
    /// <param name="inputs">One column per input, samples first.</param>
    /// <param name="targets">One column per target, samples first.</param>
    /// <param name="sampleWeights">One weight per sample; empty for ones.</param>
    /// <exception cref="ArgumentException">There are no samples, or a column is missing, of the wrong type or of the wrong length.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A token or a class lies outside its range.</exception>
    /// <exception cref="InvalidOperationException">The network has no loss.</exception>
    public T ComputeLoss(ReadOnlySpan<Column> inputs, ReadOnlySpan<Column> targets, ReadOnlySpan<float> sampleWeights = default) =>
        ComputeLoss(Batch<T>.Of(Description, inputs, targets, sampleWeights), training: false);

    /// <summary>The loss of samples in training mode and its gradients.</summary>
    /// <param name="inputs">One column per input, samples first.</param>
    /// <param name="targets">One column per target, samples first.</param>
    /// <param name="sampleWeights">One weight per sample; empty for ones.</param>
    /// <param name="gradients">What gradients to compute: of the trained weights, of the float inputs, or both.</param>
    /// <exception cref="ArgumentException">There are no samples, or a column is missing, of the wrong type or of the wrong length.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A token or a class lies outside its range.</exception>
    /// <exception cref="InvalidOperationException">The network has no loss.</exception>
    public DynamicGradients<T> ComputeGradients(ReadOnlySpan<Column> inputs, ReadOnlySpan<Column> targets, ReadOnlySpan<float> sampleWeights = default, GradientTargets gradients = Both)
    {
        return ComputeGradients(Batch<T>.Of(Description, inputs, targets, sampleWeights), gradients, endsStep: true);
    }

    /// <summary>The gradients of sum(output x output gradient) over all outputs and samples: what Backward of generated code gives.</summary>
    /// <param name="inputs">One column per input, samples first.</param>
    /// <param name="outputGradients">One array per output, as long as the output.</param>
    /// <param name="training">Whether dropout and noise are on and normalizations take the batch's statistics, which then move theirs.</param>
    /// <exception cref="ArgumentException">A column or gradient is missing, of the wrong type or of the wrong length.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A token lies outside its vocabulary.</exception>
    public DynamicGradients<T> Backward(ReadOnlySpan<Column> inputs, IReadOnlyList<T[]> outputGradients, bool training = true)
    {
        ArgumentNullException.ThrowIfNull(outputGradients);
        TrainingPass<T>? trainingPass = training ? BeginTraining() : null;
        ForwardPass<T> pass = Run(Batch<T>.Of(Description, inputs), trainingPass, Both);
        if (outputGradients.Count != pass.Outputs.Length)
        {
            throw new ArgumentException($"{Description.Name} has {pass.Outputs.Length} outputs, but {outputGradients.Count} gradients were given.", nameof(outputGradients));
        }

        for (int i = 0; i < pass.Outputs.Length; i++)
        {
            Value<T> output = pass.Outputs[i];
            if (outputGradients[i].Length != output.Data.Length)
            {
                throw new ArgumentException($"Output \"{Description.Outputs[i].Name}\" has {output.Data.Length} values, but its gradient has {outputGradients[i].Length}.", nameof(outputGradients));
            }

            TensorPrimitives.Add<T>(output.Gradient, outputGradients[i], output.Gradient);
        }

        DynamicGradients<T> gradients = pass.Gradients(T.Zero, []);
        if (trainingPass is not null)
        {
            EndStep(trainingPass);
        }

        return gradients;
    }

    /// <summary>One training step: gradients, then an update; returns the loss before it.</summary>
    /// <param name="inputs">One column per input, samples first.</param>
    /// <param name="targets">One column per target, samples first.</param>
    /// <param name="optimizer">Updates the weights; belongs to this network.</param>
    /// <param name="sampleWeights">One weight per sample; empty for ones.</param>
    /// <exception cref="ArgumentException">There are no samples, or a column is missing, of the wrong type or of the wrong length.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A token or a class lies outside its range.</exception>
    /// <exception cref="InvalidOperationException">The network has no loss.</exception>
    public T Step(ReadOnlySpan<Column> inputs, ReadOnlySpan<Column> targets, DynamicAdam<T> optimizer, ReadOnlySpan<float> sampleWeights = default)
    {
        ArgumentNullException.ThrowIfNull(optimizer);
        DynamicGradients<T> gradients = ComputeGradients(Batch<T>.Of(Description, inputs, targets, sampleWeights), GradientTargets.Parameters, endsStep: true, _stepGradients);
        optimizer.Update(_weights, gradients.Weights);
        return gradients.Loss;
    }

    /// <summary>
    /// The loss of samples in training mode, its gradients, and what every layer gave on the way: for looking into a network. Statistics stay as they are, and it counts as no step.
    /// </summary>
    /// <param name="inputs">One column per input, samples first.</param>
    /// <param name="targets">One column per target, samples first.</param>
    /// <param name="sampleWeights">One weight per sample; empty for ones.</param>
    /// <exception cref="ArgumentException">There are no samples, or a column is missing, of the wrong type or of the wrong length.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A token or a class lies outside its range.</exception>
    /// <exception cref="InvalidOperationException">The network has no loss.</exception>
    public DynamicTrace<T> Trace(ReadOnlySpan<Column> inputs, ReadOnlySpan<Column> targets, ReadOnlySpan<float> sampleWeights = default)
    {
        ForwardPass<T> pass = Run(Batch<T>.Of(Description, inputs, targets, sampleWeights), BeginTraining(), Both);
        DynamicGradients<T> totals = LossAndGradients(pass);
        return new DynamicTrace<T>([.. pass.Values.Select(value => value.Data)], [.. pass.Values.Select(value => value.HasGradient ? value.Gradient : [])], totals);
    }

    /// <summary>The loss of a batch that may hold what no column can: values in double. Statistics stay as they are.</summary>
    internal T ComputeLoss(Batch<T> batch, bool training)
    {
        T loss = T.Zero;
        foreach (Value<T> part in Losses(Run(batch, training ? BeginTraining() : null, GradientTargets.None)))
        {
            loss += part.Data[0];
        }

        return loss;
    }

    /// <summary>The loss of a batch and its gradients; as a step it moves statistics and counts.</summary>
    internal DynamicGradients<T> ComputeGradients(Batch<T> batch, GradientTargets gradients, bool endsStep = false, Dictionary<string, T[]>? buffers = null)
    {
        TrainingPass<T> training = BeginTraining();
        ForwardPass<T> pass = Run(batch, training, gradients);
        if (buffers is not null)
        {
            pass.LendGradients(buffers);
        }

        DynamicGradients<T> result = LossAndGradients(pass);
        if (endsStep)
        {
            EndStep(training);
        }

        return result;
    }

    private DynamicGradients<T> LossAndGradients(ForwardPass<T> pass)
    {
        T loss = T.Zero;
        List<T> parts = [];
        foreach (Value<T> part in Losses(pass))
        {
            part.Gradient[0] = T.One;
            parts.Add(part.Data[0]);
            loss += part.Data[0];
        }

        return pass.Gradients(loss, parts);
    }

    private List<Value<T>> Losses(ForwardPass<T> pass)
    {
        if (Description.Losses.Count == 0)
        {
            throw new InvalidOperationException($"{Description.Name} has no loss.");
        }

        return pass.Losses(setting => Settings.TryGetValue(setting.Name, out double value) ? value : setting.Default);
    }

    private ForwardPass<T> Run(Batch<T> batch, TrainingPass<T>? training, GradientTargets gradients) => new(Description, _weights, batch, training, gradients);

    private TrainingPass<T> BeginTraining() => new(DropoutMask, Noise, Seed, StepIndex);

    private void EndStep(TrainingPass<T> training)
    {
        foreach ((string name, T[] values) in training.Statistics)
        {
            values.CopyTo(_weights[name], 0);
        }

        StepIndex++;
    }
}
