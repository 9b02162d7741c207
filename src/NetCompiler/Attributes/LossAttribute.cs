namespace NetCompiler;

/// <summary>What training minimises; with several, the sum of each times its <see cref="Weight"/>.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct, AllowMultiple = true, Inherited = false)]
public sealed class LossAttribute : Attribute
{
    /// <summary>Declares a built-in loss.</summary>
    public LossAttribute(Loss kind) => Kind = kind;

    /// <summary>
    /// Names a static method of the class: <c>float L(float output, float target)</c> per element, or one over tensors whose parameters are
    /// the outputs, then its targets, then its settings.
    /// </summary>
    public LossAttribute(string method) => Method = method;

    /// <summary>The built-in loss; counts where <see cref="Method"/> is null.</summary>
    public Loss Kind { get; }

    /// <summary>The method's name, or null for a built-in loss.</summary>
    public string? Method { get; }

    /// <summary>The name of the output that is judged; may be left out where there is one.</summary>
    public string Output { get; set; } = "";

    /// <summary>The factor in the whole loss. Default: 1.</summary>
    public double Weight { get; set; } = 1;

    /// <summary>Whether the output holds logits, so that <c>Predict</c> returns them, too; a cross-entropy then applies the softmax or the sigmoid itself.</summary>
    public bool FromLogits { get; set; }

    /// <summary>The share of the target, from 0 to below 1, that a cross-entropy spreads evenly over all classes.</summary>
    public double LabelSmoothing { get; set; }

    /// <summary>Where the Huber loss turns from quadratic to linear; above 0. Default: 1.</summary>
    public double Delta { get; set; } = 1;
}
