using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NetCompiler.Generators.Schedule;
using NetCompiler.Generators.Targets.CSharp.Members;

namespace NetCompiler.Generators.Tests.Targets.Members;

/// <summary>Compiles emitted members as strictly as a careful user's project: nullable, documented, every warning an error, no unsafe code.</summary>
internal static class MembersCompilation
{
    private static readonly Lazy<MetadataReference[]> References = new(() =>
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path).StartsWith("System.", StringComparison.Ordinal) || Path.GetFileName(path) is "netstandard.dll" or "NetCompiler.dll")
            .Select(path => MetadataReference.CreateFromFile(path)),
    ]);

    /// <summary>What the compiler says of the members, with stub kernels unless the network is faulty, and a driver.</summary>
    public static CSharpCompilation Compile(NetworkPlan plan, string driver = "")
    {
        CSharpParseOptions options = new(LanguageVersion.CSharp13, DocumentationMode.Diagnose);
        List<string> sources = [MembersWriter.Write(plan)];
        if (!plan.Spec.IsFaulty)
        {
            sources.Add("#pragma warning disable 1591\n" + StubKernels.Write(plan));
        }

        if (driver.Length > 0)
        {
            sources.Add("#pragma warning disable 1591\n#nullable enable\nusing System;\nusing NetCompiler;\n" + driver);
        }

        // The user's part.
        SyntaxTree[] trees = [.. sources.Append(Declaration(plan)).Select(source => CSharpSyntaxTree.ParseText(source, options))];
        return CSharpCompilation.Create("Members" + Guid.NewGuid().ToString("N"), trees, References.Value, new CSharpCompilationOptions(
            OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release, nullableContextOptions: NullableContextOptions.Enable,
            generalDiagnosticOption: ReportDiagnostic.Error, warningLevel: 9999));
    }

    public static void AssertClean(CSharpCompilation compilation)
    {
        Diagnostic[] found = [.. compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning)];
        Assert.True(found.Length == 0, string.Join("\n", found.Take(20).Select(diagnostic => $"{diagnostic}\n    {Line(diagnostic)}")));
    }

    /// <summary>Compiles, loads and calls <c>Driver.Run()</c>.</summary>
    public static string Run(NetworkPlan plan, string driver)
    {
        CSharpCompilation compilation = Compile(plan, driver);
        AssertClean(compilation);
        using MemoryStream image = new();
        Assert.True(compilation.Emit(image).Success);
        MethodInfo run = Assembly.Load(image.ToArray()).GetType("Driver")!.GetMethod("Run")!;
        try
        {
            return (string)run.Invoke(null, null)!;
        }
        catch (TargetInvocationException exception) when (exception.InnerException is not null)
        {
            throw new InvalidOperationException(exception.InnerException.ToString(), exception.InnerException);
        }
    }

    private static string Declaration(NetworkPlan plan)
    {
        string open = string.Concat(plan.Spec.Containers.Select(container => container.Replace("partial", "/// <summary>Holds a network.</summary>\npublic partial", StringComparison.Ordinal) + " {"));
        string own = string.Concat(plan.Spec.UserMembers.Select(member => $"/// <summary>The user's.</summary>\npublic static int {member} = 1; "));
        string type = $"{open} /// <summary>A network.</summary>\npublic partial class {plan.Spec.Name} {{ {own} }} {new string('}', plan.Spec.Containers.Count)}";
        type = type.Replace("{ ///", "{\n///", StringComparison.Ordinal).TrimStart();
        return plan.Spec.Namespace.Length > 0 ? $"namespace {plan.Spec.Namespace};\n{type}" : type;
    }

    private static string Line(Diagnostic diagnostic) =>
        diagnostic.Location.SourceTree?.GetText().Lines[diagnostic.Location.GetLineSpan().StartLinePosition.Line].ToString().Trim() ?? "";
}
