using NetCompiler.Dynamic.Tape;

namespace NetCompiler.Dynamic.Losses;

/// <summary>A built-in loss: one value per sample.</summary>
/// <typeparam name="T">float or double.</typeparam>
internal abstract class LossFunction<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>The loss of a kind.</summary>
    public static LossFunction<T> Of(Loss kind) => kind switch
    {
        Loss.MeanSquaredError => new MeanSquaredErrorLoss<T>(),
        Loss.MeanAbsoluteError => new MeanAbsoluteErrorLoss<T>(),
        Loss.Huber => new HuberLoss<T>(),
        Loss.BinaryCrossentropy => new BinaryCrossentropyLoss<T>(),
        Loss.CategoricalCrossentropy => new CategoricalCrossentropyLoss<T>(),
        Loss.SparseCategoricalCrossentropy => new SparseCategoricalCrossentropyLoss<T>(),
        Loss.NegativeLogLikelihood => new NegativeLogLikelihoodLoss<T>(),
        Loss.KullbackLeibler => new KullbackLeiblerLoss<T>(),
        Loss.Hinge => new HingeLoss<T>(),
        Loss.CosineSimilarity => new CosineSimilarityLoss<T>(),
        Loss.Perceptron => new PerceptronLoss<T>(),
        _ => throw new NotSupportedException($"The interpreter knows no loss {kind}."),
    };

    /// <summary>Computes one value per sample.</summary>
    public abstract Value<T> Apply(LossCall<T> call);
}
