using System.Text.RegularExpressions;

namespace NetCompiler.Generators.Tests.Fuzzing;

/// <summary>Turns a source into a half-typed or nonsensical one; the same seed gives the same text.</summary>
internal sealed partial class SourceMutator(int seed)
{
    private static readonly string[] Junk =
    [
        "(", ")", "[", "]", "{", "}", "\"", ",", ";", "=", "=>", "-1", "0", "int.MaxValue", "2147483648", "double.NaN", "1e400", "null", "default", "nameof(Digits)", "typeof(int)",
        "Activation.Softmax", "(Activation)77", "Loss.Hinge", "[Flatten]", "[Dense(3)]", "[Reshape(-1, 0)]", "[Input(2, 2)]", "[Loss(\"\")]", "[Normalization]", "static", "partial", "record",
        "struct", "return", "if (x > 0)", "while (true) { }", "ref", "out", "async", "await", "unsafe", "x", "output", "F(x)", "L(output, target)", "Digits.OutputLength", "new()",
        "new float[3]", "[.. a]", "?", "!", "@", "\\u0041", "𝒳", "\0", "/*", "//", "#if", "#pragma", "where T : class", "<T>", "global::", "Name = \"\"", "Name = \"loss\"", "Units: 3", "params",
        "Tensor", "Forward", "x.Dense(3)", "Tensor.Concat(x, 1)", "Tensor.Share(Read)", "[Choice(1)]", "[Tokens(3)]", "for (;;)", "while (true) ;", "^1", "x.Shape[9]", "Read(x)", "case 3:", "=> default", "throw",
    ];

    private readonly Random _random = new(seed);

    public string Mutate(string source)
    {
        int edits = 1 + _random.Next(3);
        for (int i = 0; i < edits && source.Length > 0; i++)
        {
            source = Edit(source);
        }

        return source;
    }

    private string Edit(string source)
    {
        MatchCollection tokens = Tokens().Matches(source);
        if (tokens.Count == 0)
        {
            return Junk[_random.Next(Junk.Length)];
        }

        Match token = tokens[_random.Next(tokens.Count)], other = tokens[_random.Next(tokens.Count)];
        int end = token.Index + token.Length;
        return _random.Next(8) switch
        {
            0 => source.Remove(token.Index, token.Length),
            1 => source.Insert(token.Index, token.Value + " "),
            2 => source[..token.Index] + other.Value + source[end..],
            3 => source[..token.Index] + Junk[_random.Next(Junk.Length)] + source[end..],
            4 => source.Insert(token.Index, Junk[_random.Next(Junk.Length)] + " "),
            5 => source[..end], // typed so far
            6 => source.Remove(_random.Next(source.Length), 1),
            _ => source[..token.Index] + source[Math.Max(token.Index, other.Index)..],
        };
    }

    [GeneratedRegex(@"\w+|\S", RegexOptions.CultureInvariant)]
    private static partial Regex Tokens();
}
