using System.IO.Pipelines;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace NetCompiler.Tests.Web;

/// <summary>What the framework alone can do, with the same requests and answers as long: no network, and JSON read into an object as any minimal API would.</summary>
internal sealed class BareServer : IAsyncDisposable
{
    private static readonly byte[] Answer = new byte[44];

    private readonly WebApplication _server;

    private BareServer(WebApplication server) => (_server, Address) = (server, new Uri(server.Urls.Single()));

    public Uri Address { get; }

    public static async Task<BareServer> StartAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, BareJson.Default));
        WebApplication server = builder.Build();
        server.MapPost("/bytes", AnswerBytesAsync);
        server.MapPost("/json", (BareImage image) => TypedResults.Json(new BareAnswer(image.Pixels.Length, new float[10], 1.5), BareJson.Default.BareAnswer));
        await server.StartAsync();
        return new BareServer(server);
    }

    public async ValueTask DisposeAsync()
    {
        await _server.StopAsync();
        await _server.DisposeAsync();
    }

    private static async Task AnswerBytesAsync(HttpContext context)
    {
        PipeReader body = context.Request.BodyReader;
        ReadResult result;
        do
        {
            result = await body.ReadAsync(context.RequestAborted);
            body.AdvanceTo(result.Buffer.End);
        }
        while (!result.IsCompleted);

        context.Response.ContentType = Bodies.Bytes;
        context.Response.ContentLength = Answer.Length;
        await context.Response.BodyWriter.WriteAsync(Answer);
    }
}

/// <summary>The body of <see cref="BareServer"/>'s JSON endpoint.</summary>
internal sealed record BareImage(float[] Pixels);

/// <summary>Its answer.</summary>
internal sealed record BareAnswer(int Digit, float[] Probabilities, double Microseconds);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(BareImage))]
[JsonSerializable(typeof(BareAnswer))]
internal sealed partial class BareJson : JsonSerializerContext;
