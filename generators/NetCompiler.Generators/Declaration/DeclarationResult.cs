using Microsoft.CodeAnalysis;

namespace NetCompiler.Generators.Declaration;

/// <summary>
/// What reading one declaration gives. Only <see cref="Spec"/> may be cached: findings and places hold tree locations, for the analyzers.
/// </summary>
/// <param name="Spec">The model, or null where no part of the class can be generated (not partial, local to a file, ...).</param>
/// <param name="Findings">The mistakes, each at its place; any makes the spec faulty.</param>
/// <param name="Places">Where the parts of the declaration were written.</param>
internal sealed record DeclarationResult(NetworkSpec? Spec, IReadOnlyList<Finding> Findings, DeclaredPlaces Places);

/// <summary>A mistake at its place in the source.</summary>
/// <param name="Id">The diagnostic's id in the catalogue.</param>
/// <param name="Location">A place in a tree of the compilation, so that <c>#pragma</c> works.</param>
/// <param name="Arguments">The message's arguments.</param>
internal sealed record Finding(string Id, Location Location, EquatableArray<string> Arguments)
{
    /// <summary>What a code fix needs to know, as the number of units that fits.</summary>
    public string Repair { get; init; } = "";
}
