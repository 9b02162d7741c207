using System.ComponentModel;

namespace NetCompiler;

/// <summary>A generated network, seen without knowing its class: what training, files and tools work on.</summary>
public interface INetwork
{
    /// <summary>The layers, shapes, weights and losses of the network.</summary>
    NetworkDescription Description { get; }

    /// <summary>The seed that initialised the weights and from which a training takes its own unless told otherwise.</summary>
    int Seed { get; }

    /// <summary>Texts stored with the weights: class names, a vocabulary, the version of the data.</summary>
    IDictionary<string, string> Metadata { get; }

    /// <summary>All weights, trained ones first, then statistics, in the order of the declaration.</summary>
    IReadOnlyList<WeightView> Weights { get; }

    /// <summary>Plans the buffers of training for batches of up to <paramref name="batchSize"/> samples.</summary>
    /// <param name="batchSize">The largest number of samples in one step; at least 1.</param>
    /// <param name="threads">The number of threads at most; 0 means all cores. Small work stays on the caller's thread, and results never depend on the number.</param>
    /// <param name="seed">The seed of dropout and noise; null means the network's own.</param>
    /// <exception cref="ArgumentOutOfRangeException">The batch size is below 1 or the number of threads is negative.</exception>
    ITraining CreateTraining(int batchSize, int threads = 0, int? seed = null);

    /// <summary>Predicts n samples: one column per input in, one memory per output out, each of n times its length.</summary>
    /// <exception cref="ArgumentException">A column is missing, or has another length than the others ask for.</exception>
    void Predict(ReadOnlySpan<Column> inputs, ReadOnlySpan<Memory<float>> outputs);

    /// <summary>The same on several threads, where the network can and it is worth it. Results do not depend on the number.</summary>
    /// <param name="inputs">One column per input.</param>
    /// <param name="outputs">One memory per output.</param>
    /// <param name="threads">The number of threads at most; 0 means all cores.</param>
    /// <exception cref="ArgumentException">A column is missing, or has another length than the others ask for.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The number of threads is negative.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    void Predict(ReadOnlySpan<Column> inputs, ReadOnlySpan<Memory<float>> outputs, int threads) => Predict(inputs, outputs);

    /// <summary>Writes the weights to a file: safetensors, or JSON when the name ends in .json. An existing file is replaced only once the new one is complete.</summary>
    /// <exception cref="WeightFileException">A weight is NaN or infinite, or the file cannot be written; the message says why, and nothing was changed there.</exception>
    void Save(string path);

    /// <summary>Writes the weights as safetensors, and leaves the stream open.</summary>
    /// <exception cref="WeightFileException">A weight is NaN or infinite, and nothing was written; or the stream failed, and what was written is of no use.</exception>
    void Save(Stream stream);

    /// <summary>Reads weights into this network. Nothing is changed unless everything fits.</summary>
    /// <exception cref="WeightFileException">The file is damaged or belongs to another network.</exception>
    WeightLoadReport LoadWeights(string path, WeightLoadOptions? options = null);

    /// <inheritdoc cref="LoadWeights(string, WeightLoadOptions?)"/>
    WeightLoadReport LoadWeights(Stream stream, WeightLoadOptions? options = null);
}

/// <summary>A generated network that generic code can create and load.</summary>
/// <typeparam name="TSelf">The network's class.</typeparam>
public interface INetwork<TSelf> : INetwork
    where TSelf : INetwork<TSelf>
{
    /// <summary>The layers, shapes, weights and losses of the network.</summary>
    static new abstract NetworkDescription Description { get; }

    /// <summary>Makes a network with fresh weights.</summary>
    static abstract TSelf Create(int seed);

    /// <summary>Makes a network with the weights of a file.</summary>
    /// <exception cref="WeightFileException">The file is damaged or belongs to another network.</exception>
    static abstract TSelf Load(ReadOnlySpan<byte> file, WeightLoadOptions? options = null);
}
