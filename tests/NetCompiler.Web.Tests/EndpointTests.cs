using System.Net;
using System.Text.Json;
using global::Samples;
using Xunit;

namespace NetCompiler.Tests.Web;

/// <summary>What the server answers to good and to bad requests.</summary>
[Collection(TrainedServerTests.Name)]
public class EndpointTests(TrainedServer server)
{
    [Fact]
    public async Task JsonAndBytes_GiveTheSameAnswer()
    {
        byte[] image = [.. Enumerable.Range(0, 784).Select(i => (byte)(i % 51 * 5))];
        using HttpClient client = server.CreateClient();
        float[] bytes = await client.AskAsync(image);
        Assert.Equal(11, bytes.Length);
        Assert.Equal(1, bytes[..10].Sum(), 1e-5f);
        Assert.True(bytes[10] > 0);

        string numbers = string.Join(",", image.Select(value => FormattableString.Invariant($"{value * (1f / 255):R}")));
        using HttpResponseMessage response = await client.PostAsync("predict", Bodies.OfText($"{{ \"pixels\": [{numbers}] }}", "application/json; charset=utf-8"));
        using JsonDocument answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        Assert.Equal(bytes[..10], answer.RootElement.GetProperty("probabilities").EnumerateArray().Select(value => value.GetSingle()));
        Assert.Equal(DigitReader.IndexOfLargest(bytes.AsSpan(0, 10)), answer.RootElement.GetProperty("digit").GetInt32());
        Assert.True(answer.RootElement.GetProperty("microseconds").GetDouble() > 0);
    }

    [Fact]
    public async Task Saliency_IsTheGradientOfTheWinnersLogit()
    {
        const float Step = 1e-2f;
        DrawnDigits network = DrawnDigits.Load(server.Weights);
        float[] image = [.. Enumerable.Range(0, 784).Select(i => (i * 37 % 256) / 255f)], gradient = new float[784];
        using var reader = new DigitReader();
        reader.Publish(network);
        int winner = reader.Explain(image, gradient);

        // Along the gradient itself, the logit rises by the gradient's length.
        float length = MathF.Sqrt(gradient.Sum(value => value * value));
        float Logit(float step) => network.Predict([.. image.Zip(gradient, (pixel, value) => pixel + (step * value / length))]).Logits[winner];
        float rise = (Logit(Step) - Logit(-Step)) / (2 * Step);
        Assert.InRange(rise, 0.9f * length, 1.1f * length);

        using HttpClient client = server.CreateClient();
        using HttpResponseMessage response = await client.PostAsync("saliency", Bodies.OfBytes(784));
        Assert.Equal(784 * sizeof(float), (await response.Content.ReadAsByteArrayAsync()).Length);
    }

    [Theory]
    [InlineData("", "The JSON is malformed")]
    [InlineData("{\"pixels\":[0,0", "The JSON is malformed")]
    [InlineData("[0,0,0]", "The JSON is an array, expected {\"pixels\": [784 numbers from 0 to 1]}")]
    [InlineData("7", "The JSON is a number, expected")]
    [InlineData("{}", "The object has no property")]
    [InlineData("{\"image\":[]}", "begins with another property at byte 1")]
    [InlineData("{\"pixels\":null}", "\"pixels\" is null, expected")]
    [InlineData("{\"pixels\":[]}", "\"pixels\" has 0 numbers, expected 784")]
    [InlineData("{\"pixels\":[0,0.5,1]}", "\"pixels\" has 3 numbers, expected 784")]
    [InlineData("{\"pixels\":[0,\"1\"]}", "pixels[1] is a text, expected a number from 0 (paper) to 1 (ink)")]
    [InlineData("{\"pixels\":[0,[0]]}", "pixels[1] is an array")]
    [InlineData("{\"pixels\":[NaN]}", "The JSON is malformed")]
    [InlineData("\"\\ud800", "The JSON is malformed")]
    public async Task MalformedJson_IsRefusedWithWhatWasFound(string json, string expected) => await AssertRefusedAsync(Bodies.OfText(json), HttpStatusCode.BadRequest, expected);

