using static NetCompiler.Generators.Ops.ScalarExpression;

namespace NetCompiler.Generators.Ops;

/// <summary>The table of elementwise operations that graphs are built from. a, b, c are the arguments, y is the result.</summary>
internal static class Elementwise
{
    // What is so small, beside gradients that change a weight, is nothing.
    private const double Negligible = 1e-30;

    private static readonly ScalarExpression A = Argument(0);
    private static readonly ScalarExpression B = Argument(1);
    private static readonly ScalarExpression Y1 = Argument(1);
    private static readonly ScalarExpression Y2 = Argument(2);

    // f = a, f' = 1: what comes from outside, written again
    public static ElementwiseOperation Copy { get; } = new("copy", A, [One]);

    // f = a + b, f' = 1, 1
    public static ElementwiseOperation Add { get; } = new("add", A + B, [One, One]);

    // f = a - b, f' = 1, -1
    public static ElementwiseOperation Subtract { get; } = new("subtract", A - B, [One, -1.0]);

    // f = a b, f' = b, a
    public static ElementwiseOperation Multiply { get; } = new("multiply", A * B, [B, A]);

    // f = a / b, f' = 1 / b, -y / b
    public static ElementwiseOperation Divide { get; } = new("divide", A / B, [1.0 / B, -(Y2 / B)]);

    // f = max(a, b); where both are equal the derivative is b's
    public static ElementwiseOperation Maximum { get; } = ElementwiseOperation.Derive("maximum", 2, Apply(ScalarOperation.Max, A, B));

    // f = min(a, b); where both are equal the derivative is b's
    public static ElementwiseOperation Minimum { get; } = ElementwiseOperation.Derive("minimum", 2, Apply(ScalarOperation.Min, A, B));

    // f = a == b, flat
    public static ElementwiseOperation Equal { get; } = new("equal", Select(Apply(ScalarOperation.Equal, A, B), 1.0, 0.0), [Zero, Zero]);

    // f = a != b, flat
    public static ElementwiseOperation NotEqual { get; } = new("not_equal", Select(Apply(ScalarOperation.Equal, A, B), 0.0, 1.0), [Zero, Zero]);

    // f = a <= b, flat
    public static ElementwiseOperation AtMost { get; } = new("at_most", Select(Apply(ScalarOperation.LessOrEqual, A, B), 1.0, 0.0), [Zero, Zero]);

    // f = b for a > 0, else c; what is not chosen leaves no trace, not even a NaN
    public static ElementwiseOperation Choose { get; } = new("choose", Positive(A, B, Argument(2)), [Zero, Positive(A, 1.0, 0.0), Positive(A, 0.0, 1.0)]);

    public static ElementwiseOperation Negate { get; } = new("negate", -A, [-1.0]);

    public static ElementwiseOperation Abs { get; } = new("abs", Apply(ScalarOperation.Abs, A), [Apply(ScalarOperation.Sign, A)]);

    // f = a^2, f' = 2 a
    public static ElementwiseOperation Square { get; } = new("square", A * A, [2.0 * A]);

    // f = 1 / a, f' = -y^2
    public static ElementwiseOperation Reciprocal { get; } = new("reciprocal", 1.0 / A, [-(Y1 * Y1)]);

    // f = sqrt(a), f' = 1 / (2 y)
    public static ElementwiseOperation Sqrt { get; } = new("sqrt", Apply(ScalarOperation.Sqrt, A), [0.5 / Y1]);

    // f = exp(a), f' = y
    public static ElementwiseOperation Exp { get; } = new("exp", Apply(ScalarOperation.Exp, A), [Y1]);

    // f = log(a), f' = 1 / a
    public static ElementwiseOperation Log { get; } = new("log", Apply(ScalarOperation.Log, A), [1.0 / A]);

    // f = 1 / (1 + exp(-a)), f' = y (1 - y)
    public static ElementwiseOperation Sigmoid { get; } = new("sigmoid", Apply(ScalarOperation.Sigmoid, A), [Y1 * (1.0 - Y1)]);

    // f = tanh(a), f' = 1 - y^2
    public static ElementwiseOperation Tanh { get; } = new("tanh", Apply(ScalarOperation.Tanh, A), [1.0 - (Y1 * Y1)]);

    // f = max(0, a), f' = y > 0
    public static ElementwiseOperation Relu { get; } = new("relu", Apply(ScalarOperation.Max, 0.0, A), [Positive(Y1, 1.0, 0.0)]);

    // f = log(1 + exp(a)), f' = sigmoid(a)
    public static ElementwiseOperation Softplus { get; } =
        new("softplus", Apply(ScalarOperation.Softplus, A), [Apply(ScalarOperation.Sigmoid, A)]);

    // f = a / (1 + |a|), f' = (1 - |y|)^2
    public static ElementwiseOperation Softsign { get; } = new("softsign", A / (1.0 + Apply(ScalarOperation.Abs, A)),
        [(1.0 - Apply(ScalarOperation.Abs, Y1)) * (1.0 - Apply(ScalarOperation.Abs, Y1))]);

    // f = min(max(a / 6 + 1/2, 0), 1), f' = 1/6 inside
    public static ElementwiseOperation HardSigmoid { get; } = new("hard_sigmoid",
        Apply(ScalarOperation.Min, 1.0, Apply(ScalarOperation.Max, 0.0, (A * (1 / 6.0)) + 0.5)),
        [Select(Apply(ScalarOperation.And, Apply(ScalarOperation.Less, 0.0, Y1), Apply(ScalarOperation.Less, Y1, 1.0)), 1 / 6.0, 0.0)]);

    // f = 1 for a >= 0, else 0 (NaN stays); flat
    public static ElementwiseOperation Step { get; } = new("step",
        Select(Apply(ScalarOperation.LessOrEqual, 0.0, A), 1.0, Select(Apply(ScalarOperation.Less, A, 0.0), 0.0, A)), [Zero]);

