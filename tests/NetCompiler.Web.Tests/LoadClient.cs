using System.Diagnostics;
using System.Net.Sockets;
using System.Text;

namespace NetCompiler.Tests.Web;

/// <summary>What a load came to.</summary>
/// <param name="Requests">The answers with status 200.</param>
/// <param name="Failures">All others, and connections that broke.</param>
/// <param name="Seconds">The time from the first request to the last answer.</param>
/// <param name="Allocated">The bytes that the process, server and clients, allocated meanwhile.</param>
/// <param name="Processor">The time that the process, server and clients, ran on the cores meanwhile: what others do on them does not count.</param>
internal sealed record Load(long Requests, long Failures, double Seconds, long Allocated, TimeSpan Processor)
{
    public double Rate => Requests / Seconds;

    public double ProcessorMicroseconds => Processor.TotalMicroseconds / Math.Max(1, Requests);

    public double AllocatedPerRequest => (double)Allocated / Math.Max(1, Requests);
}

/// <summary>Clients that each ask, wait for the answer and ask again, over a connection that stays open. They are as lean as can be: server and clients share the cores.</summary>
internal static class LoadClient
{
    private static readonly byte[] Success = Encoding.ASCII.GetBytes("HTTP/1.1 200 "), EndOfHeaders = Encoding.ASCII.GetBytes("\r\n\r\n");
    private static readonly byte[] Length = Encoding.ASCII.GetBytes("Content-Length: "), EndOfChunks = Encoding.ASCII.GetBytes("\r\n0\r\n\r\n");

    public static async Task<Load> RunAsync(Uri address, string path, string type, byte[] body, int clients, TimeSpan duration)
    {
        byte[] request = [.. Encoding.ASCII.GetBytes($"POST {path} HTTP/1.1\r\nHost: {address.Authority}\r\nContent-Type: {type}\r\nContent-Length: {body.Length}\r\n\r\n"), .. body];
        Socket[] sockets = await Task.WhenAll(Enumerable.Range(0, clients).Select(_ => ConnectAsync(address)));
        TimeSpan processor = Environment.CpuUsage.TotalTime;
        long allocated = GC.GetTotalAllocatedBytes(precise: true), start = Stopwatch.GetTimestamp(), end = start + (long)(duration.TotalSeconds * Stopwatch.Frequency);
        (long Requests, long Failures)[] counts = await Task.WhenAll(sockets.Select(socket => Task.Run(() => AskAsync(socket, request, end))));
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        allocated = GC.GetTotalAllocatedBytes(precise: true) - allocated;
        processor = Environment.CpuUsage.TotalTime - processor;
        Array.ForEach(sockets, socket => socket.Dispose());
        return new Load(counts.Sum(count => count.Requests), counts.Sum(count => count.Failures), seconds, allocated, processor);
    }

    private static async Task<Socket> ConnectAsync(Uri address)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(address.Host, address.Port);
        return socket;
    }

    private static async Task<(long Requests, long Failures)> AskAsync(Socket socket, byte[] request, long end)
    {
        byte[] buffer = new byte[8192];
        long requests = 0, failures = 0;
        while (Stopwatch.GetTimestamp() < end)
        {
            for (int sent = 0; sent < request.Length;)
            {
                sent += await socket.SendAsync(request.AsMemory(sent), SocketFlags.None);
            }

            int received = 0;
            do
            {
                int count = await socket.ReceiveAsync(buffer.AsMemory(received), SocketFlags.None);
                if (count == 0)
                {
                    return (requests, failures + 1);
                }

                received += count;
            }
            while (!IsWhole(buffer.AsSpan(0, received)));

            if (buffer.AsSpan(0, received).StartsWith(Success))
            {
                requests++;
            }
            else
            {
                failures++;
            }
        }

        return (requests, failures);
    }

    private static bool IsWhole(ReadOnlySpan<byte> answer)
    {
        int headers = answer.IndexOf(EndOfHeaders);
        if (headers < 0)
        {
            return false;
        }

        int at = answer[..headers].IndexOf(Length);
        if (at < 0)
        {
            return answer.EndsWith(EndOfChunks);
        }

        int length = 0;
        foreach (byte digit in answer[(at + Length.Length)..])
        {
            if (digit is < (byte)'0' or > (byte)'9')
            {
                break;
            }

            length = (10 * length) + digit - '0';
        }

        return answer.Length >= headers + EndOfHeaders.Length + length;
    }
}
