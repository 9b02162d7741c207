using NetCompiler.Generators.Declaration;
using NetCompiler.Generators.Graph;
using NetCompiler.Generators.Schedule;

namespace NetCompiler.Generators.Targets.CSharp.Members;

/// <summary>All names that the members of one network use, so that none collides with the user's.</summary>
internal sealed class MemberNames
{
    /// <summary>
    /// A constant that only a class whose declaration could not be compiled has. A declaration that uses a generated member is complete once that
    /// member exists, so the finished compilation shows no mistake but this.
    /// </summary>
    public const string FaultMarker = "__DeclarationIsFaulty";

    public const string Runtime = "global::NetCompiler";
    public const string MemoryMarshal = "global::System.Runtime.InteropServices.MemoryMarshal";
    public const string Unsafe = "global::System.Runtime.CompilerServices.Unsafe";

    private static readonly HashSet<string> ReservedWords = new(
        ("abstract as base bool break byte case catch char checked class const continue decimal default delegate do double else enum event explicit extern "
        + "false finally fixed float for foreach goto if implicit in int interface internal is lock long namespace new null object operator out override "
        + "params private protected public readonly ref return sbyte sealed short sizeof stackalloc static string struct switch this throw true try typeof "
        + "uint ulong unchecked unsafe ushort using virtual void volatile while").Split(' '));

    private readonly HashSet<string> _taken;

    public MemberNames(NetworkPlan plan)
    {
        NetworkSpec spec = plan.Spec;
        ClassName = TypeName(spec.Name) + spec.TypeParameters;
        Inputs = [.. spec.Inputs.Select(input => Span(input.Name, new Shape([.. input.Shape]), input.Vocabulary))];
        Outputs = [.. spec.Outputs.Select(output => Span(output.Name, ShapeOf(plan, output.Value), 0))];
        Targets = [.. plan.Targets.Select(target => Span(target.Name, new Shape([.. target.Shape]), target.Classes))];
        OutputGradients = Outputs.Count == 1 ? [Outputs[0] with { Parameter = "outputGradients" }] : Outputs;
        Settings = [.. plan.Settings.Select(setting => Pascal(setting.Name))];
        _taken = new HashSet<string>(spec.UserMembers.Concat(Inputs.Concat(Outputs).Concat(Targets).Select(span => span.Parameter)));
    }

    /// <summary>The network's class as a type, with the type parameters that a faulty one may have.</summary>
    public string ClassName { get; }

    public IReadOnlyList<SpanName> Inputs { get; }

    public IReadOnlyList<SpanName> Outputs { get; }

    public IReadOnlyList<SpanName> Targets { get; }

    /// <summary>The outputs as Backward's parameters.</summary>
    public IReadOnlyList<SpanName> OutputGradients { get; }

    /// <summary>The settings' properties.</summary>
    public IReadOnlyList<string> Settings { get; }

    /// <summary>A capital first letter for each part between underscores and dots: Read1Lstm1, GroundTruth.</summary>
    public static string Pascal(string name)
    {
        System.Text.StringBuilder text = new();
        bool atStart = true;
        foreach (char letter in name)
        {
            if (letter is '_' or '.')
            {
                atStart = true;
                continue;
            }

            text.Append(char.IsLetterOrDigit(letter) ? atStart ? char.ToUpperInvariant(letter) : letter : '_');
            atStart = false;
        }

        return text.Length == 0 || char.IsDigit(text[0]) ? "_" + text : text.ToString();
    }

    /// <summary>The name of a type, with an @ in front where it is a word of C#'s: a method that returns a "record" would be one.</summary>
    public static string TypeName(string name) => Keywords.Escape(name);

    /// <summary>The constant of an input's length: InputLength where there is one.</summary>
    public string InputLength(int input) => Inputs.Count == 1 ? "InputLength" : Inputs[input].Member + "Length";

    /// <summary>The constant of an output's length: OutputLength where there is one.</summary>
    public string OutputLength(int output) => Outputs.Count == 1 ? "OutputLength" : Outputs[output].Member + "Length";

    /// <summary>A name for a field or a local variable of ours that nothing of the user's has.</summary>
    public string Own(string name)
    {
        while (_taken.Contains(name))
        {
            name += "_";
        }

        return name;
    }

    // A faulty declaration may have no shape here; 1 lets constants be divided by.
    private static Shape ShapeOf(NetworkPlan plan, int value) => value >= 0 && value < plan.Shapes.Count ? plan.Shapes[value] : new Shape(1);

    private static SpanName Span(string name, Shape shape, int limit) =>
        new(name, ReservedWords.Contains(name) ? "@" + name : name, Pascal(name), (int)Math.Max(1, Math.Min(shape.Length, int.MaxValue)), limit, shape.ToString());
}
