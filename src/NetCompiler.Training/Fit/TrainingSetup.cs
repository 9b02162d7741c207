namespace NetCompiler;

/// <summary>What is applied once, before the first batch.</summary>
internal static class TrainingSetup
{
    /// <summary>Makes the training that options ask for: with their seed and threads, the losses' settings written and layers frozen.</summary>
    /// <param name="network">The network.</param>
    /// <param name="mostSamples">The number of samples of the largest data set, where it is known: no batch is larger.</param>
    /// <param name="options">The options, checked.</param>
    /// <exception cref="ArgumentException">A setting or the name of a frozen layer does not fit the network.</exception>
    public static ITraining CreateTraining(INetwork network, int? mostSamples, FitOptions options)
    {
        ITraining training = network.CreateTraining(Math.Min(options.BatchSize, mostSamples ?? options.BatchSize), options.Threads, options.Seed);
        try
        {
            ApplySettings(training, options.Settings);
            if (options.Frozen.Count > 0)
            {
                training.Freeze([.. options.Frozen]);
            }

            return training;
        }
        catch
        {
            training.Dispose();
            throw;
        }
    }

    /// <summary>Refuses data that does not fit or has no samples.</summary>
    /// <exception cref="ArgumentException">It does not fit, or has none.</exception>
    public static void RequireData(INetwork network, Dataset data, string argument)
    {
        ArgumentNullException.ThrowIfNull(data, argument);
        data.Schema.RequireFits(network.Description, argument);
        if (data.KnownCount == 0)
        {
            throw new ArgumentException("The data set has no samples.", argument);
        }
    }

    /// <summary>Refuses a network without a loss.</summary>
    /// <exception cref="InvalidOperationException">It has none.</exception>
    public static void RequireLoss(INetwork network)
    {
        if (network.Description.Losses.Count == 0)
        {
            throw new InvalidOperationException($"{network.Description.Name} has no loss; it is trained through its Training.Backward.");
        }
    }

    /// <summary>Writes the losses' run-time settings.</summary>
    /// <exception cref="ArgumentException">The losses have no such setting.</exception>
    public static void ApplySettings(ITraining training, IReadOnlyDictionary<string, double>? settings)
    {
        if (settings is null || settings.Count == 0)
        {
            return;
        }

        ILossSettings? target = training as ILossSettings;
        string[] names = target is null ? [] : [.. target.SettingNames];
        foreach (string name in settings.Keys)
        {
            if (!names.Contains(name, StringComparer.OrdinalIgnoreCase))
            {
                string known = names.Length == 0 ? "they have none" : $"they have {string.Join(", ", names)}";
                throw new ArgumentException($"The losses of {training.Network.Description.Name} have no setting \"{name}\"; {known}.", nameof(settings));
            }
        }

        foreach ((string name, double value) in settings)
        {
            target![Array.FindIndex(names, candidate => string.Equals(candidate, name, StringComparison.OrdinalIgnoreCase))] = (float)value;
        }
    }

    /// <summary>Folds class weights into the sample weights of a data set.</summary>
    /// <exception cref="ArgumentException">The network has not exactly one target that says a sample's class, or a class does not exist.</exception>
    public static Dataset ApplyClassWeights(Dataset data, IReadOnlyDictionary<int, double>? weights)
    {
        if (weights is null || weights.Count == 0)
        {
            return data;
        }

        SampleSchema schema = data.Schema;
        if (schema.Targets.Length != 1 || (schema.Targets[0].IsInteger && schema.Targets[0].Length != 1))
        {
            string found = schema.Targets.Length == 1 ? $"the {schema.Targets[0].Title} has {schema.Targets[0].Length} per sample" : $"there are {schema.Targets.Length} targets";
            throw new ArgumentException($"Class weights need one target with one class per sample; {found}. Give sample weights instead.", nameof(weights));
        }

        SampleColumn target = schema.Targets[0];
        int classes = target.IsInteger ? target.Limit : Math.Max(2, target.Length);
        foreach ((int index, double weight) in weights)
        {
            if ((uint)index >= (uint)classes || !(weight >= 0 && float.IsFinite((float)weight)))
            {
                throw new ArgumentException(FormattableString.Invariant($"The class weight {weight} of class {index} does not fit: classes are 0 to {classes - 1}, weights at least 0 and finite as floats."), nameof(weights));
            }
        }

        float[] factors = [.. Enumerable.Range(0, classes).Select(index => weights.TryGetValue(index, out double weight) ? (float)weight : 1)];
        return data.Map(sample => sample.Weight *= factors[sample.Class]);
    }
}
