using System.Diagnostics;
using System.Text;

namespace NetCompiler.Tests.Packages;

/// <summary>A server that was built, in a process of its own on a free port of this machine; it is ended with the test.</summary>
internal sealed class WebProgram : IAsyncDisposable
{
    private const string Listening = "Now listening on: ";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly TaskCompletionSource<Uri> _address = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private WebProgram(Process process) => _process = process;

    /// <summary>Asks the server.</summary>
    public HttpClient Client { get; } = new();

    /// <summary>What it has printed so far, to both streams.</summary>
    public string Output
    {
        get
        {
            lock (_output)
            {
                return _output.ToString();
            }
        }
    }

    /// <summary>Starts an assembly and waits until it listens.</summary>
    /// <exception cref="InvalidOperationException">It ended instead, or did not listen in time; the message has its output.</exception>
    public static async Task<WebProgram> StartAsync(string folder, string assembly)
    {
        var program = new WebProgram(new Process { StartInfo = DotNet.Describe(folder, new Dictionary<string, string>(), assembly, "--urls", "http://127.0.0.1:0"), EnableRaisingEvents = true });
        program._process.OutputDataReceived += program.Append;
        program._process.ErrorDataReceived += program.Append;
        program._process.Exited += (_, _) => program._address.TrySetException(new InvalidOperationException("The server has ended."));
        program._process.Start();
        program._process.BeginOutputReadLine();
        program._process.BeginErrorReadLine();
        try
        {
            program.Client.BaseAddress = await program._address.Task.WaitAsync(Patience);
            return program;
        }
        catch (Exception exception) when (exception is InvalidOperationException or TimeoutException)
        {
            await program.DisposeAsync();
            throw new InvalidOperationException($"{exception.Message}\n{program.Output}", exception);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private void Append(object sender, DataReceivedEventArgs line)
    {
        lock (_output)
        {
            _output.AppendLine(line.Data);
        }

        if (line.Data is { } text && text.IndexOf(Listening, StringComparison.Ordinal) is var at and >= 0)
        {
            _address.TrySetResult(new Uri(text[(at + Listening.Length)..].Trim()));
        }
    }
}
