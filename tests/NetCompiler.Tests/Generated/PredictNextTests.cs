using Xunit;

namespace NetCompiler.Tests.Generated;

/// <summary>PredictNext of generated networks: the rows of Predict, one step at a time, whatever spans are given, and nothing allocated.</summary>
[Trait("Category", "Numeric")]
public sealed class PredictNextTests
{
    /// <summary>A step alone and all steps at once add in another order.</summary>
    private const double Tolerance = 1e-5;

    private const string Declarations = """
        [Network]
        [Input(6, 3)]
        [Dense(4, Activation = Activation.Relu)]
        [Lstm(5, ReturnSequences = true)]
        [Gru(7, ReturnSequences = true)]
        [Dense(3)]
        public partial class StepSequence;

        [Network]
        [Tokens(6, Vocabulary = 9, Padding = 0)]
        [Embedding(4)]
        [Gru(5, ResetAfter = false, ReturnSequences = true)]
        [SimpleRnn(70)]
        [Dense(3, Activation = Activation.Softmax)]
        public partial class StepTokens;

        [Network]
        [Input(9, 2)]
        [Conv1D(6, 3, Padding = Padding.Causal, Dilation = 2, Activation = Activation.Tanh)]
        [BatchNormalization]
        [Conv1D(40, 2, Padding = Padding.Causal)]
        public partial class StepConvolution;

        [Network]
        public partial class StepTransformer
        {
            static Tensor Block(Tensor x)
            {
                x += x.LayerNormalization().MultiHeadAttention(2, 3, causal: true);
                return x + x.LayerNormalization().Dense(9, activation: Activation.Gelu).Dense(x.Shape[^1]);
            }

            static Tensor Forward([Tokens(7, Vocabulary = 9)] Tensor x) => Block(Block(x.Embedding(5).PositionalEmbedding())).Dense(4).Softmax();
        }

        [Network]
        public partial class StepPadded
        {
            static (Tensor Next, Tensor Seen) Forward([Tokens(7, Vocabulary = 9, Padding = 0)] Tensor x)
            {
                Tensor attended = x.Embedding(5).MultiHeadAttention(1, 17, valueUnits: 3, causal: true, outputUnits: 6), seen = attended.Lstm(3, returnSequences: true);
                return (seen.PositionalEmbedding().Dense(2) + attended.Conv1D(2, 2, padding: Padding.Causal), seen);
            }
        }

        // More weights than the nearest cache holds of a panel, in panels and in a rest of units.
        [Network]
        [Input(7, 40)]
        [Lstm(64, ReturnSequences = true)]
        [Gru(72, ReturnSequences = true)]
        [Gru(64, ResetAfter = false, ReturnSequences = true)]
        public partial class StepFar;

        // What follows the last state is made of it alone at every step, layers over steps included.
        [Network]
        public partial class StepBehind
        {
            static (Tensor Read, Tensor Joined) Forward([Input(5, 3)] Tensor x)
            {
                Tensor kept = x.Gru(4).Reshape([2, 2]), read = kept.PositionalEmbedding().MultiHeadAttention(1, 2, causal: true).Conv1D(3, 2, padding: Padding.Causal);
                return (read, kept.Lstm(3, bidirectional: true, mergeMode: MergeMode.Sum) + kept.Gru(3) + Tensor.Parameter("memory", [2, 3]).Gru(3));
            }
        }

        public static class StepDriver
        {
            public static float[] Behind(INetwork network, float[] input)
            {
                var own = (StepBehind)network;
                float[] state = new float[StepBehind.StateLength], read = new float[6], joined = new float[3];
                for (int step = 0; step < input.Length / 3; step++)
                {
                    own.PredictNext(input.AsSpan(3 * step, 3), state, read, joined);
                }

                return [.. read, .. joined];
            }

            // Every other step of a thread goes through the weights from their end: of an odd number of steps, each takes the other way when they are made again.
            public static float[] Far(INetwork network, float[] input)
            {
                var own = (StepFar)network;
                float[] state = new float[StepFar.StateLength], output = new float[64 * 7];
                for (int step = 0; step < 7; step++)
                {
                    own.PredictNext(input.AsSpan(40 * step, 40), state, output.AsSpan(64 * step, 64));
                }

                return [.. output, .. state];
            }

            public static float[] Transformer(INetwork network, int[] input)
            {
                var own = (StepTransformer)network;
                float[] state = new float[StepTransformer.StateLength], output = new float[4 * input.Length];
                for (int step = 0; step < input.Length; step++)
                {
                    own.PredictNext(input.AsSpan(step, 1), state, output.AsSpan(4 * step, 4));
                }

                return output;
            }

            public static float[] Padded(INetwork network, int[] input)
            {
                var own = (StepPadded)network;
                float[] state = new float[StepPadded.StateLength], next = new float[2 * input.Length], seen = new float[3 * input.Length];
                for (int step = 0; step < input.Length; step++)
                {
                    own.PredictNext(input.AsSpan(step, 1), state, next.AsSpan(2 * step, 2), seen.AsSpan(3 * step, 3));
                }

                return [.. next, .. seen];
            }

            public static string Beyond(INetwork network, float place)
            {
                float[] state = new float[StepTransformer.StateLength], output = new float[4];
                for (int step = 0; step < 7; step++)
                {
                    ((StepTransformer)network).PredictNext([1], state, output);
                }

                int counter = System.Array.IndexOf(state, 7);
                state[counter] = place;
                float[] before = (float[])state.Clone();
                try
                {
                    ((StepTransformer)network).PredictNext([1], state, output);
                    return "accepted";
                }
                catch (ArgumentException exception)
                {
                    return state.AsSpan().SequenceEqual(before) ? exception.Message : "changed";
                }
            }

            public static float[] Sequence(INetwork network, float[] input)
            {
                var own = (StepSequence)network;
                float[] state = new float[StepSequence.StateLength], output = new float[18];
                for (int step = 0; step < 6; step++)
                {
                    own.PredictNext(input.AsSpan(3 * step, 3), state, output.AsSpan(3 * step, 3));
                }

                return output;
            }

            // Each step's output takes its input's place.
            public static float[] InPlace(INetwork network, float[] input)
            {
                var own = (StepSequence)network;
                float[] state = new float[StepSequence.StateLength], row = (float[])input.Clone();
                for (int step = 0; step < 6; step++)
                {
                    own.PredictNext(row.AsSpan(3 * step, 3), state, row.AsSpan(3 * step, 3));
                }

                return row;
            }

            public static float[] Tokens(INetwork network, int[] input)
            {
                var own = (StepTokens)network;
                float[] state = new float[StepTokens.StateLength], output = new float[3];
                for (int step = 0; step < input.Length; step++)
                {
                    own.PredictNext(input.AsSpan(step, 1), state, output);
                }

                return output;
            }

            public static float[] Convolution(INetwork network, float[] input)
            {
                var own = (StepConvolution)network;
                float[] state = new float[StepConvolution.StateLength], output = new float[360];
                for (int step = 0; step < 9; step++)
                {
                    own.PredictNext(input.AsSpan(2 * step, 2), state, output.AsSpan(40 * step, 40));
                }

                return output;
            }

            public static long Allocated(INetwork first, INetwork second)
            {
                var sequence = (StepSequence)first;
                var tokens = (StepTokens)second;
                float[] input = new float[3], output = new float[3], state = new float[StepSequence.StateLength], other = new float[StepTokens.StateLength];
                int[] token = [1];
                long before = 0;
                for (int call = 0; call < 20; call++)
                {
                    before = call == 10 ? GC.GetAllocatedBytesForCurrentThread() : before;
                    sequence.PredictNext(input, state, output);
                    tokens.PredictNext(token, other, output);
                }

                return GC.GetAllocatedBytesForCurrentThread() - before;
            }

            public static string Refused(INetwork network, int inputs, int states, int outputs)
            {
                float[] state = new float[states], output = new float[outputs];
                Array.Fill(state, 1);
                Array.Fill(output, 1);
                try
                {
                    ((StepSequence)network).PredictNext(new float[inputs], state, output);
                    return "accepted";
                }
                catch (ArgumentException exception)
                {
                    return state.Concat(output).All(value => value == 1) ? exception.ParamName! : "changed";
                }
            }

            public static string RefusedToken(INetwork network, int token)
            {
                try
                {
                    ((StepTokens)network).PredictNext([token], new float[StepTokens.StateLength], new float[3]);
                    return "accepted";
                }
                catch (ArgumentOutOfRangeException exception)
                {
                    return exception.ParamName!;
                }
            }
        }
        """;

