using NetCompiler.Generators.Declaration;
using NetCompiler.Generators.Ops;

namespace NetCompiler.Generators.Graph.Layers;

/// <summary>An activation as primitives: a row of the elementwise table, or a softmax.</summary>
internal static class ActivationLowering
{
    /// <summary>Applies the layer's options Activation, ActivationAlpha and ActivationMethod.</summary>
    public static Node Apply(GraphBuilder builder, LayerSpec layer, Node x)
    {
        if (layer.Function is { } function)
        {
            return builder.Apply(UserFunction.ToOperation(function), x);
        }

        return Apply(builder, layer.Enumeration("Activation"), layer.Real("ActivationAlpha"), x);
    }

    /// <summary>Applies an activation by its name; NaN asks for the default of the one number some have.</summary>
    public static Node Apply(GraphBuilder builder, string activation, double alpha, Node x) => activation switch
    {
        "Linear" => x,
        "Softmax" => builder.Softmax(x, logarithm: false),
        "LogSoftmax" => builder.Softmax(x, logarithm: true),
        _ => builder.Apply(Find(activation, alpha), x),
    };

    /// <summary>The row of an elementwise activation; NaN asks for the default of the one number some have.</summary>
    public static ElementwiseOperation Find(string activation, double alpha) => activation switch
    {
        "Step" => Elementwise.Step,
        "Sigmoid" => Elementwise.Sigmoid,
        "Tanh" => Elementwise.Tanh,
        "Relu" => Elementwise.Relu,
        "LeakyRelu" => Elementwise.LeakyRelu(double.IsNaN(alpha) ? 0.01 : alpha),
        "Elu" => Elementwise.Elu(double.IsNaN(alpha) ? 1 : alpha),
        "Selu" => Elementwise.Selu(),
        "Gelu" => Elementwise.Gelu,
        "GeluTanh" => Elementwise.GeluTanh,
        "Silu" => Elementwise.Silu,
        "Mish" => Elementwise.Mish,
        "Softplus" => Elementwise.Softplus,
        "Softsign" => Elementwise.Softsign,
        "HardSigmoid" => Elementwise.HardSigmoid,
        "Exp" => Elementwise.Exp,
        _ => throw new InvalidOperationException($"{activation} is no elementwise activation."),
    };
}
