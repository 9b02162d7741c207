using System.Globalization;

namespace NetCompiler;

/// <summary>Where a value is that is not finite.</summary>
public enum NonFinitePlace
{
    /// <summary>In the samples of an input.</summary>
    Input,

    /// <summary>In the samples of a target.</summary>
    Target,

    /// <summary>In a weight or a statistic, before the step.</summary>
    Weight,

    /// <summary>In what a layer gives.</summary>
    Activation,

    /// <summary>In the loss, though every output is finite.</summary>
    Loss,

    /// <summary>In a gradient, though the loss and everything before it is finite.</summary>
    Gradient,

    /// <summary>In what the optimizer made of a weight, though its gradient is finite.</summary>
    Update,
}

/// <summary>The first value of a training step that is not finite: everything that was computed before it is.</summary>
/// <param name="Place">Where it is.</param>
/// <param name="Name">The name of the layer, for an activation and a gradient; of the input, target, weight or loss otherwise.</param>
/// <param name="Value">NaN or an infinity.</param>
public sealed record NonFiniteValue(NonFinitePlace Place, string Name, float Value)
{
    /// <summary>The kind of the layer, or null for what is none.</summary>
    public string? Kind { get; init; }

    /// <summary>The weight whose gradient it is, by its name in files, or null.</summary>
    public string? Weight { get; init; }

    /// <summary>The sample within the batch, counted from 0, or null where it belongs to none.</summary>
    public int? Sample { get; init; }

    /// <summary>A sentence without its full stop.</summary>
    public override string ToString()
    {
        string layer = Kind is null ? $"\"{Name}\"" : $"layer \"{Name}\" ({Kind})";
        string subject = Place switch
        {
            NonFinitePlace.Input => $"the input \"{Name}\" has",
            NonFinitePlace.Target => $"the target \"{Name}\" has",
            NonFinitePlace.Weight => $"the weight \"{Name}\" had",
            NonFinitePlace.Activation => $"the activation of {layer} has",
            NonFinitePlace.Loss => $"every layer's activation is finite, but the loss {Name} is",
            NonFinitePlace.Gradient => Weight is null ? $"every activation is finite, but the gradient that {layer} passes on has" : $"every activation is finite, but the gradient of \"{Weight}\" of {layer} has",
            _ => $"every gradient is finite, but the update of \"{Name}\" gives",
        };
        string end = Place switch
        {
            NonFinitePlace.Weight => " before the step",
            NonFinitePlace.Activation => ", the first that is not finite",
            NonFinitePlace.Gradient => ", the first on the way back that is not finite",
            _ => "",
        };
        string sample = Sample is int index ? string.Create(CultureInfo.InvariantCulture, $" in sample {index} of the batch") : "";
        return string.Create(CultureInfo.InvariantCulture, $"{subject} {Value}{sample}{end}");
    }
}
