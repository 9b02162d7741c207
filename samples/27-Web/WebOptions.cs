namespace Samples;

/// <summary>What the server is asked to do.</summary>
/// <param name="Url">Where it listens; port 0 takes any free one.</param>
/// <param name="Weights">The file of weights: read at the start, or written after a training.</param>
/// <param name="Epochs">Epochs of a training.</param>
public sealed record WebOptions(string Url = "http://localhost:5027", string Weights = "artifacts/27-Web/digits.safetensors", int Epochs = 6)
{
    /// <summary>The most bytes of a body that are read; an image as JSON has at most about 20,000.</summary>
    public const long BodyLimit = 64 * 1024;
}
