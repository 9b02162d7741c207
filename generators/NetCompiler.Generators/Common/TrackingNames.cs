namespace NetCompiler.Generators;

/// <summary>The names of the incremental steps, so that tests can ask for their reasons.</summary>
internal static class TrackingNames
{
    public const string Declaration = "NetworkDeclaration";

    /// <summary>Not "Compilation", which is the name of Roslyn's own step.</summary>
    public const string Compilation = "NetworkCompilation";
}
