namespace NetCompiler;

/// <summary>What a layer applies to its result, element by element except for the softmaxes.</summary>
public enum Activation
{
    /// <summary>y = x.</summary>
    Linear,

    /// <summary>y = 1 for x >= 0, else 0; its derivative is taken as 0.</summary>
    Step,

    /// <summary>y = 1 / (1 + exp(-x)); 0 below x = -87.3, where that would be a denormal.</summary>
    Sigmoid,

    /// <summary>y = tanh(x).</summary>
    Tanh,

    /// <summary>y = max(0, x).</summary>
    Relu,

    /// <summary>y = x for x > 0, else alpha x; alpha is 0.01 unless given.</summary>
    LeakyRelu,

    /// <summary>y = x for x > 0, else alpha (exp(x) - 1); alpha is 1 unless given.</summary>
    Elu,

    /// <summary>y = 1.0507 x for x > 0, else 1.0507 * 1.6733 (exp(x) - 1) (Klambauer et al. 2017).</summary>
    Selu,

    /// <summary>y = x (1 + erf(x / sqrt 2)) / 2 (Hendrycks and Gimpel 2016).</summary>
    Gelu,

    /// <summary>y = x (1 + tanh(sqrt(2 / pi) (x + 0.044715 x^3))) / 2.</summary>
    GeluTanh,

    /// <summary>y = x / (1 + exp(-x)).</summary>
    Silu,

    /// <summary>y = x tanh(log(1 + exp(x))) (Misra 2019).</summary>
    Mish,

    /// <summary>y = log(1 + exp(x)).</summary>
    Softplus,

    /// <summary>y = x / (1 + |x|).</summary>
    Softsign,

    /// <summary>y = min(max(x / 6 + 1 / 2, 0), 1).</summary>
    HardSigmoid,

    /// <summary>y = exp(x).</summary>
    Exp,

    /// <summary>y = exp(x) / sum exp(x) over the last axis.</summary>
    Softmax,

    /// <summary>y = x - log(sum exp(x)) over the last axis.</summary>
    LogSoftmax,
}
