using NetCompiler;

namespace Samples;

/// <summary>
/// Trains a generator and a discriminator in turn (Goodfellow et al. 2014). The generator learns through the discriminator: the gradient of the discriminator's
/// loss with respect to its input is, without a copy, the gradient of the generator's output. The discriminator stays as it is meanwhile because nothing updates it.
/// </summary>
public sealed class GanTraining : IDisposable
{
    // A discriminator that is never quite sure leaves the generator a gradient (Salimans et al. 2016, one-sided label smoothing).
    private const float RealTarget = 0.9f;

    private readonly DigitGenerator.Training _generator;
    private readonly DigitDiscriminator.Training _discriminator;
    private readonly OptimizerState _generatorOptimizer;
    private readonly OptimizerState _discriminatorOptimizer;
    private readonly Random _random;
    private readonly float[] _noise;
    private readonly float[] _images;
    private readonly float[] _real;
    private readonly float[] _drawn;
    private readonly float[] _wanted;

    /// <summary>Makes a training with room for a batch.</summary>
    public GanTraining(DigitGenerator generator, DigitDiscriminator discriminator, int batchSize, Optimizer optimizer, int seed)
    {
        _generator = generator.CreateTraining(batchSize);
        _discriminator = discriminator.CreateTraining(batchSize);
        _generatorOptimizer = optimizer.CreateState(_generator);
        _discriminatorOptimizer = optimizer.CreateState(_discriminator);
        _random = new Random(seed);
        _noise = new float[batchSize * DigitGenerator.InputLength];
        _images = new float[batchSize * DigitGenerator.OutputLength];
        _real = [.. Enumerable.Repeat(RealTarget, batchSize)];
        _drawn = new float[batchSize];
        _wanted = [.. Enumerable.Repeat(1f, batchSize)];
    }

    /// <summary>One step of each network on as many real images as the batch has. Allocates nothing.</summary>
    /// <param name="realImages">A whole batch, 784 pixels from -1 to 1 per image.</param>
    /// <returns>The loss of the discriminator, the mean of real and drawn images, and that of the generator: what the discriminator would lose were its images real.</returns>
    public (float Discriminator, float Generator) Step(ReadOnlySpan<float> realImages)
    {
        FillWithNoise(_random, _noise);
        _generator.Forward(_noise, _images);
        float onReal = _discriminator.ComputeGradients(realImages, _real);
        float onDrawn = _discriminator.ComputeGradients(_images, _drawn, accumulate: true);
        _discriminatorOptimizer.Update(_discriminator.Parameters, _discriminator.Gradients);

        float loss = _discriminator.ComputeGradients(_images, _wanted, GradientTargets.Inputs);
        _generator.Backward(_discriminator.InputGradients);
        _generatorOptimizer.Update(_generator.Parameters, _generator.Gradients);
        return ((onReal + onDrawn) / 2, loss);
    }

    /// <summary>Normal random numbers, by the method of Box and Muller.</summary>
    public static void FillWithNoise(Random random, Span<float> noise)
    {
        for (int i = 0; i < noise.Length; i++)
        {
            noise[i] = MathF.Sqrt(-2 * MathF.Log(1 - random.NextSingle())) * MathF.Cos(2 * MathF.PI * random.NextSingle());
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _generator.Dispose();
        _discriminator.Dispose();
    }
}
