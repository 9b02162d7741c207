using NetCompiler.Generators.Graph;

namespace NetCompiler.Generators.Declaration;

/// <summary>What is wrong with an axis that a shape does not have.</summary>
internal static class AxisMistake
{
    /// <summary>The rule and what its message is made of: one too many is Keras's number, which counts the samples as axis 0.</summary>
    public static (string Rule, string[] Arguments) Of(int axis, Shape shape, string origin) => axis == shape.Rank && axis > 0
        ? ("NC0605", [NumberText.Integer(axis), shape.ToString(), NumberText.Integer(axis - 1), origin])
        : ("NC0312", [NumberText.Integer(axis), shape.ToString(), origin]);
}
