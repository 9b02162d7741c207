using NetCompiler;

namespace Samples;

/// <summary>Nothing but the function, one number at a time.</summary>
[Network]
[Input(1)]
[Activation(Activation.Linear)]
public partial class LinearCurve;

/// <summary>Nothing but the function, one number at a time.</summary>
[Network]
[Input(1)]
[Activation(Activation.Step)]
public partial class StepCurve;

/// <summary>Nothing but the function, one number at a time.</summary>
[Network]
[Input(1)]
[Activation(Activation.Sigmoid)]
public partial class SigmoidCurve;

/// <summary>Nothing but the function, one number at a time.</summary>
[Network]
[Input(1)]
[Activation(Activation.Tanh)]
public partial class TanhCurve;

/// <summary>Nothing but the function, one number at a time.</summary>
[Network]
[Input(1)]
[Activation(Activation.Relu)]
public partial class ReluCurve;

/// <summary>Nothing but the function, one number at a time.</summary>
[Network]
[Input(1)]
[Activation(Activation.LeakyRelu)]
public partial class LeakyReluCurve;

/// <summary>Nothing but the function, one number at a time.</summary>
[Network]
[Input(1)]
[Activation(Activation.Elu)]
public partial class EluCurve;

/// <summary>Nothing but the function, one number at a time.</summary>
[Network]
[Input(1)]
[Activation(Activation.Selu)]
public partial class SeluCurve;

/// <summary>Nothing but the function, one number at a time.</summary>
[Network]
[Input(1)]
[Activation(Activation.Gelu)]
public partial class GeluCurve;

/// <summary>Nothing but the function, one number at a time.</summary>
[Network]
[Input(1)]
[Activation(Activation.GeluTanh)]
public partial class GeluTanhCurve;

/// <summary>Nothing but the function, one number at a time.</summary>
[Network]
[Input(1)]
[Activation(Activation.Silu)]
public partial class SiluCurve;

/// <summary>Nothing but the function, one number at a time.</summary>
[Network]
[Input(1)]
[Activation(Activation.Mish)]
public partial class MishCurve;

/// <summary>Nothing but the function, one number at a time.</summary>
[Network]
[Input(1)]
[Activation(Activation.Softplus)]
public partial class SoftplusCurve;

/// <summary>Nothing but the function, one number at a time.</summary>
[Network]
[Input(1)]
[Activation(Activation.Softsign)]
public partial class SoftsignCurve;

/// <summary>Nothing but the function, one number at a time.</summary>
[Network]
[Input(1)]
[Activation(Activation.HardSigmoid)]
public partial class HardSigmoidCurve;

/// <summary>Nothing but the function, one number at a time.</summary>
[Network]
[Input(1)]
[Activation(Activation.Exp)]
public partial class ExpCurve;

/// <summary>Nothing but the function, over ten numbers at a time.</summary>
[Network]
[Input(10)]
[Activation(Activation.Softmax)]
public partial class SoftmaxCurve;

/// <summary>Nothing but the function, over ten numbers at a time.</summary>
[Network]
[Input(10)]
[Activation(Activation.LogSoftmax)]
public partial class LogSoftmaxCurve;
