using System.Diagnostics;
using NetCompiler;

namespace Samples;

/// <summary>
/// The one network that answers all requests. Predictions run on it at the same time and without a lock; a better network takes its place at once, and requests that are
/// on their way end with the one they began with.
/// </summary>
public sealed class DigitReader : IDisposable
{
    private readonly Lock _explaining = new();
    private volatile DrawnDigits? _network;
    private DrawnDigits.Training? _explainer;

    /// <summary>Whether there is a network to ask.</summary>
    public bool IsReady => _network is not null;

    /// <summary>Answers with this network from now on. Nothing may write to its weights any more.</summary>
    public void Publish(DrawnDigits network)
    {
        ArgumentNullException.ThrowIfNull(network);
        network.WarmUp();
        lock (_explaining)
        {
            _explainer?.Dispose();
            _explainer = network.CreateTraining(batchSize: 1, threads: 1);
            _network = network;
        }
    }

    /// <summary>Reads one image, without allocating.</summary>
    /// <param name="image">784 pixels from 0 (paper) to 1 (ink).</param>
    /// <param name="probabilities">Ten of them.</param>
    /// <returns>The microseconds that Predict took, and nothing else.</returns>
    /// <exception cref="InvalidOperationException">There is no network yet.</exception>
    public double Predict(ReadOnlySpan<float> image, Span<float> probabilities)
    {
        DrawnDigits network = _network ?? throw NotReady();
        Span<float> logits = stackalloc float[DrawnDigits.LogitsLength];
        long start = Stopwatch.GetTimestamp();
        network.Predict(image, probabilities, logits);
        return Stopwatch.GetElapsedTime(start).TotalMicroseconds;
    }

    /// <summary>Which pixels decide: the gradient of the winner's logit with respect to each.</summary>
    /// <param name="image">784 pixels from 0 to 1.</param>
    /// <param name="gradient">784 values: above 0 where ink speaks for the winner.</param>
    /// <returns>The winner.</returns>
    /// <exception cref="InvalidOperationException">There is no network yet.</exception>
    public int Explain(ReadOnlySpan<float> image, Span<float> gradient)
    {
        Span<float> probabilities = stackalloc float[DrawnDigits.ProbabilitiesLength], logits = stackalloc float[DrawnDigits.LogitsLength];
        Span<float> nothing = stackalloc float[DrawnDigits.ProbabilitiesLength], winner = stackalloc float[DrawnDigits.LogitsLength];

        // A training belongs to one caller at a time. It holds the lock for some tens of microseconds, and never keeps a prediction waiting.
        lock (_explaining)
        {
            DrawnDigits.Training explainer = _explainer ?? throw NotReady();
            explainer.Forward(image, probabilities, logits, training: false);
            int best = IndexOfLargest(logits);
            winner[best] = 1;
            explainer.Backward(nothing, winner, GradientTargets.Inputs);
            explainer.InputGradients.CopyTo(gradient);
            return best;
        }
    }

    /// <summary>The place of the largest of some values.</summary>
    public static int IndexOfLargest(ReadOnlySpan<float> values)
    {
        int best = 0;
        for (int i = 1; i < values.Length; i++)
        {
            best = values[i] > values[best] ? i : best;
        }

        return best;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_explaining)
        {
            _explainer?.Dispose();
            _explainer = null;
        }
    }

    private static InvalidOperationException NotReady() => new("There is no network yet: the first epoch of its training has not ended.");
}
