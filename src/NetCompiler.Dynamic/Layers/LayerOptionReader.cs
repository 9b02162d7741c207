using System.Globalization;

namespace NetCompiler.Dynamic.Layers;

/// <summary>Reads the options of a layer's description, with a default where one is missing.</summary>
internal static class LayerOptionReader
{
    /// <summary>A number.</summary>
    public static double Real(this LayerDescription layer, string option, double missing) =>
        layer.Options.TryGetValue(option, out object? value) ? Convert.ToDouble(value, CultureInfo.InvariantCulture) : missing;

    /// <summary>A number that must be there.</summary>
    /// <exception cref="InvalidOperationException">It is missing.</exception>
    public static double Real(this LayerDescription layer, string option) =>
        layer.Options.ContainsKey(option)
            ? layer.Real(option, 0)
            : throw new InvalidOperationException($"{layer.Kind} \"{layer.Name}\" needs the option {option}; it has {(layer.Options.Count == 0 ? "none" : string.Join(", ", layer.Options.Keys))}.");

    /// <summary>An axis, or null where none is given: generated descriptions have a list of at most one.</summary>
    public static int? Axis(this LayerDescription layer) =>
        !layer.Options.TryGetValue("Axis", out object? value) ? null
        : value is not int[] axes ? Convert.ToInt32(value, CultureInfo.InvariantCulture)
        : axes.Length <= 1 ? axes.Select(axis => (int?)axis).SingleOrDefault()
        : throw new InvalidOperationException($"{layer.Kind} \"{layer.Name}\" takes one axis, but has ({string.Join(", ", axes)}).");

    /// <summary>A member of an enumeration.</summary>
    public static TEnum Member<TEnum>(this LayerDescription layer, string option, TEnum missing)
        where TEnum : struct, Enum =>
        !layer.Options.TryGetValue(option, out object? value) ? missing
        : value is TEnum member ? member
        : throw new InvalidOperationException($"{layer.Kind} \"{layer.Name}\": {option} must be a {typeof(TEnum).Name}, but is {value} of {value.GetType().Name}.");
}
