using NetCompiler.Dynamic.Checks;
using NetCompiler.Dynamic.Network;

namespace NetCompiler;

/// <summary>
/// Compares the gradients of generated code with those of the interpreter in double, value by value, and with central differences in
/// double along random directions, one weight or input at a time.
/// </summary>
/// <remarks>
/// Dropout and noise are those of the training's seed and step on both sides. At a kink (of a ReLU, an absolute value, a maximum) there is no finite difference: such a direction is skipped and counted. The
/// two sides may choose different slopes when a value lies within the rounding of float of a kink; choose other samples then.
/// </remarks>
public static class GradientCheck
{
    /// <summary>Checks the gradients of all weights that are not frozen and of all float inputs.</summary>
    /// <param name="training">A training of the generated network; its weights are not changed, its step index, gradients and statistics are put back.</param>
    /// <param name="inputs">One column per input, samples first; at most the training's batch size of samples.</param>
    /// <param name="targets">One column per target, samples first.</param>
    /// <param name="options">Tolerances and directions; null for the defaults.</param>
    /// <returns>How close it was.</returns>
    /// <exception cref="GradientCheckException">A gradient or the loss differs; the exception names the weight or input, the place, both values and the tolerance.</exception>
    /// <exception cref="ArgumentException">There are no samples or too many, a column is missing, of the wrong type or of the wrong length, or the training does not tell its gradients by weight.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A token or a class lies outside its range.</exception>
    /// <exception cref="InvalidOperationException">The network has no loss.</exception>
    /// <exception cref="NotSupportedException">The network has dropout or noise, and the training does not tell its seed, as generated ones do.</exception>
    public static GradientCheckReport Run(ITraining training, ReadOnlySpan<Column> inputs, ReadOnlySpan<Column> targets, GradientCheckOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(training);
        options ??= new GradientCheckOptions();
        IWeightGradients gradients = training as IWeightGradients
            ?? throw new ArgumentException($"{training.GetType().Name} does not tell its gradients by weight: only trainings made by a generated network can be checked.", nameof(training));
        NetworkDescription network = training.Network.Description;
        ReadOnlySpan<float> sampleWeights = training.SampleWeights;
        DynamicNetwork<double> interpreter = DynamicNetwork.From<double>(training.Network);
        CopySettings(training, interpreter);
        Batch<double> counted = Batch<double>.Of(network, inputs);
        if (counted.Count > training.BatchSize)
        {
            throw new ArgumentException($"{counted.Count} samples were given, but the training was made for at most {training.BatchSize}.", nameof(inputs));
        }

        interpreter.ShareRandomNumbers(training, counted.Count);
        Batch<double> batch = Batch<double>.Of(network, inputs, targets, sampleWeights[..counted.Count]);
        DynamicGradients<double> expected = interpreter.ComputeGradients(batch, GradientTargets.Parameters | GradientTargets.Inputs);
        Stage(training, network, inputs, targets);
        TrainingSnapshot snapshot = new(training);
        try
        {
            float loss = training.ComputeGradients(batch.Count, GradientTargets.Parameters | GradientTargets.Inputs);
            GradientComparison comparison = new(options);
            comparison.Compare("loss", -1, loss, expected.Loss, Math.Abs(expected.Loss), "interpreted");
            FiniteDifferences differences = new(interpreter, batch, options);
            foreach ((WeightView view, bool isFrozen) in Trained(training, gradients))
            {
                if (!isFrozen)
                {
                    Check(view.Name, view.ToArray(), expected.Weights[view.Name], interpreter.Weights[view.Name], comparison, differences, options);
                }
            }

            for (int i = 0; i < network.Inputs.Count; i++)
            {
                if (!network.Inputs[i].IsTokens)
                {
                    ReadOnlySpan<float> actual = gradients.InputGradients(i)[..batch.Inputs[i].Length];
                    Check($"input \"{network.Inputs[i].Name}\"", actual, expected.Inputs[i], batch.Inputs[i], comparison, differences, options);
                }
            }

            return new GradientCheckReport(expected.Loss, comparison.Count, comparison.LargestShare, comparison.LargestSubject) { SkippedDirections = comparison.SkippedDirections };
        }
        finally
        {
            snapshot.Restore();
        }
    }

    private static void Check(string subject, ReadOnlySpan<float> actual, double[] expected, double[] values, GradientComparison comparison, FiniteDifferences differences, GradientCheckOptions options)
    {
        comparison.CompareAll(subject, actual, expected);
        for (int i = 0; i < options.Directions && values.Length > 0; i++)
        {
            double[] direction = differences.DrawDirection(values.Length);
            if (differences.Along(values, direction) is { } difference)
            {
                comparison.CompareDirection(subject, actual, direction, difference);
            }
            else
            {
                comparison.SkippedDirections++;
            }
        }
    }

    private static IEnumerable<(WeightView View, bool IsFrozen)> Trained(ITraining training, IWeightGradients gradients)
    {
        IReadOnlyList<WeightView> views = gradients.WeightGradients;
        bool[] isFrozen = new bool[views.Count];
        if (training is IParameterRanges { ParameterRanges: var ranges } && ranges.Length == views.Count)
        {
            for (int i = 0; i < ranges.Length; i++)
            {
                isFrozen[i] = ranges[i].IsFrozen;
            }
        }

        return views.Select((view, i) => (view, isFrozen[i]));
    }

    private static void CopySettings(ITraining training, DynamicNetwork<double> interpreter)
    {
        if (training is ILossSettings settings)
        {
            for (int i = 0; i < settings.SettingNames.Count; i++)
            {
                interpreter.Settings[settings.SettingNames[i]] = settings[i];
            }
        }
    }

    private static void Stage(ITraining training, NetworkDescription network, ReadOnlySpan<Column> inputs, ReadOnlySpan<Column> targets)
    {
        for (int i = 0; i < inputs.Length; i++)
        {
            if (network.Inputs[i].IsTokens)
            {
                inputs[i].Integers.Span.CopyTo(training.TokenInput(i));
            }
            else
            {
                inputs[i].Floats.Span.CopyTo(training.FloatInput(i));
            }
        }

        for (int i = 0; i < targets.Length; i++)
        {
            if (network.Targets[i].IsClasses)
            {
                targets[i].Integers.Span.CopyTo(training.ClassTarget(i));
            }
            else
            {
                targets[i].Floats.Span.CopyTo(training.FloatTarget(i));
            }
        }
    }
}
