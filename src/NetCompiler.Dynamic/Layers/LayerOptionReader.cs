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

    /// <summary>A whole number.</summary>
    public static int Integer(this LayerDescription layer, string option, int missing) => (int)layer.Real(option, missing);

    /// <summary>A whole number that must be there.</summary>
    /// <exception cref="InvalidOperationException">It is missing.</exception>
    public static int Integer(this LayerDescription layer, string option) => (int)layer.Real(option);

    /// <summary>A whole number, or another option's where it is missing or has the value that means "as the other".</summary>
    public static int Integer(this LayerDescription layer, string option, int sameAs, int value) =>
        layer.Integer(option, sameAs) is var given && given == sameAs ? value : given;

    /// <summary>A truth value.</summary>
    public static bool Flag(this LayerDescription layer, string option, bool missing) => layer.Real(option, missing ? 1 : 0) != 0;

    /// <summary>Several whole numbers; none where the option is missing.</summary>
    public static int[] Integers(this LayerDescription layer, string option) =>
        !layer.Options.TryGetValue(option, out object? value) ? []
        : value is int[] numbers ? numbers
        : [Convert.ToInt32(value, CultureInfo.InvariantCulture)];

    /// <summary>A member of an enumeration.</summary>
    public static TEnum Member<TEnum>(this LayerDescription layer, string option, TEnum missing)
        where TEnum : struct, Enum =>
        !layer.Options.TryGetValue(option, out object? value) ? missing
        : value is TEnum member ? member
        : throw new InvalidOperationException($"{layer.Kind} \"{layer.Name}\": {option} must be a {typeof(TEnum).Name}, but is {value} of {value.GetType().Name}.");
}