    [Theory]
    [InlineData("1.5", 784, "pixels[783] is 1.5, expected a number from 0 (paper) to 1 (ink)")]
    [InlineData("-0.1", 784, "pixels[783] is -0.1, expected")]
    [InlineData("1e999", 784, "pixels[783] is")]
    [InlineData("null", 784, "pixels[783] is null")]
    [InlineData("0", 785, "\"pixels\" has 785 numbers, expected 784")]
    [InlineData("0],\"more\":[0", 784, "something behind \"pixels\" at byte")]
    [InlineData("0]} {\"pixels\":[0", 784, "The JSON is malformed")]
    public async Task WrongNumbers_AreRefusedWithTheirPlace(string last, int count, string expected) =>
        await AssertRefusedAsync(Bodies.OfText(Bodies.ImageJson(last, count)), HttpStatusCode.BadRequest, expected);

    [Theory]
    [InlineData("predict/bytes", 0)]
    [InlineData("predict/bytes", 783)]
    [InlineData("predict/bytes", 785)]
    [InlineData("saliency", 785)]
    public async Task WrongNumberOfBytes_IsRefused(string path, int count) =>
        await AssertRefusedAsync(Bodies.OfBytes(count), HttpStatusCode.BadRequest, $"It has {count} bytes, expected 784", path);

    [Theory]
    [InlineData("predict", "text/plain", "Content-Type is \"text/plain\", expected \"application/json\"")]
    [InlineData("predict", null, "Content-Type is not given, expected \"application/json\"")]
    [InlineData("predict", "application/jsonx", "Content-Type is \"application/jsonx\"")]
    [InlineData("predict/bytes", "application/json", "Content-Type is \"application/json\", expected \"application/octet-stream\"")]
    public async Task OtherContentType_IsRefused(string path, string? type, string expected) =>
        await AssertRefusedAsync(Bodies.OfBytes(784, type), HttpStatusCode.UnsupportedMediaType, expected, path);

    [Theory]
    [InlineData("predict", Bodies.Json, false)]
    [InlineData("predict", Bodies.Json, true)]
    [InlineData("predict/bytes", Bodies.Bytes, false)]
    [InlineData("predict/bytes", Bodies.Bytes, true)]
    public async Task BodyBeyondTheLimit_IsRefused(string path, string type, bool isChunked)
    {
        using HttpClient client = server.CreateClient();
        client.DefaultRequestHeaders.TransferEncodingChunked = isChunked;
        using HttpResponseMessage response = await client.PostAsync(path, Bodies.OfBytes(100_000, type));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        Assert.Contains("at most 65536 bytes are read", await Bodies.ProblemOfAsync(response), StringComparison.Ordinal);
        await AssertAliveAsync();
    }

    [Fact]
    public async Task OtherPathsAndMethods_AreProblemsToo()
    {
        using HttpClient client = server.CreateClient();
        using HttpResponseMessage missing = await client.GetAsync(new Uri("nothing", UriKind.Relative)), other = await client.GetAsync(new Uri("predict", UriKind.Relative));
        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.MethodNotAllowed), (missing.StatusCode, other.StatusCode));
        Assert.Contains("Not Found", await Bodies.ProblemOfAsync(missing), StringComparison.Ordinal);
        Assert.Contains("Method Not Allowed", await Bodies.ProblemOfAsync(other), StringComparison.Ordinal);
    }

    private async Task AssertRefusedAsync(HttpContent body, HttpStatusCode status, string expected, string path = "predict")
    {
        using HttpClient client = server.CreateClient();
        using HttpResponseMessage response = await client.PostAsync(path, body);
        Assert.Equal(status, response.StatusCode);
        Assert.Contains(expected, await Bodies.ProblemOfAsync(response), StringComparison.Ordinal);
        await AssertAliveAsync();
    }

    private async Task AssertAliveAsync()
    {
        using HttpClient client = server.CreateClient();
        Assert.Equal(11, (await client.AskAsync(new byte[784])).Length);
        server.AssertNoErrors();
    }
}
