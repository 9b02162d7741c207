using System.Runtime.CompilerServices;

namespace NetCompiler.Generators;

/// <summary>An interpolated string on its way into a <see cref="SourceWriter"/>, part after part, without being put together first.</summary>
[InterpolatedStringHandler]
internal readonly ref struct SourceInterpolation
{
    private readonly SourceWriter _writer;

    public SourceInterpolation(int literalLength, int formattedCount, SourceWriter writer)
    {
        _ = literalLength;
        _ = formattedCount;
        _writer = writer;
    }

    public void AppendLiteral(string text) => _writer.Write(text);

    public void AppendFormatted(string? text) => _writer.Write(text ?? "");

    public void AppendFormatted(int number) => _writer.Write(NumberText.Integer(number));

    public void AppendFormatted(char character) => _writer.Write(character.ToString());

    public void AppendFormatted<T>(T part)
        where T : ISourcePart => part.WriteTo(_writer);
}

/// <summary>Something that writes itself into the text around it.</summary>
internal interface ISourcePart
{
    void WriteTo(SourceWriter source);
}
