using System.Runtime.InteropServices;
using System.Text.Json;

namespace Samples;

/// <summary>What the endpoints answer to an image.</summary>
/// <param name="reader">What is asked.</param>
public sealed class Replies(DigitReader reader)
{
    /// <summary>The type of bodies of bytes.</summary>
    public const string Bytes = "application/octet-stream";

    /// <summary>The number of floats of <see cref="PredictBytes"/>: ten probabilities and the microseconds.</summary>
    public const int FloatCount = DrawnDigits.ProbabilitiesLength + 1;

    /// <summary>Eleven little-endian floats: the ten probabilities, then the microseconds that the prediction took.</summary>
    public void PredictBytes(HttpResponse response, ReadOnlySpan<float> pixels)
    {
        ArgumentNullException.ThrowIfNull(response);
        Span<float> answer = stackalloc float[FloatCount];
        answer[^1] = (float)reader.Predict(pixels, answer[..^1]);
        WriteFloats(response, answer);
    }

    /// <summary>The same as JSON: digit, probabilities, microseconds.</summary>
    public void PredictJson(HttpResponse response, ReadOnlySpan<float> pixels)
    {
        ArgumentNullException.ThrowIfNull(response);
        Span<float> probabilities = stackalloc float[DrawnDigits.ProbabilitiesLength];
        double microseconds = reader.Predict(pixels, probabilities);
        response.ContentType = "application/json";
        using var writer = new Utf8JsonWriter(response.BodyWriter);
        writer.WriteStartObject();
        writer.WriteNumber("digit"u8, DigitReader.IndexOfLargest(probabilities));
        writer.WriteStartArray("probabilities"u8);
        foreach (float probability in probabilities)
        {
            writer.WriteNumberValue(probability);
        }

        writer.WriteEndArray();
        writer.WriteNumber("microseconds"u8, Math.Round(microseconds, 1));
        writer.WriteEndObject();
    }

    /// <summary>784 little-endian floats: the gradient of the winner's logit with respect to each pixel.</summary>
    public void Saliency(HttpResponse response, ReadOnlySpan<float> pixels)
    {
        ArgumentNullException.ThrowIfNull(response);
        Span<float> gradient = stackalloc float[DrawnDigits.InputLength];
        reader.Explain(pixels, gradient);
        WriteFloats(response, gradient);
    }

    private static void WriteFloats(HttpResponse response, ReadOnlySpan<float> values)
    {
        // Every processor that .NET runs on today is little-endian.
        ReadOnlySpan<byte> bytes = MemoryMarshal.AsBytes(values);
        response.ContentType = Bytes;
        response.ContentLength = bytes.Length;
        bytes.CopyTo(response.BodyWriter.GetSpan(bytes.Length));
        response.BodyWriter.Advance(bytes.Length);
    }
}
