using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Text;
using Xunit;

namespace NetCompiler.TestKit;

/// <summary>Claims with a text that is written only where they fail: millions of values are compared, and writing each would take longer than computing it.</summary>
public static class Expect
{
    /// <summary>Fails with the text unless the condition holds.</summary>
    public static void True([DoesNotReturnIf(false)] bool condition, [InterpolatedStringHandlerArgument(nameof(condition))] ref FailureText text)
    {
        if (!condition)
        {
            Assert.Fail(text.ToString());
        }
    }
}

/// <summary>The text of a claim, empty while the claim holds.</summary>
[InterpolatedStringHandler]
public ref struct FailureText
{
    private StringBuilder.AppendInterpolatedStringHandler _text;
    private readonly StringBuilder? _builder;

    public FailureText(int literalLength, int formattedCount, bool condition, out bool isWritten)
    {
        isWritten = !condition;
        if (isWritten)
        {
            _builder = new StringBuilder();
            _text = new StringBuilder.AppendInterpolatedStringHandler(literalLength, formattedCount, _builder);
        }
    }

    public void AppendLiteral(string value) => _text.AppendLiteral(value);

    public void AppendFormatted<T>(T value, string? format = null) => _text.AppendFormatted(value, format);

    public override readonly string ToString() => _builder?.ToString() ?? "";
}
