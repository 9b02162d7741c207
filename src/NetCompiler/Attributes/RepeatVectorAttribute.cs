namespace NetCompiler;

/// <summary>Repeats a vector as the steps of a sequence: (F) becomes (times, F).</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct, AllowMultiple = true, Inherited = false)]
public sealed class RepeatVectorAttribute : LayerAttribute
{
    /// <summary>Declares the number of steps, at least 1.</summary>
    public RepeatVectorAttribute(int times) => Times = times;

    /// <summary>The number of steps.</summary>
    public int Times { get; }
}
