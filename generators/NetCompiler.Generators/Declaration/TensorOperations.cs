namespace NetCompiler.Generators.Declaration;

/// <summary>The operations that loss methods may use on tensors.</summary>
internal static class TensorOperations
{
    private static readonly string[] Unary = ["Negate", "Square", "Sqrt", "Exp", "Log", "Abs", "Sigmoid", "Tanh", "Relu", "Softplus"];
    private static readonly string[] Reductions = ["Sum", "Mean", "Max"];
    private static readonly string[] Batch = ["BatchSum", "BatchMean"];

    /// <summary>How an operation treats shapes.</summary>
    public enum Form
    {
        /// <summary>Not an operation.</summary>
        None,

        /// <summary>Element by element, shapes stretched as numpy does.</summary>
        Elementwise,

        /// <summary>Over axes of one sample.</summary>
        Reduction,

        /// <summary>Over the batch.</summary>
        Batch,

        /// <summary>Output and target to one value per sample.</summary>
        Loss,
    }

    /// <summary>For messages.</summary>
    public static string Names { get; } = string.Join(", ", [.. Unary, "Clip", "Pow", "Maximum", "Minimum", "Map", .. Reductions, .. Batch]);

    public static bool IsUnary(string kind) => Unary.Contains(kind);

    /// <summary>The form of a call with these operands and options.</summary>
    public static Form Find(string kind, IReadOnlyList<Value> operands, IReadOnlyList<OptionSpec> options, FunctionSpec? function) => kind switch
    {
        _ when Unary.Contains(kind) && operands.Count == 1 && options.Count == 0 => Form.Elementwise,
        "Clip" when operands.Count == 1 && options.Count == 2 => Form.Elementwise,
        "Pow" when operands.Count == 1 && options.Count == 1 => Form.Elementwise,
        "Map" when operands.Count == 1 && function is not null => Form.Elementwise,
        "Maximum" or "Minimum" when operands.Count >= 2 && options.Count == 0 => Form.Elementwise,
        _ when Reductions.Contains(kind) && operands.Count == 1 && options.All(option => option.Name == "Axis") => Form.Reduction,
        _ when Batch.Contains(kind) && operands.Count == 1 && options.Count == 0 => Form.Batch,
        _ when kind.StartsWith("Losses.", StringComparison.Ordinal) && operands.Count == 2 => Form.Loss,
        _ => Form.None,
    };
}
