using Spectre.Console;
using Spectre.Console.Rendering;

namespace NetCompiler;

/// <summary>
/// One line of a console that is drawn again in its place while something runs; what is written to the console meanwhile stands above it. Spectre's own live displays are not
/// for one line: they go up by their height less one, and terminals take "up by 0" for "up by 1".
/// </summary>
internal sealed class LiveLine : IRenderHook
{
    private static readonly ControlCode Nothing = new("");
    private static readonly ControlCode Erase = new("\r\u001b[2K");

    private readonly IAnsiConsole _console;
    private IRenderable? _line;
    private bool _isDrawn;

    private LiveLine(IAnsiConsole console) => _console = console;

    /// <summary>Holds the console while something runs, and leaves the last line there.</summary>
    /// <exception cref="InvalidOperationException">Another live display holds it; then nothing runs.</exception>
    public static void Run(IAnsiConsole console, Action<LiveLine> act) => console.ExclusivityMode.Run(() =>
    {
        LiveLine line = new(console);
        console.Pipeline.Attach(line);
        console.Cursor.Hide();
        try
        {
            act(line);
        }
        finally
        {
            console.Pipeline.Detach(line);
            console.WriteLine();
            console.Cursor.Show();
        }

        return true;
    });

    /// <summary>Draws the line anew.</summary>
    public void Show(IRenderable line)
    {
        _line = line;
        _console.Write(Nothing);
    }

    /// <inheritdoc/>
    public IEnumerable<IRenderable> Process(RenderOptions options, IEnumerable<IRenderable> renderables)
    {
        IEnumerable<IRenderable> above = _isDrawn ? renderables.Prepend(Erase) : renderables;
        _isDrawn |= _line is not null;
        return _line is null ? above : above.Append(_line);
    }
}
