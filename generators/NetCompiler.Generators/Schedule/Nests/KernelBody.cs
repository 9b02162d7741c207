namespace NetCompiler.Generators.Schedule.Nests;

/// <summary>What a kernel does, whatever it is called: thousands of statements are compared with others again and again, so that the hash is kept.</summary>
internal sealed class KernelBody(EquatableArray<Parameter> parameters, EquatableArray<Statement> body) : IEquatable<KernelBody>
{
    private int? _hash;

    public EquatableArray<Parameter> Parameters { get; } = parameters;

    public EquatableArray<Statement> Body { get; } = body;

    public bool Equals(KernelBody? other) => ReferenceEquals(this, other)
        || (other is not null && GetHashCode() == other.GetHashCode() && Parameters == other.Parameters && Body == other.Body);

    public override bool Equals(object? obj) => Equals(obj as KernelBody);

    public override int GetHashCode() => _hash ??= (Parameters, Body).GetHashCode();
}
