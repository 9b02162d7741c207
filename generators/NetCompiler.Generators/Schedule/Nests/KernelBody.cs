namespace NetCompiler.Generators.Schedule.Nests;

/// <summary>What a kernel does, whatever it is called: thousands of statements are compared with others again and again, so that the hash is kept.</summary>
internal sealed class KernelBody(EquatableArray<Parameter> parameters, EquatableArray<Statement> body) : IEquatable<KernelBody>
{
    private EquatableArray<Statement> _body = body;
    private bool _isForgotten;
    private int? _hash;

    public EquatableArray<Parameter> Parameters { get; } = parameters;

    /// <summary>The statements.</summary>
    /// <exception cref="InvalidOperationException">They are forgotten.</exception>
    public EquatableArray<Statement> Body => _isForgotten ? throw new InvalidOperationException("The kernel is text by now; its statements are forgotten.") : _body;

    /// <summary>Leaves the statements to the garbage collector, as they have become text: those of all kernels of a large network are a hundred megabytes.</summary>
    public void Forget()
    {
        GetHashCode();
        (_body, _isForgotten) = (default, true);
    }

    public bool Equals(KernelBody? other) => ReferenceEquals(this, other)
        || (other is not null && GetHashCode() == other.GetHashCode() && Parameters == other.Parameters && Body == other.Body);

    public override bool Equals(object? obj) => Equals(obj as KernelBody);

    public override int GetHashCode() => _hash ??= (Parameters, Body).GetHashCode();
}
