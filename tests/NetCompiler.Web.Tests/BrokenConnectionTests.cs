using System.Net.Sockets;
using System.Text;
using Xunit;

namespace NetCompiler.Tests.Web;

/// <summary>Bodies that end too early, never, or in no order, sent by hand: no client library would.</summary>
[Collection(TrainedServerTests.Name)]
public class BrokenConnectionTests(TrainedServer server)
{
    private const string Headers = "POST /predict/bytes HTTP/1.1\r\nHost: here\r\nContent-Type: application/octet-stream\r\n";

    [Fact]
    public async Task BodyThatEndsTooEarly_IsRefused() =>
        await AssertRefusedAsync(Headers + "Content-Length: 784\r\n\r\nhalf of it", ends: true, 400, "The body could not be read. The headers announce 784 bytes");

    [Fact]
    public async Task BodyThatNeverEnds_IsRefusedAfterAWhile() =>
        await AssertRefusedAsync(Headers + "Content-Length: 784\r\n\r\nhalf of it", ends: false, 408, "The headers announce 784 bytes, but the rest of the body did not follow");

    [Fact]
    public async Task ChunkedBodyThatNeverEnds_IsRefusedAfterAWhile() =>
        await AssertRefusedAsync(Headers + "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n", ends: false, 408, "The headers announce no length");

    [Fact]
    public async Task BrokenChunks_AreRefused() =>
        await AssertRefusedAsync(Headers + "Transfer-Encoding: chunked\r\n\r\nnonsense\r\n", ends: false, 400, "Bad chunk size data");

    [Fact]
    public async Task ClientsThatVanish_LeaveTheServerAlive()
    {
        for (int i = 0; i < 200; i++)
        {
            using Socket socket = await ConnectAsync();
            await socket.SendAsync(Encoding.ASCII.GetBytes(Headers + "Content-Length: 784\r\n\r\nhalf of it"));

            // A reset instead of a farewell.
            socket.LingerState = new LingerOption(true, 0);
        }

        await AssertAliveAsync();
    }

    private async Task AssertRefusedAsync(string request, bool ends, int status, string expected)
    {
        using Socket socket = await ConnectAsync();
        await socket.SendAsync(Encoding.ASCII.GetBytes(request));
        if (ends)
        {
            socket.Shutdown(SocketShutdown.Send);
        }

        using var stream = new NetworkStream(socket);
        using var reader = new StreamReader(stream);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        string answer = await reader.ReadToEndAsync(patience.Token);
        Assert.StartsWith($"HTTP/1.1 {status} ", answer, StringComparison.Ordinal);
        Assert.Contains("application/problem+json", answer, StringComparison.Ordinal);
        string json = answer[answer.IndexOf('{', StringComparison.Ordinal)..(answer.LastIndexOf('}') + 1)];
        Assert.Contains(expected, Bodies.ProblemOf(json, status), StringComparison.Ordinal);
        await AssertAliveAsync();
    }

    private async Task<Socket> ConnectAsync()
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(server.Address.Host, server.Address.Port);
        return socket;
    }

    private async Task AssertAliveAsync()
    {
        using HttpClient client = server.CreateClient();
        Assert.Equal(11, (await client.AskAsync(new byte[784])).Length);
    }
}