    // f = a Phi(a), f' = Phi(a) + a phi(a), Phi the normal distribution and phi its density
    public static ElementwiseOperation Gelu { get; } = new("gelu", A * NormalDistribution(A),
        [NormalDistribution(A) + (A * (Apply(ScalarOperation.Exp, A * A * -0.5) * (1 / Math.Sqrt(2 * Math.PI))))]);

    // f = a (1 + tanh u) / 2 = a s with s = sigmoid(2 u), u = sqrt(2 / pi) (a + 0.044715 a^3); f' = s + a s (1 - s) 2 u'.
    // The sigmoid keeps its digits for negative a, where 1 - tanh^2 would lose them.
    public static ElementwiseOperation GeluTanh { get; } = ElementwiseOperation.Derive("gelu_tanh", 1,
        A * Apply(ScalarOperation.Sigmoid, 2 * Math.Sqrt(2 / Math.PI) * A * (1.0 + (0.044715 * (A * A)))));

    // f = a s with s = sigmoid(a), f' = s (1 + a (1 - s))
    public static ElementwiseOperation Silu { get; } = new("silu", A * Apply(ScalarOperation.Sigmoid, A),
        [Apply(ScalarOperation.Sigmoid, A) * (1.0 + (A * (1.0 - Apply(ScalarOperation.Sigmoid, A))))]);

    // f = a t with t = tanh(softplus(a)), f' = t + a (1 - t^2) sigmoid(a)
    public static ElementwiseOperation Mish { get; } =
        ElementwiseOperation.Derive("mish", 1, A * Apply(ScalarOperation.Tanh, Apply(ScalarOperation.Softplus, A)));

    // f = max(a, 0) - a t + log(1 + exp(-|a|)) with a the logit and t the target; f' = sigmoid(a) - t, -a. A probability below 1e-30 is none, as in flush.
    public static ElementwiseOperation BinaryCrossentropyFromLogits { get; } = new("binary_crossentropy_from_logits",
        Apply(ScalarOperation.Softplus, A) - (A * B), [Select(Apply(ScalarOperation.Less, A, Math.Log(Negligible)), -B, Apply(ScalarOperation.Sigmoid, A) - B), -A]);

    // f = a, or 0 for |a| < 1e-30 (NaN stays): the gradient of a crossentropy, whose products with weights would be denormals, a hundred cycles each on some processors.
    public static ElementwiseOperation Flush { get; } = new("flush", Select(Apply(ScalarOperation.Less, Apply(ScalarOperation.Abs, A), Negligible), 0.0, A), [One]);

    // f = a for a > 0, else alpha a; f' = 1 or alpha
    public static ElementwiseOperation LeakyRelu(double alpha) =>
        new(FormattableString.Invariant($"leaky_relu({alpha:R})"), Positive(A, A, alpha * A), [Positive(A, 1.0, alpha)]);

    // f = a for a > 0, else alpha (exp(a) - 1); f' = 1 or y + alpha
    public static ElementwiseOperation Elu(double alpha) =>
        new(FormattableString.Invariant($"elu({alpha:R})"), Positive(A, A, alpha * Apply(ScalarOperation.ExpM1, A)), [Positive(A, 1.0, Y1 + alpha)]);

    // f = scale a for a > 0, else scale alpha (exp(a) - 1); f' = scale or y + scale alpha (Klambauer et al. 2017)
    public static ElementwiseOperation Selu()
    {
        const double Scale = 1.0507009873554804934193349852946, Alpha = 1.6732632423543772848170429916717;
        return new("selu", Positive(A, Scale * A, Scale * Alpha * Apply(ScalarOperation.ExpM1, A)), [Positive(A, Scale, Y1 + (Scale * Alpha))]);
    }

    // f = min(max(a, low), high), f' = 1 inside, bounds included
    public static ElementwiseOperation Clip(double low, double high) => new(FormattableString.Invariant($"clip({low:R}, {high:R})"),
        Apply(ScalarOperation.Min, high, Apply(ScalarOperation.Max, low, A)),
        [Select(Apply(ScalarOperation.And, Apply(ScalarOperation.LessOrEqual, low, A), Apply(ScalarOperation.LessOrEqual, A, high)), 1.0, 0.0)]);

    // f = e^2 / 2 for |e| <= delta, else delta (|e| - delta / 2); f' = clip(e, -delta, delta)
    public static ElementwiseOperation Huber(double delta) => new(FormattableString.Invariant($"huber({delta:R})"),
        Select(Apply(ScalarOperation.LessOrEqual, Apply(ScalarOperation.Abs, A), delta), 0.5 * (A * A), delta * (Apply(ScalarOperation.Abs, A) - (0.5 * delta))),
        [Apply(ScalarOperation.Min, delta, Apply(ScalarOperation.Max, -delta, A))]);

    // f = a^p with a fixed p, f' = p a^(p - 1)
    public static ElementwiseOperation Power(double exponent) => new(FormattableString.Invariant($"pow({exponent:R})"), Apply(ScalarOperation.Pow, A, exponent),
        [exponent * Apply(ScalarOperation.Pow, A, exponent - 1)]);

    private static ScalarExpression Positive(ScalarExpression x, ScalarExpression then, ScalarExpression otherwise) =>
        Select(Apply(ScalarOperation.Less, 0.0, x), then, otherwise);

    private static ScalarExpression NormalDistribution(ScalarExpression x) => 0.5 * (1.0 + Apply(ScalarOperation.Erf, x * Math.Sqrt(0.5)));

    private static ScalarExpression Apply(ScalarOperation operation, params ScalarExpression[] operands) => Of(operation, operands);
}
