using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;

namespace Samples;

/// <summary>
/// Takes one image and answers it. The body is read where the server has received it, into pixels on the stack, so that a request allocates next to nothing, and whatever is
/// wrong with it becomes a 4xx that says what.
/// </summary>
public sealed class ImageEndpoint
{
    private readonly string _contentType;
    private readonly Parse _parse;
    private readonly Reply _reply;
    private readonly DigitReader _reader;
    private readonly long _limit;

    /// <summary>An endpoint for bodies of one type.</summary>
    /// <param name="contentType">The type; parameters behind it are left to the client.</param>
    /// <param name="parse">Reads the body.</param>
    /// <param name="reply">Writes the answer to the body writer of the response.</param>
    /// <param name="reader">What is asked.</param>
    /// <param name="limit">The most bytes of a body that the server reads.</param>
    public ImageEndpoint(string contentType, Parse parse, Reply reply, DigitReader reader, long limit)
        => (_contentType, _parse, _reply, _reader, _limit) = (contentType, parse, reply, reader, limit);

    /// <summary>Reads pixels out of a body, or says what is wrong with it.</summary>
    public delegate string? Parse(in ReadOnlySequence<byte> body, Span<float> pixels);

    /// <summary>Writes the answer to an image.</summary>
    public delegate void Reply(HttpResponse response, ReadOnlySpan<float> pixels);

    /// <summary>Answers a request.</summary>
    public async Task HandleAsync(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        Refusal? refusal = RefuseHeaders(context.Request);
        if (refusal is null)
        {
            try
            {
                PipeReader body = context.Request.BodyReader;
                ReadOnlySequence<byte> bytes = await ReadToEndAsync(body);
                refusal = Answer(context.Response, bytes);
                body.AdvanceTo(bytes.End);
            }
            catch (BadHttpRequestException exception)
            {
                refusal = Refusal.Unreadable(exception, context.Request, _limit);
            }
            catch (ConnectionResetException)
            {
                // The client has gone, and with it whoever would read a refusal. Nor is there a rest of the body that the server could wait for.
                context.Abort();
                return;
            }
        }

        if (refusal is not null)
        {
            await refusal.WriteAsync(context);
        }
    }

    private static async ValueTask<ReadOnlySequence<byte>> ReadToEndAsync(PipeReader body)
    {
        while (true)
        {
            ReadResult result = await body.ReadAsync();
            if (result.IsCompleted)
            {
                return result.Buffer;
            }

            body.AdvanceTo(result.Buffer.Start, result.Buffer.End);
        }
    }

    private Refusal? RefuseHeaders(HttpRequest request)
    {
        ReadOnlySpan<char> type = request.ContentType;
        int parameters = type.IndexOf(';');
        return !(parameters < 0 ? type : type[..parameters]).Trim().Equals(_contentType, StringComparison.OrdinalIgnoreCase)
            ? Refusal.OtherType(request.ContentType, _contentType)
            : _reader.IsReady ? null : Refusal.NotReady();
    }

    private Refusal? Answer(HttpResponse response, in ReadOnlySequence<byte> body)
    {
        Span<float> pixels = stackalloc float[DrawnDigits.InputLength];
        if (_parse(body, pixels) is { } problem)
        {
            return Refusal.Malformed(problem);
        }

        _reply(response, pixels);
        return null;
    }
}
