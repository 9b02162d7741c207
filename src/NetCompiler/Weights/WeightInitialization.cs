using System.ComponentModel;

namespace NetCompiler;

/// <summary>
/// Gives fresh weights their first values, with Keras's definitions of all initializers. A weight's values depend on the seed, its place in
/// the collection and its shape, not on how they are packed.
/// </summary>
/// <remarks>
/// This runs before the first prediction, where compiling is what costs: only the loops over values are compiled with full optimisation
/// (measured: 3 ms for 784-128-10, and 8 ms with everything optimised), and nothing here uses interfaces or generics without need.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class WeightInitialization
{
    /// <summary>The deviation of a normal distribution with deviation 1 that is cut off beyond 2: Keras divides by it.</summary>
    private const double TruncatedDeviation = 0.87962566103423978;

    private const double DefaultDeviation = 0.05;

    // Values are drawn in logical order, a piece at a time, and then put in their places; a piece stays in the first-level cache.
    private const int PieceLength = 2048;

    /// <summary>Fills every weight, trained ones and statistics, as its description says.</summary>
    /// <exception cref="InvalidOperationException">The description names a weight that the collection does not hold.</exception>
    public static void Initialize(NetworkDescription description, WeightCollection weights, int seed)
    {
        float[] piece = new float[PieceLength];
        IReadOnlyList<LayerDescription> layers = description.Layers;
        for (int layer = 0; layer < layers.Count; layer++)
        {
            IReadOnlyList<WeightDescription> own = layers[layer].Weights;
            for (int i = 0; i < own.Count; i++)
            {
                int ordinal = IndexOf(weights, own[i].Name);
                if (ordinal < 0)
                {
                    ThrowUnknown(description, own[i]);
                }

                Fill(own[i], weights[ordinal], new RandomValues(seed, ordinal), piece);
                if (own[i].OnesEnd > own[i].OnesStart)
                {
                    FillOnes(own[i], weights[ordinal]);
                }
            }
        }
    }

    private static void Fill(WeightDescription weight, WeightView view, RandomValues random, float[] piece)
    {
        double scale = weight.Scale, gain = double.IsNaN(scale) ? 1 : scale, deviation = double.IsNaN(scale) ? DefaultDeviation : scale;
        double fanIn = Math.Max(1, weight.FanIn), fanMean = Math.Max(1, (weight.FanIn + (double)weight.FanOut) / 2);
        switch (weight.Initializer)
        {
            case Initializer.Zeros:
                FillConstant(view, 0, piece);
                break;
            case Initializer.Ones:
                FillConstant(view, 1, piece);
                break;
            case Initializer.Constant:
                FillConstant(view, double.IsNaN(scale) ? 0 : scale, piece);
                break;
            case Initializer.RandomNormal:
                FillNormal(view, random, deviation, isTruncated: false, piece);
                break;
            case Initializer.TruncatedNormal:
                FillNormal(view, random, deviation, isTruncated: true, piece);
                break;
            case Initializer.RandomUniform:
                FillUniform(view, random, deviation, piece);
                break;
            case Initializer.Orthogonal:
                view.CopyFrom(OrthogonalMatrix.Draw(random, view.Layout.Rows, view.Layout.Columns, gain));
                break;

            // Variance scaling (Keras): a variance of k / fan, where a uniform distribution within l has the variance l^2 / 3.
            case Initializer.GlorotUniform:
                FillUniform(view, random, gain * Math.Sqrt(3 / fanMean), piece);
                break;
            case Initializer.HeUniform:
                FillUniform(view, random, gain * Math.Sqrt(6 / fanIn), piece);
                break;
            case Initializer.LecunUniform:
                FillUniform(view, random, gain * Math.Sqrt(3 / fanIn), piece);
                break;
            case Initializer.GlorotNormal:
                FillNormal(view, random, gain * Math.Sqrt(1 / fanMean) / TruncatedDeviation, isTruncated: true, piece);
                break;
            case Initializer.HeNormal:
                FillNormal(view, random, gain * Math.Sqrt(2 / fanIn) / TruncatedDeviation, isTruncated: true, piece);
                break;
            case Initializer.LecunNormal:
                FillNormal(view, random, gain * Math.Sqrt(1 / fanIn) / TruncatedDeviation, isTruncated: true, piece);
                break;
            default:
                ThrowUnknownInitializer(weight);
                break;
        }
    }

    private static void FillConstant(WeightView view, double value, float[] piece)
    {
        Span<float> values = piece;
        values.Clear();
        for (int i = 0; i < values.Length && value != 0; i++)
        {
            values[i] = (float)value;
        }

        for (int start = 0; start < view.Length; start += PieceLength)
        {
            Put(view, start, piece);
        }

        view.Arena.Touch();
    }

    // Few values: the biases of one gate.
    private static void FillOnes(WeightDescription weight, WeightView view)
    {
        if (weight.OnesStart < 0 || weight.OnesEnd > view.Length)
        {
            ThrowOnesOutside(weight, view.Length);
        }

        Span<float> one = [1];
        for (int i = weight.OnesStart; i < weight.OnesEnd; i++)
        {
            view.Layout.Scatter(i, one, view.Arena.Span);
        }

        view.Arena.Touch();
    }

    private static void FillUniform(WeightView view, RandomValues random, double limit, float[] piece)
    {
        for (int start = 0; start < view.Length; start += PieceLength)
        {
            random.Uniform(start, limit, piece);
            Put(view, start, piece);
        }

        view.Arena.Touch();
    }

    private static void FillNormal(WeightView view, RandomValues random, double deviation, bool isTruncated, float[] piece)
    {
        for (int start = 0; start < view.Length; start += PieceLength)
        {
            random.Normal(start, deviation, isTruncated, piece.AsSpan(0, Math.Min(PieceLength, view.Length - start)));
            Put(view, start, piece);
        }

        view.Arena.Touch();
    }

    private static void Put(WeightView view, int start, float[] piece) =>
        view.Layout.Scatter(start, piece.AsSpan(0, Math.Min(PieceLength, view.Length - start)), view.Arena.Span);

    // Apart from the loops, so that the texts cost no compilation at start-up.
    private static void ThrowUnknown(NetworkDescription description, WeightDescription weight) =>
        throw new InvalidOperationException($"The description of {description.Name} has the weight {weight.Name}, but its weights hold none of this name.");

    private static void ThrowUnknownInitializer(WeightDescription weight) =>
        throw new InvalidOperationException($"{weight.Name} has the initializer {(int)weight.Initializer}, which this version does not know.");

    private static void ThrowOnesOutside(WeightDescription weight, int length) =>
        throw new InvalidOperationException($"{weight.Name} has {length} values, but those from {weight.OnesStart} to before {weight.OnesEnd} should start at 1.");

    private static int IndexOf(WeightCollection weights, string name)
    {
        for (int i = 0; i < weights.Count; i++)
        {
            if (weights[i].Name == name)
            {
                return i;
            }
        }

        return -1;
    }
}
