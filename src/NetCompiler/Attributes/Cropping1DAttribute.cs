namespace NetCompiler;

/// <summary>Removes steps in front and at the end: (T, C) becomes (T - before - after, C), of which something is left.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct, AllowMultiple = true, Inherited = false)]
public sealed class Cropping1DAttribute : LayerAttribute
{
    /// <summary>Declares the number of steps removed at each end, at least 0.</summary>
    public Cropping1DAttribute(int cropping = 1) => Cropping = cropping;

    /// <summary>The number of steps removed at each end.</summary>
    public int Cropping { get; }

    /// <summary>The number of steps removed in front; -1 for <see cref="Cropping"/>.</summary>
    public int Before { get; set; } = -1;

    /// <summary>The number of steps removed at the end; -1 for <see cref="Cropping"/>.</summary>
    public int After { get; set; } = -1;
}