    private static readonly Lazy<CompiledNetworks> Compiled = new(() => CompiledNetworks.Compile([Declarations]));

    [Fact]
    public void StepsOfFarWeights_AreTheSameBitsInBothDirections_AndTheRowsOfPredict()
    {
        INetwork network = Compiled.Value.Create("StepFar");
        float[] input = Values(7 * 40), expected = new float[7 * 64];
        network.Predict([input], [expected]);

        float[] one = Call<float[]>("Far", network, input), other = Call<float[]>("Far", network, input);

        Numbers.AssertSameBits("outputs and states of steps in both directions", one, other);
        Near(expected, one[..expected.Length]);
    }

    [Fact]
    public void Steps_GiveTheRowsOfPredict()
    {
        INetwork sequence = Compiled.Value.Create("StepSequence"), convolution = Compiled.Value.Create("StepConvolution");
        float[] input = Values(18), whole = new float[18];
        sequence.Predict([input], [whole]);
        Near(whole, Call<float[]>("Sequence", sequence, input));
        Near(whole, Call<float[]>("InPlace", sequence, input));
        float[] rows = new float[360];
        convolution.Predict([input], [rows]);
        Near(rows, Call<float[]>("Convolution", convolution, input));
    }

    [Fact]
    public void LayersBehindTheLastState_BeginAfreshAtEveryStep()
    {
        INetwork network = Compiled.Value.Create("StepBehind");
        Numbers.Randomize(network, 3);
        float[] input = Values(15), read = new float[6], joined = new float[3];
        network.Predict([input], [read, joined]);
        Near([.. read, .. joined], Call<float[]>("Behind", network, input));
    }

