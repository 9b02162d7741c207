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
    public async Task BodyThatEndsTooEarly_EndsTheConnection()
    {
        using Socket socket = await ConnectAsync();
        await socket.SendAsync(Encoding.ASCII.GetBytes(Headers + "Content-Length: 784\r\n\r\nhalf of it"));
        socket.Shutdown(SocketShutdown.Send);

        // A client that has closed its side counts as gone: Kestrel closes the other side too, and there is no answer to read.
        try
        {
            Assert.Equal("", await ReceiveToEndAsync(socket));
        }
        catch (SocketException exception)
        {
            Assert.Equal(SocketError.ConnectionReset, exception.SocketErrorCode);
        }

        await AssertAliveAsync();
    }

    [Fact]
    public async Task BodyThatNeverEnds_IsRefusedAfterAWhile() =>
        await AssertRefusedAsync(Headers + "Content-Length: 784\r\n\r\nhalf of it", 408, "The headers announce 784 bytes, but the rest of the body did not follow");

    [Fact]
    public async Task ChunkedBodyThatNeverEnds_IsRefusedAfterAWhile() =>
        await AssertRefusedAsync(Headers + "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n", 408, "The headers announce no length");

    [Fact]
    public async Task BrokenChunks_AreRefused() =>
        await AssertRefusedAsync(Headers + "Transfer-Encoding: chunked\r\n\r\nnonsense\r\n", 400, "Bad chunk size data");

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

    private async Task AssertRefusedAsync(string request, int status, string expected)
    {
        using Socket socket = await ConnectAsync();
        await socket.SendAsync(Encoding.ASCII.GetBytes(request));
        string answer = await ReceiveToEndAsync(socket);
        Assert.StartsWith($"HTTP/1.1 {status} ", answer, StringComparison.Ordinal);
        Assert.Contains("application/problem+json", answer, StringComparison.Ordinal);
        string json = answer[answer.IndexOf('{', StringComparison.Ordinal)..(answer.LastIndexOf('}') + 1)];
        Assert.Contains(expected, Bodies.ProblemOf(json, status), StringComparison.Ordinal);
        await AssertAliveAsync();
    }

    private static async Task<string> ReceiveToEndAsync(Socket socket)
    {
        byte[] buffer = new byte[8192];
        int received = 0;
        for (int count; (count = await socket.ReceiveAsync(buffer.AsMemory(received))) > 0;)
        {
            received += count;
        }

        return Encoding.UTF8.GetString(buffer, 0, received);
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
        server.AssertNoErrors();
    }
}
