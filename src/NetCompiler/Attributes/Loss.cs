namespace NetCompiler;

/// <summary>What training minimises: a mean over the samples.</summary>
public enum Loss
{
    /// <summary>The mean over the outputs of (output - target)^2.</summary>
    MeanSquaredError,

    /// <summary>The mean over the outputs of |output - target|.</summary>
    MeanAbsoluteError,

    /// <summary>The mean over the outputs of e^2 / 2 for |e| up to delta, else delta (|e| - delta / 2).</summary>
    Huber,

    /// <summary>The mean over the outputs of -(t log p + (1 - t) log(1 - p)).</summary>
    BinaryCrossentropy,

    /// <summary>-sum t log p over the classes.</summary>
    CategoricalCrossentropy,

    /// <summary>-log p of the target class, given by its index.</summary>
    SparseCategoricalCrossentropy,

    /// <summary>Minus the output at the target class, given by its index; the output holds logarithms.</summary>
    NegativeLogLikelihood,

    /// <summary>sum t log(t / p) over the classes.</summary>
    KullbackLeibler,

    /// <summary>The mean over the outputs of max(0, 1 - t y) with targets -1 and 1.</summary>
    Hinge,

    /// <summary>Minus the cosine between output and target.</summary>
    CosineSimilarity,

    /// <summary>The mean over the outputs of (step(z) - target) z with z before a step activation: its gradient is the perceptron's learning rule.</summary>
    Perceptron,
}
