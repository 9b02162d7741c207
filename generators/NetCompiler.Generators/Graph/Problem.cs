namespace NetCompiler.Generators.Graph;

/// <summary>A mistake in a declaration, found without symbols: the analyzer turns it into a diagnostic at the right place.</summary>
/// <param name="Id">The diagnostic's id in the catalogue.</param>
/// <param name="Place">Where: a layer, an input, a loss or the class.</param>
/// <param name="Option">The option at fault, or empty for the whole.</param>
/// <param name="Arguments">The message's arguments.</param>
internal sealed record Problem(string Id, ProblemPlace Place, string Option, EquatableArray<string> Arguments)
{
    /// <summary>The layer that mends it where it stands before the one at fault, as its attribute is written: Reshape(28, 28, 1); empty where there is none.</summary>
    public string Before { get; init; } = "";

    /// <summary>What the message advises instead, as its last argument, where the operand is an input itself; empty where that changes nothing.</summary>
    public string AdviceForInput { get; init; } = "";

    /// <summary>The same where the operand is made of the last step of a recurrent layer, whose name stands for {0}.</summary>
    public string AdviceForLastStep { get; init; } = "";

    /// <summary>The problem with another advice, which no layer before the one at fault follows.</summary>
    public Problem WithAdvice(string advice) => this with { Arguments = [.. Arguments.Take(Arguments.Count - 1), advice], Before = "" };

    /// <summary>The arguments with "@0", "@1", ... replaced by the origins of the operands, and the first origin behind them, so that a message can name it.</summary>
    public string[] WithOrigins(IReadOnlyList<string> origins)
    {
        string Resolve(string argument) => argument.Length > 1 && argument[0] == '@' && int.TryParse(argument.Substring(1), out int operand) && operand >= 0 && operand < origins.Count
            ? origins[operand] : argument;
        return [.. Arguments.Select(Resolve), .. origins.Take(1)];
    }
}

/// <summary>The declaration a problem belongs to: an index among the layers, inputs or losses; the class has index 0.</summary>
internal readonly record struct ProblemPlace(PlaceKind Kind, int Index);

internal enum PlaceKind
{
    Network,
    Input,
    Layer,
    Loss,
}

/// <summary>Collects problems while one place is being looked at.</summary>
internal sealed class ProblemSink
{
    private readonly List<Problem> _problems = [];

    public IReadOnlyList<Problem> Problems => _problems;

    /// <summary>The place that new problems belong to.</summary>
    public ProblemPlace Place { get; set; }

    public void Report(string id, string option, params string[] arguments) => _problems.Add(new Problem(id, Place, option, arguments));

    /// <summary>Reports an input that another layer would bring into shape.</summary>
    public void ReportInput(Problem problem) => _problems.Add(problem with { Place = Place });
}
