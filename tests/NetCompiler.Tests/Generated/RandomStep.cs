namespace NetCompiler.Tests.Generated;

/// <summary>One operation of a random network.</summary>
/// <param name="Result">The value it makes.</param>
/// <param name="Kind">A layer's kind, or a name for <paramref name="Format"/>.</param>
/// <param name="Operands">The values it reads; a value that is removed is replaced by its first operand.</param>
/// <param name="Arguments">What the layer cannot be without, as attributes have it.</param>
/// <param name="Options">Named options, as attributes have them: shrinking leaves them out one by one.</param>
/// <param name="Format">The expression where the operation is no layer of one input; {0} and on are the operands.</param>
internal sealed record RandomStep(string Result, string Kind, string[] Operands, string[] Arguments, string[] Options, string? Format = null)
{
    /// <summary>As a line above a class.</summary>
    public string Attribute => $"[{Kind}{(Arguments.Length + Options.Length == 0 ? "" : $"({string.Join(", ", Arguments.Concat(Options))})")}]";

    /// <summary>As a line of a Forward method.</summary>
    public string Statement => Format is null
        ? $"Tensor {Result} = {Operands[0]}.{Kind}({string.Join(", ", Arguments.Concat(Options.Select(Argument)))});"
        : $"Tensor {Result} = {string.Format(System.Globalization.CultureInfo.InvariantCulture, Format, Operands)};";

    private static string Argument(string option) => char.ToLowerInvariant(option[0]) + option[1..].Replace(" = ", ": ", StringComparison.Ordinal);
}
