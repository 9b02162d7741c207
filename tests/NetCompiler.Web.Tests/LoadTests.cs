using System.Text;
using Xunit;
using Xunit.Abstractions;

namespace NetCompiler.Tests.Web;

/// <summary>Sixty-four clients at once, beside the same load on an endpoint without a network.</summary>
[Collection(TrainedServerTests.Name)]
public class LoadTests(TrainedServer server, ITestOutputHelper output)
{
    private const int Clients = 64;
    private const int Rounds = 5;

    // What ASP.NET Core allocates for a request by itself is some hundred bytes; a copy of the image would be 3,136 more.
    private const double MostAllocatedPerRequest = 1_500;

    // Connections, tables of the runtime and what is compiled again while it runs. An image kept by every request would pass it after 640 requests.
    private const long MostGrowth = 2_000_000;

    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(0.5);

    [Fact]
    public async Task ManyClients_AreAllAnswered_InFlatMemory()
    {
        await using BareServer bare = await BareServer.StartAsync();
        byte[] bytes = [.. Enumerable.Range(0, 784).Select(i => (byte)(i % 256))], json = Encoding.ASCII.GetBytes(Bodies.ImageJson());
        (string Name, Func<Task<Load>> Run)[] loads =
        [
            ("bytes, bare", () => LoadClient.RunAsync(bare.Address, "/bytes", Bodies.Bytes, bytes, Clients, Duration)),
            ("bytes, network", () => LoadClient.RunAsync(server.Address, "/predict/bytes", Bodies.Bytes, bytes, Clients, Duration)),
            ("JSON, bare", () => LoadClient.RunAsync(bare.Address, "/json", Bodies.Json, json, Clients, Duration)),
            ("JSON, network", () => LoadClient.RunAsync(server.Address, "/predict", Bodies.Json, json, Clients, Duration)),
        ];

        var measured = loads.ToDictionary(load => load.Name, _ => new List<Load>());
        var heap = new List<long>();
        for (int round = 0; round < Rounds; round++)
        {
            foreach ((string name, Func<Task<Load>> run) in loads)
            {
                measured[name].Add(await run());
            }

            heap.Add(GC.GetTotalMemory(forceFullCollection: true));
        }

        // The first round compiles and warms up.
        foreach ((string name, _) in loads)
        {
            double[] rates = [.. measured[name].Skip(1).Select(load => load.Rate).Order()];
            output.WriteLine(
                $"{name}: {rates[rates.Length / 2]:N0} requests a second ({rates[0]:N0} to {rates[^1]:N0}), "
                + $"{Median(name, load => load.ProcessorMicroseconds):0.0} us of processor time and {measured[name][^1].AllocatedPerRequest:N0} bytes allocated for each, client and server");
        }

        output.WriteLine($"of the bare rate: bytes {Share("bytes"):P0}, JSON {Share("JSON"):P0}; by processor time: bytes {ProcessorShare("bytes"):P0}, JSON {ProcessorShare("JSON"):P0}");
        output.WriteLine($"managed heap after each round: {string.Join(", ", heap.Select(size => $"{size:N0}"))}");
        Assert.All(measured.Values.SelectMany(each => each), load => Assert.Equal(0, load.Failures));
        Assert.All(measured.Values, each => Assert.All(each, load => Assert.True(load.Requests >= Clients)));
        Assert.All(["bytes, network", "JSON, network"], name => Assert.InRange(measured[name][^1].AllocatedPerRequest, 0, MostAllocatedPerRequest));
        Assert.True(heap[^1] - heap[1] < MostGrowth, $"The heap grew from {heap[1]:N0} to {heap[^1]:N0} bytes.");

        double Median(string name, Func<Load, double> value) => measured[name].Skip(1).Select(value).Order().ElementAt((Rounds - 1) / 2);
        double Share(string kind) => Median($"{kind}, network", load => load.Rate) / Median($"{kind}, bare", load => load.Rate);
        double ProcessorShare(string kind) => Median($"{kind}, bare", load => load.ProcessorMicroseconds) / Median($"{kind}, network", load => load.ProcessorMicroseconds);
    }
}
