namespace NetCompiler;

/// <summary>
/// y = (x - mean) / max(sqrt(variance), 1e-7) for each feature of the last axis, as Keras's Normalization. The statistics <c>mean</c> and
/// <c>variance</c> are measured by the generated <c>Adapt</c>, saved with the weights and never trained; before it they are 0 and 1, and y = x. The shape stays.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct, AllowMultiple = true, Inherited = false)]
public sealed class NormalizationAttribute : LayerAttribute;
