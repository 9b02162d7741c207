using System.Net;
using System.Net.Sockets;
using System.Text;
using global::Samples.Data;
using NetCompiler.TestKit;
using Spectre.Console;
using Xunit;

namespace NetCompiler.Tests.Samples;

/// <summary>Downloads from a server on this machine: no test needs a network.</summary>
public class MnistDownloadTests
{
    [Fact]
    public async Task WrongBytes_AreRefusedAndLeaveNothing()
    {
        using var folder = new TemporaryFolder();
        using var server = new FileServer(_ => Encoding.ASCII.GetBytes("not an archive"));
        string? problem = await MnistDownload.RunAsync(folder.Path, [server.Address]);
        Assert.Contains("train-images-idx3-ubyte.gz of 14 bytes does not have the SHA-256 440fcabf", problem, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public async Task NoServer_IsSaid()
    {
        using var folder = new TemporaryFolder();
        string? problem = await MnistDownload.RunAsync(folder.Path, [new Uri("http://127.0.0.1:9/")]);
        Assert.StartsWith("127.0.0.1: ", problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task BodyThatStops_IsGivenUpAndLeavesNothing()
    {
        using var folder = new TemporaryFolder();
        using var server = new FileServer(_ => new byte[100], missing: 1);
        string? problem = await MnistDownload.RunAsync(folder.Path, [server.Address], TimeSpan.FromMilliseconds(200)).WaitAsync(TimeSpan.FromMinutes(1));
        Assert.Equal("127.0.0.1: train-images-idx3-ubyte.gz was not there after 0.2 seconds", problem);
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public async Task CanceledDownload_EndsAndLeavesNothing()
    {
        using var folder = new TemporaryFolder();
        using var cancellation = new CancellationTokenSource();
        using var server = new FileServer(
            _ =>
            {
                cancellation.CancelAfter(TimeSpan.FromMilliseconds(100));
                return new byte[100];
            },
            missing: 1);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            MnistDownload.RunAsync(folder.Path, [server.Address, server.Address], cancellationToken: cancellation.Token).WaitAsync(TimeSpan.FromMinutes(1)));
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }

    [SharedFact("data/mnist/train-images-idx3-ubyte.gz")]
    public async Task TheRightFiles_AreKept()
    {
        using var folder = new TemporaryFolder();
        using var server = new FileServer(name => File.ReadAllBytes(Shared.PathOf("data/mnist/" + name)));
        Assert.Null(await MnistDownload.RunAsync(folder.Path, [server.Address]));
        Assert.True(MnistFiles.AreIn(folder.Path));
        Assert.Equal(4, Directory.GetFileSystemEntries(folder.Path).Length);
    }

    [Fact]
    public void Bars_SayHowMuchTimeIsLeft()
    {
        using var output = new StringWriter();
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.Yes, Interactive = InteractionSupport.Yes, Out = new AnsiConsoleOutput(TextWriter.Synchronized(output)) });
        TimedProgress.Create(console).Start(progress => progress.AddTask("file.gz").Increment(50));

        // Dashes until there is a speed.
        Assert.Matches("file.gz.*%.*(--|[0-9]{2}):(--|[0-9]{2}):(--|[0-9]{2})", output.ToString());
    }

    /// <summary>Answers GET requests one after another; the last <c>missing</c> bytes of a body never come.</summary>
    private sealed class FileServer : IDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

        public FileServer(Func<string, byte[]> read, int missing = 0)
        {
            _listener.Start();
            _ = AnswerAsync(read, missing);
        }

        public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/");

        public void Dispose() => _listener.Dispose();

        private async Task AnswerAsync(Func<string, byte[]> read, int missing)
        {
            try
            {
                while (true)
                {
                    using TcpClient client = await _listener.AcceptTcpClientAsync();
                    using NetworkStream stream = client.GetStream();
                    using var reader = new StreamReader(stream, Encoding.ASCII, leaveOpen: true);
                    string request = await reader.ReadLineAsync() ?? "";
                    while (await reader.ReadLineAsync() is { Length: > 0 })
                    {
                    }

                    byte[] body = read(request.Split(' ')[1].TrimStart('/'));
                    await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Length: {body.Length}\r\nConnection: close\r\n\r\n"));
                    await stream.WriteAsync(body.AsMemory(0, body.Length - missing));
                    if (missing > 0)
                    {
                        await reader.ReadLineAsync();
                    }
                }
            }
            catch (Exception exception) when (exception is SocketException or ObjectDisposedException or IOException)
            {
                // The test is over.
            }
        }
    }
}
