namespace NetCompiler;

/// <summary>A layer of a sequential network. Layers run in the order of their attributes, all of which stand on one part of the class.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct, AllowMultiple = true, Inherited = false)]
public abstract class LayerAttribute : Attribute
{
    private protected LayerAttribute()
    {
    }

    /// <summary>The layer's name in files and members; null for its kind and its ordinal among that kind, as <c>dense1</c>.</summary>
    public string? Name { get; set; }

    /// <summary>Names under which older weight files hold the layer.</summary>
    public string[] FormerNames { get; set; } = [];
}
