using System.ComponentModel;

namespace NetCompiler;

/// <summary>The memory of a training that does not depend on the network beyond its sizes. Generated trainings hold one.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class TrainingBuffers
{
    private const int Lanes = 16;

    // Gradients, loss, forward and backward, and these two of inference.
    private const int MostPrograms = 6;

    private readonly float[] _losses;
    private readonly int _samplesPerPart;
    private readonly long _productsPerSample;
    private readonly UpdateWork? _update;
    private readonly ThreadChoice[] _choices = [];
    private ThreadChoice? _current;
    private bool? _isShared;

    /// <summary>Allocates everything a call needs.</summary>
    /// <param name="batchSize">The largest number of samples of one call.</param>
    /// <param name="parameters">The floats of the gradients.</param>
    /// <param name="batched">The floats per sample of the buffers between the layers.</param>
    /// <param name="fixedFloats">The floats of the buffers that do not depend on the batch.</param>
    /// <param name="lossParts">The number of parts of the loss.</param>
    /// <param name="scratch">The floats that each thread has for itself.</param>
    /// <param name="samplesPerPart">The samples that each thread has at least.</param>
    /// <param name="productsPerSample">About how many products a prediction of one sample takes.</param>
    /// <param name="threads">The number of threads at most, at least 1.</param>
    /// <param name="updateStarts">Where ranges of the parameters begin of which every thread updates a slice.</param>
    /// <exception cref="ArgumentOutOfRangeException">The batch size is below 1, or it or the number of threads is so large that a buffer would exceed the largest array.</exception>
    public TrainingBuffers(int batchSize, int parameters, int batched, int fixedFloats, int lossParts, int scratch, int samplesPerPart, long productsPerSample, int threads, params int[] updateStarts)
    {
        Arguments.RequireBatchSize(batchSize, nameof(batchSize));
        BatchSize = batchSize;
        long capacity = ((long)batchSize + Lanes - 1) / Lanes * Lanes;
        if (capacity * Math.Max(batched, 1) > Array.MaxLength - Lanes)
        {
            throw new ArgumentOutOfRangeException(
                nameof(batchSize), batchSize, $"{nameof(batchSize)} is {batchSize}, but the network needs {batched} floats per sample and an array holds at most {Array.MaxLength}.");
        }

        Capacity = (int)capacity;
        Gradients = new WeightArena(parameters);
        Batched = new WeightArena(batched * Capacity);
        Fixed = new WeightArena(fixedFloats);
        SampleScale = new WeightArena(Capacity);
        _samplesPerPart = samplesPerPart;
        _productsPerSample = productsPerSample;
        MostParts = threads;
        MostParts = Parts(batchSize);
        if ((long)scratch * MostParts > Array.MaxLength - Lanes)
        {
            throw new ArgumentOutOfRangeException(
                nameof(threads), threads, $"{nameof(threads)} is {threads}, but each of {MostParts} needs {scratch} floats and an array holds at most {Array.MaxLength}.");
        }

        Scratch = new WeightArena(scratch * MostParts);
        if (MostParts > 1)
        {
            _update = new UpdateWork(Gradients, updateStarts);
            _choices = [.. Enumerable.Range(0, MostPrograms).Select(_ => new ThreadChoice())];
        }
        _losses = new float[lossParts];

        // Not in the first step, which would wait for them.
        Gradients.Commit();
        Batched.Commit();
        Fixed.Commit();
        Scratch.Commit();
    }

    /// <summary>The parts that threads share a whole batch in: 1 where one thread does everything.</summary>
    public int MostParts { get; }

    /// <summary>The parts for so many samples: no more than there are threads, each of as many samples as one has at least and worth waking a thread.</summary>
    public int Parts(int samples) => MostParts == 1 ? 1 : Math.Max(1, Math.Min(samples / _samplesPerPart, ChosenWork.PartsOf(samples, MostParts, _productsPerSample)));

    /// <summary>The parts to run a program in, with its time taken: alone where sharing has taken longer of late, as on a machine that others use as well.</summary>
    /// <param name="program">The number of the program.</param>
    /// <param name="samples">Its samples.</param>
    public int Begin(int program, int samples)
    {
        int parts = Parts(samples);
        _current = parts > 1 ? _choices[program] : null;
        _isShared = _current?.Begin(samples);
        return _isShared == false ? 1 : parts;
    }

    /// <summary>Ends what <see cref="Begin"/> began.</summary>
    public void End() => _current?.End();

    /// <summary>The optimizer's step, on several threads where there are parameters enough. Its time belongs to the program that made the gradients just before.</summary>
    public void Update(OptimizerState optimizer, WeightArena parameters)
    {
        if (_update is null || !_update.Run(optimizer, parameters, MostParts, _isShared))
        {
            optimizer.Update(parameters.Span, Gradients.Span);
        }

        _current?.End();
    }

    /// <summary>The largest number of samples of one call.</summary>
    public int BatchSize { get; }

    /// <summary>The batch size rounded up to a multiple of 16: the rows that the buffers hold.</summary>
    public int Capacity { get; }

    /// <summary>The gradients, in the layout of the parameters.</summary>
    public WeightArena Gradients { get; }

    /// <summary>What is kept between the layers, per sample.</summary>
    public WeightArena Batched { get; }

    /// <summary>What is kept between the layers, once.</summary>
    public WeightArena Fixed { get; }

    /// <summary>What kernels of one thread need, for each thread.</summary>
    public WeightArena Scratch { get; }

    /// <summary>The factor of each sample in the loss; 0 for the rows beyond the batch.</summary>
    public WeightArena SampleScale { get; }

    /// <summary>The parts of the last loss.</summary>
    public Span<float> Losses => _losses;

    /// <summary>The sum of the parts of the last loss.</summary>
    public float TotalLoss
    {
        get
        {
            float total = 0;
            foreach (float part in _losses)
            {
                total += part;
            }

            return total;
        }
    }

    /// <summary>Sets the factors of the samples: weight / n, or 1 / n without weights.</summary>
    public void FillSampleScale(int samples, ReadOnlySpan<float> sampleWeights)
    {
        Span<float> scale = SampleScale.Span;
        if (sampleWeights.IsEmpty)
        {
            scale[..samples].Fill(1f / samples);
        }
        else
        {
            for (int i = 0; i < samples; i++)
            {
                scale[i] = sampleWeights[i] / samples;
            }
        }

        scale[samples..].Clear();
    }

    /// <summary>Sets all factors of samples to 1: gradients that are given are summed as they are.</summary>
    public void FillSampleScaleWithOnes(int samples)
    {
        Span<float> scale = SampleScale.Span;
        scale[..samples].Fill(1f);
        scale[samples..].Clear();
    }

    /// <summary>Memory for one value of every sample that the buffers hold.</summary>
    /// <exception cref="InvalidOperationException">The memory would exceed the largest array.</exception>
    public WeightArena NewColumn(int length)
    {
        long total = (long)Capacity * length;
        return total <= Array.MaxLength - Lanes
            ? new WeightArena((int)total)
            : throw new InvalidOperationException($"{Capacity} samples of {length} values exceed the largest array, {Array.MaxLength} values.");
    }
}
