using NetCompiler.Generators.Graph.Layers;
using NetCompiler.Generators.Graph.Losses;

namespace NetCompiler.Generators.Declaration.Functional;

/// <summary>What a method of tensors may call.</summary>
/// <param name="Find">The rule of a method of Tensor or of Losses, by kind, or null where it may not be called.</param>
/// <param name="Allowed">What is allowed, for messages.</param>
internal sealed record TensorDialect(Func<string, LayerRule?> Find, string Allowed)
{
    private const string Code = "locals, loops and conditions over numbers known while compiling, x.Shape, ";
    private const string Calls = "x.Map(f) with a static method of floats, and calls to static methods of this project";

    /// <summary>A Forward method: every layer.</summary>
    public static TensorDialect Forward { get; } = new(LayerRule.Find, Code + "the layers and operators of Tensor, Tensor.Share, Tensor.Parameter, " + Calls);

    /// <summary>A loss method: what has no weights and no random numbers, sums over the batch, and the built-in losses.</summary>
    public static TensorDialect Loss { get; } = new(
        LossMethodRules.Find, Code + "the operators of Tensor, those of its methods that have no weights and draw no numbers, BatchSum, BatchMean, Losses.*, arithmetic with settings, " + Calls);
}
