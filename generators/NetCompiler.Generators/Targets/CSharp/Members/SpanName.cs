namespace NetCompiler.Generators.Targets.CSharp.Members;

/// <summary>An input, output or target as it appears in signatures.</summary>
/// <param name="Name">The declared name.</param>
/// <param name="Parameter">The name as a parameter, escaped if it is a keyword.</param>
/// <param name="Member">The name in members: Genre.</param>
/// <param name="Length">The number of values of one sample.</param>
/// <param name="Limit">The vocabulary of tokens or the number of classes; 0 for floats.</param>
/// <param name="Shape">The shape for documentation.</param>
internal sealed record SpanName(string Name, string Parameter, string Member, int Length, int Limit, string Shape)
{
    /// <summary>int for tokens and classes, float otherwise.</summary>
    public string Element => Limit > 0 ? "int" : "float";

    /// <summary>Whether the span holds tokens or class indices.</summary>
    public bool IsInteger => Limit > 0;

    /// <summary>The span's type for reading.</summary>
    public string ReadOnlySpan => $"global::System.ReadOnlySpan<{Element}>";

    /// <summary>The reference to the first value of the span.</summary>
    public string Reference => $"ref {MemberNames.MemoryMarshal}.GetReference({Parameter})";

    /// <summary>As a parameter that is read.</summary>
    public string ReadParameter => $"{ReadOnlySpan} {Parameter}";

    /// <summary>As a parameter that is written.</summary>
    public string WriteParameter => $"global::System.Span<float> {Parameter}";
}
