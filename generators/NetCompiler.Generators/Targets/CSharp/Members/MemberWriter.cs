using NetCompiler.Generators.Schedule;

namespace NetCompiler.Generators.Targets.CSharp.Members;

/// <summary>Writes single members with their documentation. Bodies of a faulty network throw instead.</summary>
internal sealed class MemberWriter(NetworkPlan plan, SourceWriter source)
{
    public const string Optimized = "[global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveOptimization)]";

    private bool _isSeparated;

    public NetworkPlan Plan => plan;

    public MemberNames Names { get; } = new(plan);

    public bool IsFaulty => plan.Spec.IsFaulty;

    /// <summary>The expression that a faulty member throws.</summary>
    public string Fault => $"throw new global::System.InvalidOperationException(\"{plan.Spec.Name} has errors; see the build's diagnostics.\")";

    /// <summary>Writes text. An empty line is held back until something follows it, so that none comes before a closing brace.</summary>
    public void Line(string text = "")
    {
        string trimmed = text.TrimEnd('\n');
        if (trimmed.Length > 0)
        {
            Separate();
            source.WriteLine(trimmed);
        }

        _isSeparated |= trimmed.Length < text.Length || text.Length == 0;
    }

    public SourceWriter.Block Block(string header, string end = "")
    {
        Separate();
        return source.WriteBlock(header, end);
    }

    /// <summary>Opens a block without a header, as an initialiser after a line.</summary>
    public SourceWriter.Block Braces(string end = "")
    {
        Separate();
        return source.WriteBlock(null, end);
    }

    /// <summary>A method: documentation and attributes, signature, body. An empty line follows.</summary>
    public void Method(string head, string signature, string body)
    {
        if (head.Length > 0)
        {
            Line(head);
        }

        if (IsFaulty)
        {
            Line($"{signature} => {Fault};");
        }
        else if (body.Length > 0 && !body.Contains(';'))
        {
            Line($"{signature} => {body};");
        }
        else
        {
            using (Block(signature))
            {
                if (body.Length > 0)
                {
                    Line(body);
                }
            }
        }

        Line();
    }

    /// <summary>A property that is computed by an expression.</summary>
    public void Property(string head, string signature, string expression)
    {
        Line(head);
        Line($"{signature} => {(IsFaulty ? Fault : expression)};");
        Line();
    }

    /// <summary>A field, or any other text that a faulty network does without.</summary>
    public void Private(string text)
    {
        if (!IsFaulty)
        {
            Line(text);
        }
    }

    /// <summary>A choice between the three widths that the compiler of the running program decides.</summary>
    public static string Dispatch(string call) => $$"""
        if (global::System.Runtime.Intrinsics.Vector512.IsHardwareAccelerated)
        {
            Kernels512.{{call}};
        }
        else if (global::System.Runtime.Intrinsics.Vector256.IsHardwareAccelerated)
        {
            Kernels256.{{call}};
        }
        else
        {
            Kernels128.{{call}};
        }
        """;

    /// <summary>The value that a member of the widest kernels has which the machine takes.</summary>
    public static string Choice(string member) =>
        $"global::System.Runtime.Intrinsics.Vector512.IsHardwareAccelerated ? Kernels512.{member} : global::System.Runtime.Intrinsics.Vector256.IsHardwareAccelerated ? Kernels256.{member} : Kernels128.{member}";

    /// <summary>Lines, empty entries left out; an empty line follows a block of several lines.</summary>
    public static string Lines(params IEnumerable<string> lines)
    {
        string[] entries = [.. lines.Where(line => line.Length > 0)];
        return string.Join("\n", entries.Select((entry, i) => i < entries.Length - 1 && entry.Contains('\n') && entry.EndsWith("}", StringComparison.Ordinal) ? entry + "\n" : entry));
    }

    public static string List(IEnumerable<string> items) => string.Join(", ", items.Where(item => item.Length > 0));

    /// <summary>Every line further in.</summary>
    public static string Indent(string text, int levels = 1) =>
        string.Join("\n", text.Split('\n').Select(line => line.Length == 0 ? line : new string(' ', 4 * levels) + line));

    private void Separate()
    {
        if (_isSeparated)
        {
            source.WriteLine();
            _isSeparated = false;
        }
    }
}
