using System.Text.RegularExpressions;

namespace NetCompiler.Tests.Samples;

/// <summary>One method as the runtime's compiler lists it (DOTNET_JitDisasm): its instructions, and the loops among them.</summary>
/// <param name="Name">The class and the method.</param>
/// <param name="Optimisation">What the compiler says of its effort, as FullOpts.</param>
/// <param name="Instructions">The instructions in order.</param>
/// <param name="Loops">The first and the last instruction of each loop: those that a jump backwards closes.</param>
internal sealed partial record MachineMethod(string Name, string Optimisation, IReadOnlyList<string> Instructions, IReadOnlyList<(int First, int Last)> Loops)
{
    /// <summary>The instructions of loops without a loop inside them.</summary>
    public IEnumerable<IReadOnlyList<string>> InnermostLoops => Loops
        .Where(loop => !Loops.Any(other => other != loop && other.First >= loop.First && other.Last <= loop.Last))
        .Select(loop => (IReadOnlyList<string>)[.. Instructions.Skip(loop.First).Take(loop.Last - loop.First + 1)]);

    /// <summary>Whether an instruction multiplies and adds vectors.</summary>
    public static bool IsMultiplyAdd(string instruction) => MultiplyAdd().IsMatch(instruction);

    /// <summary>Whether an instruction moves a vector from or to the method's own memory: a register too few.</summary>
    public static bool IsSpill(string instruction) => Spill().IsMatch(instruction);

    /// <summary>Whether an instruction divides or rounds, as elementary functions do and sums of products do not.</summary>
    public static bool IsOfElementaryFunction(string instruction) => ElementaryFunction().IsMatch(instruction);

    /// <summary>Reads a listing.</summary>
    public static IReadOnlyList<MachineMethod> Read(IEnumerable<string> lines)
    {
        var methods = new List<MachineMethod>();
        var instructions = new List<string>();
        var labels = new Dictionary<string, int>();
        Match? title = null;
        foreach (string line in lines.Append("; Assembly listing for method end (none)"))
        {
            if (Title().Match(line) is { Success: true } next)
            {
                if (title is not null)
                {
                    methods.Add(new MachineMethod(title.Groups["name"].Value, title.Groups["effort"].Value, [.. instructions], LoopsOf(instructions, labels)));
                }

                (title, instructions, labels) = (next, [], []);
            }
            else if (Label().Match(line) is { Success: true } label)
            {
                labels[label.Groups["label"].Value] = instructions.Count;
            }
            else if (line.Trim() is { Length: > 0 } instruction && instruction[0] != ';')
            {
                instructions.Add(instruction);
            }
        }

        return methods;
    }

    private static (int First, int Last)[] LoopsOf(List<string> instructions, Dictionary<string, int> labels) =>
    [
        .. instructions.Select((instruction, last) => (Jump: Jump().Match(instruction), Last: last))
            .Where(candidate => candidate.Jump.Success && labels.TryGetValue(candidate.Jump.Groups["label"].Value, out int first) && first <= candidate.Last)
            .Select(candidate => (labels[candidate.Jump.Groups["label"].Value], candidate.Last)),
    ];

    [GeneratedRegex(@"^; Assembly listing for method (?<name>.*) \((?<effort>[^()]*)\)$")]
    private static partial Regex Title();

    [GeneratedRegex(@"^(?<label>G_M\d+_IG\d+):")]
    private static partial Regex Label();

    [GeneratedRegex(@"^j\w+\s+(SHORT )?(?<label>G_M\d+_IG\d+)")]
    private static partial Regex Jump();

    [GeneratedRegex(@"^vfn?m(add|sub)\d+ps\b")]
    private static partial Regex MultiplyAdd();

    [GeneratedRegex(@"^v(div|rndscale|round)ps\b")]
    private static partial Regex ElementaryFunction();

    [GeneratedRegex(@"^vmov\w+\s.*[xyz]mmword ptr \[r[sb]p")]
    private static partial Regex Spill();
}
