using System.Runtime.CompilerServices;

namespace Benchmarks.Networks;

/// <summary>The calls of a network that is causal in time. Implemented by structs, so that the loop below calls the class directly.</summary>
internal interface IStreamingCalls
{
    static abstract int StateLength { get; }

    void Predict(ReadOnlySpan<float> input, Span<float> output);

    void PredictNext(ReadOnlySpan<float> input, Span<float> state, Span<float> output);
}

/// <summary>A network of one recurrent layer that is asked for one step after another.</summary>
/// <param name="Name">The name in reports.</param>
/// <param name="Units">The units, which are as many as the numbers of a step.</param>
/// <param name="Gates">The gates, each a product with the input and one with the state.</param>
/// <param name="GoalSeconds">What a step may take on the reference machine.</param>
internal abstract record StreamingCase(string Name, int Units, int Gates, double GoalSeconds)
{
    public static IReadOnlyList<StreamingCase> All { get; } =
    [
        new StreamingCase<Lstm64Calls>("lstm64", 64, 4, 0.70e-6, new Lstm64Calls(new Lstm64(seed: 1))),
        new StreamingCase<Gru64Calls>("gru64", 64, 3, 0.60e-6, new Gru64Calls(new Gru64(seed: 1))),
        new StreamingCase<Lstm32Calls>("lstm32", 32, 4, 0.11e-6, new Lstm32Calls(new Lstm32(seed: 1))),
    ];

    /// <summary>The bytes of weights that a step reads.</summary>
    public long WeightBytes => sizeof(float) * ((2L * Units) + 1) * Gates * Units;

    /// <summary>A loop of steps, each of which reads the state and the output that the last one wrote.</summary>
    public abstract Action<long> Steps();

    /// <summary>The largest difference between the steps of a sequence and its Predict.</summary>
    public abstract double DifferenceToPredict();

    private readonly struct Lstm64Calls(Lstm64 network) : IStreamingCalls
    {
        public static int StateLength => Lstm64.StateLength;

        public void Predict(ReadOnlySpan<float> input, Span<float> output) => network.Predict(input, output);

        public void PredictNext(ReadOnlySpan<float> input, Span<float> state, Span<float> output) => network.PredictNext(input, state, output);
    }

    private readonly struct Gru64Calls(Gru64 network) : IStreamingCalls
    {
        public static int StateLength => Gru64.StateLength;

        public void Predict(ReadOnlySpan<float> input, Span<float> output) => network.Predict(input, output);

        public void PredictNext(ReadOnlySpan<float> input, Span<float> state, Span<float> output) => network.PredictNext(input, state, output);
    }

    private readonly struct Lstm32Calls(Lstm32 network) : IStreamingCalls
    {
        public static int StateLength => Lstm32.StateLength;

        public void Predict(ReadOnlySpan<float> input, Span<float> output) => network.Predict(input, output);

        public void PredictNext(ReadOnlySpan<float> input, Span<float> state, Span<float> output) => network.PredictNext(input, state, output);
    }
}

/// <summary>A streaming case over the calls of its class.</summary>
internal sealed record StreamingCase<TCalls>(string Name, int Units, int Gates, double GoalSeconds, TCalls Calls) : StreamingCase(Name, Units, Gates, GoalSeconds)
    where TCalls : struct, IStreamingCalls
{
    // As the networks declare it.
    private const int SequenceLength = 16;

    public override Action<long> Steps()
    {
        float[] values = RandomInput(Units), state = new float[TCalls.StateLength], output = new float[Units];
        return count => Loop(Calls, values, state, output, count);
    }

    public override double DifferenceToPredict()
    {
        float[] sequence = RandomInput(SequenceLength * Units), expected = new float[sequence.Length], state = new float[TCalls.StateLength], output = new float[Units];
        Calls.Predict(sequence, expected);
        double largest = 0;
        for (int step = 0; step < SequenceLength; step++)
        {
            Calls.PredictNext(sequence.AsSpan(step * Units, Units), state, output);
            for (int i = 0; i < Units; i++)
            {
                double difference = Math.Abs(output[i] - expected[(step * Units) + i]);

                // Math.Max keeps what is not a number.
                largest = Math.Max(largest, difference);
            }
        }

        return largest;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Loop(TCalls calls, float[] input, float[] state, float[] output, long count)
    {
        for (long i = 0; i < count; i++)
        {
            input[0] = output[0];
            calls.PredictNext(input, state, output);
        }
    }

    private static float[] RandomInput(int length)
    {
        var random = new Random(1);
        float[] input = new float[length];
        for (int i = 0; i < length; i++)
        {
            input[i] = (2 * random.NextSingle()) - 1;
        }

        return input;
    }
}
