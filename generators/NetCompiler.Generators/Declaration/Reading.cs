using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NetCompiler.Generators.Graph;

namespace NetCompiler.Generators.Declaration;

/// <summary>The reading of one declaration: whose it is, what was found so far, and when to stop.</summary>
internal sealed class Reading(INamedTypeSymbol type, CancellationToken cancellationToken)
{
    /// <summary>Findings that something is missing, which a syntax error may only hide, or is not a signature.</summary>
    private static readonly string[] Hideable = ["NC0010", "NC0207", "NC0208", "NC0302", "NC0304", "NC0313", "NC0314", "NC0401", "NC0606"];

    private readonly List<Finding> _findings = [];

    public INamedTypeSymbol Type => type;

    public Compilation Compilation => ((ISourceAssemblySymbol)type.ContainingAssembly).Compilation;

    public CancellationToken CancellationToken => cancellationToken;

    public DeclaredPlaces Places { get; } = new();

    public IReadOnlyList<Finding> Findings => _findings;

    /// <summary>The names under which outputs go on whose own names cannot stand, which is reported: whoever names such an output means it.</summary>
    public Dictionary<string, string> RenamedOutputs { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The user's members that collide with generated ones.</summary>
    public List<string> Collisions { get; } = [];

    /// <summary>What a constructor of the faulty class must call, empty for the base's without parameters: base(default(int)!), or this(..) beside a primary one.</summary>
    public string BaseCall { get; set; } = "";

    /// <summary>Set by every finding, and without one where the C# compiler reports the mistake itself.</summary>
    public bool IsFaulty { get; set; }

    /// <summary>The place of the class's name in the user's part that bears [Network].</summary>
    public Location ClassLocation
        => type.Locations.FirstOrDefault(location => location.SourceTree is { } tree && !GeneratedTrees.Contains(tree)) ?? Location.None;

    /// <summary>Whether the compiler reports an error in the member around an operation: one beside an expression can be what makes it unreadable.</summary>
    public bool HasCompilerError(IOperation operation)
        => HasCompilerError((operation.Syntax.FirstAncestorOrSelf<MemberDeclarationSyntax>() ?? operation.Syntax).GetLocation());

    /// <summary>Whether the compiler reports an error at a place.</summary>
    public bool HasCompilerError(Location place)
        => Compilation.GetSemanticModel(place.SourceTree!).GetDiagnostics(place.SourceSpan, cancellationToken).Any(diagnostic => diagnostic.DefaultSeverity == DiagnosticSeverity.Error);

    public void Report(string id, Location location, params string[] arguments) => Report(new Finding(id, location, arguments));

    public void Report(Finding finding)
    {
        IsFaulty = true;
        if (!_findings.Contains(finding) && !(Hideable.Contains(finding.Id) && SyntaxErrors.MayHidePartsOf(type, cancellationToken)))
        {
            _findings.Add(finding);
        }
    }

    public void Report(string id, AttributeData attribute, string option, params string[] arguments)
        => Report(id, DeclaredPlaces.Of(attribute, option, cancellationToken), arguments);

    /// <summary>Reports a mistake of a layer; a loop or a block that is called twice repeats the same one at the same place.</summary>
    public void Report(string id, DeclaredPlace place, string option, params string[] arguments) => ReportOnce(new Finding(id, place.Of(option, cancellationToken), arguments));

    /// <summary>The same of a problem, with what mends it.</summary>
    public void Report(Problem problem, DeclaredPlace place, string[] origins) =>
        ReportOnce(new Finding(problem.Id, place.Of(problem.Option, cancellationToken), problem.WithOrigins(origins)) { Repair = problem.Before });

    private void ReportOnce(Finding finding)
    {
        if (!_findings.Any(other => other.Id == finding.Id && other.Location == finding.Location))
        {
            Report(finding);
        }
    }
}
