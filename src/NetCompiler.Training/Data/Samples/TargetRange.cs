using System.Globalization;

namespace NetCompiler;

/// <summary>The values that a loss takes as float targets.</summary>
/// <param name="Loss">The loss, in the words of the declaration.</param>
/// <param name="Least">The smallest one.</param>
/// <param name="Most">The largest one.</param>
/// <param name="HasMiddle">Whether those between are taken too.</param>
internal sealed record TargetRange(string Loss, float Least, float Most, bool HasMiddle)
{
    // Mixed and smoothed labels, as 0.3 + 0.7 of two images of one class, are off by a few roundings.
    private const float Rounding = 1e-5f;

    /// <summary>What the losses of a target take; null where they take any number.</summary>
    public static TargetRange? Of(IEnumerable<LossDescription> losses)
        => losses.Select(loss => loss.Kind switch
        {
            NetCompiler.Loss.BinaryCrossentropy or NetCompiler.Loss.CategoricalCrossentropy or NetCompiler.Loss.KullbackLeibler => new TargetRange(loss.Name, 0, 1, HasMiddle: true),
            NetCompiler.Loss.Hinge => new TargetRange(loss.Name, -1, 1, HasMiddle: false),
            _ => null,
        }).FirstOrDefault(range => range is not null);

    /// <summary>Whether the loss takes a value.</summary>
    public bool Contains(float value) => HasMiddle ? value >= Least - Rounding && value <= Most + Rounding : value == Least || value == Most;

    /// <summary>Says of a value what is wrong with it.</summary>
    public string Refuse(float value) => string.Create(
        CultureInfo.InvariantCulture, $"{value} {(HasMiddle ? $"is outside {Least} to {Most}, which {Loss} needs" : $"is neither {Least} nor {Most}, which are the targets of {Loss}")}.");
}
