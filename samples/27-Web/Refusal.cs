using System.Globalization;

namespace Samples;

/// <summary>Why a request is not answered: what was found and what was expected, as problem details (RFC 9457).</summary>
/// <param name="Status">The status: 4xx for what the client can mend, 503 while there is no network.</param>
/// <param name="Title">The kind of mistake.</param>
/// <param name="Detail">This one.</param>
public sealed record Refusal(int Status, string Title, string Detail)
{
    /// <summary>The body is no image.</summary>
    public static Refusal Malformed(string detail) => new(StatusCodes.Status400BadRequest, "The body is not an image.", detail);

    /// <summary>The body is of another type.</summary>
    public static Refusal OtherType(string? found, string expected) => new(
        StatusCodes.Status415UnsupportedMediaType,
        "The body is of another type.",
        $"Content-Type is {(string.IsNullOrEmpty(found) ? "not given" : $"\"{found}\"")}, expected \"{expected}\".");

    /// <summary>Nothing can answer yet.</summary>
    public static Refusal NotReady() => new(
        StatusCodes.Status503ServiceUnavailable, "There is no network yet.", "The first epoch of its training has not ended; GET /training tells how far it is.");

    /// <summary>The body did not come, or not as the headers say: found by the server while reading it.</summary>
    public static Refusal Unreadable(BadHttpRequestException exception, HttpRequest request, long limit)
    {
        ArgumentNullException.ThrowIfNull(exception);
        ArgumentNullException.ThrowIfNull(request);
        string announced = request.ContentLength is { } length ? string.Create(CultureInfo.InvariantCulture, $"{length} bytes") : "no length";
        return exception.StatusCode switch
        {
            StatusCodes.Status413PayloadTooLarge => new(
                exception.StatusCode, "The body is too large.", string.Create(CultureInfo.InvariantCulture, $"The headers announce {announced}; at most {limit} bytes are read.")),
            StatusCodes.Status408RequestTimeout => new(
                exception.StatusCode, "The body did not come in time.", $"The headers announce {announced}, but the rest of the body did not follow."),
            _ => new(exception.StatusCode, "The body could not be read.", $"The headers announce {announced}: {exception.Message}"),
        };
    }

    /// <summary>Answers with the problem.</summary>
    public Task WriteAsync(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (Status == StatusCodes.Status503ServiceUnavailable)
        {
            context.Response.Headers.RetryAfter = "1";
        }

        return TypedResults.Problem(Detail, statusCode: Status, title: Title).ExecuteAsync(context);
    }
}
