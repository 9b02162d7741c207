using System.Globalization;
using System.Net.Http.Headers;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Xunit;

namespace NetCompiler.Tests.Web;

/// <summary>What the tests send and get.</summary>
internal static class Bodies
{
    public const string Json = "application/json", Bytes = "application/octet-stream";

    /// <summary>A body of zeros of the right type.</summary>
    public static ByteArrayContent OfBytes(int count, string? type = Bytes) => Of(new byte[count], type);

    public static ByteArrayContent OfText(string text, string? type = Json) => Of(Encoding.UTF8.GetBytes(text), type);

    /// <summary>Valid JSON, but for what comes in the place of its last number.</summary>
    public static string ImageJson(string last = "0", int count = 784) =>
        $"{{\"pixels\":[{string.Concat(Enumerable.Range(0, count - 1).Select(i => FormattableString.Invariant($"{i % 256 / 255f:0.###},")))}{last}]}}";

    /// <summary>The ten probabilities and the microseconds of a drawing of bytes.</summary>
    public static async Task<float[]> AskAsync(this HttpClient client, byte[] image)
    {
        using HttpResponseMessage response = await client.PostAsync("predict/bytes", Of(image, Bytes));
        response.EnsureSuccessStatusCode();
        return MemoryMarshal.Cast<byte, float>(await response.Content.ReadAsByteArrayAsync()).ToArray();
    }

    /// <summary>Title and detail of an answer that must be problem details.</summary>
    public static async Task<string> ProblemOfAsync(HttpResponseMessage response)
    {
        string text = await response.Content.ReadAsStringAsync();
        Assert.True(response.Content.Headers.ContentType?.MediaType == "application/problem+json", $"{response.StatusCode}: {text}");
        return ProblemOf(text, (int)response.StatusCode);
    }

    public static string ProblemOf(string json, int status)
    {
        using JsonDocument problem = JsonDocument.Parse(json);
        Assert.Equal(status, problem.RootElement.GetProperty("status").GetInt32());
        string detail = problem.RootElement.TryGetProperty("detail", out JsonElement found) ? found.GetString() ?? "" : "";
        return string.Create(CultureInfo.InvariantCulture, $"{problem.RootElement.GetProperty("title").GetString()} {detail}");
    }

    private static ByteArrayContent Of(byte[] body, string? type)
    {
        var content = new ByteArrayContent(body);
        content.Headers.ContentType = type is null ? null : MediaTypeHeaderValue.Parse(type);
        return content;
    }
}
