namespace NetCompiler.Generators;

/// <summary>The names of the incremental steps, so that tests can ask for their reasons.</summary>
internal static class TrackingNames
{
    public const string Declaration = nameof(Declaration);
    public const string Compilation = nameof(Compilation);
}