    [Fact]
    public void LastStep_GivesWhatPredictDoes_PaddingIncluded()
    {
        INetwork network = Compiled.Value.Create("StepTokens");
        foreach (int[] tokens in new int[][] { [3, 1, 8, 2, 2, 5], [3, 0, 8, 0, 5, 0], new[] { 0, 0, 0, 0, 0, 4 } })
        {
            float[] whole = new float[3];
            network.Predict([tokens], [whole]);
            Near(whole, Call<float[]>("Tokens", network, tokens));
        }
    }

    [Fact]
    public void CausalAttention_LooksBackAsPredictDoes()
    {
        INetwork network = Compiled.Value.Create("StepTransformer");
        Numbers.Randomize(network, 3);
        int[] tokens = [3, 1, 8, 2, 2, 5, 0];
        float[] whole = new float[28];
        network.Predict([tokens], [whole]);
        Near(whole, Call<float[]>("Transformer", network, tokens));
        Near(whole[..12], Call<float[]>("Transformer", network, tokens[..3]));
    }

    [Fact]
    public void CausalAttention_LeavesPaddingOut()
    {
        INetwork network = Compiled.Value.Create("StepPadded");
        Numbers.Randomize(network, 3);
        foreach (int[] tokens in new int[][] { [3, 1, 8, 2, 2, 5, 4], [3, 0, 8, 0, 0, 5, 0], [0, 0, 8, 1, 0, 5, 2] })
        {
            float[] next = new float[14], seen = new float[21];
            network.Predict([tokens], [next, seen]);
            Near([.. next, .. seen], Call<float[]>("Padded", network, tokens));
        }
    }

    [Fact]
    public void CausalAttention_SeesNothingOfTheFuture_WherePaddingComesFirst()
    {
        INetwork network = Compiled.Value.Create("StepPadded");
        Numbers.Randomize(network, 3);
        float[] Next(params int[] tokens)
        {
            float[] next = new float[14];
            network.Predict([tokens], [next, new float[21]]);
            return next;
        }

        float[] one = Next(0, 0, 8, 1, 2, 5, 2), other = Next(0, 0, 8, 1, 7, 3, 3);
        Assert.Equal(one[..8], other[..8]);
        Assert.NotEqual(one[8..], other[8..]);
    }

    [Theory]
    [InlineData(7, "state has seen all 7 steps that a sequence has; the next sequence begins with zeros.")]
    [InlineData(8, "state says that it has seen 8 steps of 7: it is no state of this network's.")]
    [InlineData(-1, "state says that it has seen -1 steps of 7: it is no state of this network's.")]
    [InlineData(float.NaN, "state says that it has seen NaN steps of 7: it is no state of this network's.")]
    public void MoreStepsThanASequenceHas_AreRefused(float place, string message) =>
        Assert.Equal(message + " (Parameter 'state')", Call<string>("Beyond", Compiled.Value.Create("StepTransformer"), place));

    [Fact]
    public void Steps_FollowTheWeights()
    {
        INetwork network = Compiled.Value.Create("StepConvolution");
        float[] input = Values(18), before = Call<float[]>("Convolution", network, input), whole = new float[360];
        foreach (WeightView view in network.Weights)
        {
            view.CopyFrom([.. view.ToArray().Select(value => (value * 0.5f) + 0.1f)]);
        }

        float[] after = Call<float[]>("Convolution", network, input);
        network.Predict([input], [whole]);
        Near(whole, after);
        Assert.NotEqual(before, after);
    }

    [Fact]
    public void Steps_AllocateNothing() => Assert.Equal(0, Call<long>("Allocated", Compiled.Value.Create("StepSequence"), Compiled.Value.Create("StepTokens")));

    [Theory]
    [InlineData(2, 17, 3, "input")]
    [InlineData(3, 16, 3, "state")]
    [InlineData(3, 17, 18, "output")]
    public void WrongLengths_AreNamed_AndChangeNothing(int inputs, int states, int outputs, string argument) =>
        Assert.Equal(argument, Call<string>("Refused", Compiled.Value.Create("StepSequence"), inputs, states, outputs));

    [Theory]
    [InlineData(9)]
    [InlineData(-1)]
    public void TokenOutsideTheVocabulary_IsRefused(int token) => Assert.Equal("input", Call<string>("RefusedToken", Compiled.Value.Create("StepTokens"), token));

    private static T Call<T>(string method, params object[] arguments) => Compiled.Value.Call<T>("StepDriver", method, arguments);

    private static float[] Values(int count) => [.. Enumerable.Range(0, count).Select(i => MathF.Sin(1 + (i * 1.7f)))];

    private static void Near(float[] expected, float[] actual) =>
        Assert.Equal(expected, actual, (a, b) => Math.Abs(a - b) <= Tolerance * (1 + Math.Abs(a)));
}
