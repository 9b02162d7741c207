using Xunit;

namespace NetCompiler.Tests.Dynamic;

/// <summary>A padded sequence means what the same sequence without its padding means.</summary>
public sealed class PaddedSequenceTests
{
    private const int Vocabulary = 9;
    private const int Features = 4;

    private static readonly int[] Short = [3, 1, 7];
    private static readonly int[] Padded = [3, 1, 7, 0, 0];

    public static TheoryData<string, bool, bool> Recurrences
    {
        get
        {
            TheoryData<string, bool, bool> data = [];
            foreach (string kind in (string[])["SimpleRnn", "Lstm", "Gru"])
            {
                data.Add(kind, false, false);
                data.Add(kind, true, false);
                data.Add(kind, false, true);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Recurrences))]
    public void LastState_SkipsPaddingAnywhere(string kind, bool goesBackwards, bool isBidirectional)
    {
        double[] expected = Predict(Short, steps => [Recurrent(kind, steps, isSequence: false, goesBackwards, isBidirectional)]);
        Assert.Equal(expected, Predict(Padded, steps => [Recurrent(kind, steps, isSequence: false, goesBackwards, isBidirectional)]));
        Assert.Equal(expected, Predict([0, 3, 0, 1, 7], steps => [Recurrent(kind, steps, isSequence: false, goesBackwards, isBidirectional)]));
    }

    [Fact]
    public void ReturnedSequence_RepeatsTheStateOverPadding()
    {
        double[] expected = Predict(Short, steps => [Recurrent("Gru", steps, isSequence: true)]), actual = Predict(Padded, steps => [Recurrent("Gru", steps, isSequence: true)]);
        Assert.Equal([.. expected, .. expected[^Features..], .. expected[^Features..]], actual);
    }

    [Fact]
    public void GoBackwards_GivesItsStatesInTheOrderOfTheirComputation()
    {
        double[] expected = Predict([7, 1, 3], steps => [Recurrent("Lstm", steps, isSequence: true)]);
        Assert.Equal(expected, Predict(Short, steps => [Recurrent("Lstm", steps, isSequence: true, goesBackwards: true)]));
    }

    [Fact]
    public void ReversedSequence_HasAReversedMask()
    {
        LayerDescription[] Layers(int steps) => [Recurrent("Lstm", steps, isSequence: true, goesBackwards: true), Describe.Operation("GlobalAveragePool1D", [2], [Features])];
        Assert.Equal(Predict(Short, Layers), Predict(Padded, Layers), Close);
    }

    [Theory]
    [InlineData("GlobalAveragePool1D")]
    [InlineData("GlobalMaxPool1D")]
    public void PoolingOverTime_LeavesPaddingOut(string kind)
    {
        LayerDescription[] Layers(int steps) => [Describe.Operation(kind, [1], [Features])];
        double[] expected = Network(Short.Length, Layers(Short.Length), [], [], padding: -1).Predict([Short])[0];
        Assert.Equal(expected, Predict(Padded, Layers), Close);
        Assert.Equal(expected, Predict([3, 0, 1, 0, 7], Layers), Close);
        Assert.All(Predict([0, 0, 0], Layers), value => Assert.Equal(0, value));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Attention_GivesPaddingNoWeight(bool isCausal)
    {
        LayerDescription[] Layers(int steps) => [Attention([1], steps, isCausal)];
        Assert.Equal(Predict(Short, Layers), Predict(Padded, Layers)[..(3 * Features)], Close);
    }

    [Fact]
    public void CrossAttention_FollowsTheMaskOfTheValues()
    {
        // A query of three steps for each sample, whatever the number of its tokens: a parameter plus the pooled embedding.
        LayerDescription[] Layers(int steps) =>
        [
            new LayerDescription("query", "Parameter", [], [3, Features]) { Weights = [new WeightDescription("query", [3, Features], Initializer.Ones)] },
            Describe.Operation("GlobalAveragePool1D", [1], [Features]),
            Describe.Operation("Add", [2, 3], [3, Features]),
            Attention([4, 1], 3, isCausal: false),
        ];
        Assert.Equal(Predict(Short, Layers), Predict(Padded, Layers), Close);
    }

    [Fact]
    public void AQueryThatSeesNothing_LooksAtAllKeysAlike()
    {
        LayerDescription[] Layers(int steps) => [Attention([1], steps, isCausal: false)];
        double[] output = Predict([0, 0, 0], Layers);
        Assert.Equal(output[..Features], output[Features..(2 * Features)], Close);
        Assert.All(output, value => Assert.True(double.IsFinite(value)));
    }

    [Fact]
    public void Masks_PassThroughLayersThatKeepTheSteps()
    {
        LayerDescription[] Layers(int steps) =>
        [
            new LayerDescription("norm", "LayerNormalization", [1], [steps, Features]),
            Describe.Operation("Tanh", [2], [steps, Features]),
            Describe.Operation("Add", [1, 3], [steps, Features]),
            Describe.Operation("Concat", [4, 3], [steps, 2 * Features]),
            Describe.Operation("GlobalAveragePool1D", [5], [2 * Features]),
        ];
        Assert.Equal(Predict(Short, Layers), Predict(Padded, Layers), Close);
    }

    [Fact]
    public void Masks_AreJoinedAndSlicedAlongTheSteps()
    {
        LayerDescription[] Joined(int steps) => [Describe.Operation("Concat", [1, 1], [2 * steps, Features], ("Axis", 0)), Describe.Operation("GlobalAveragePool1D", [2], [Features])];
        Assert.Equal(Predict(Short, Joined), Predict(Padded, Joined), Close);
        LayerDescription[] Sliced(int steps) => [Describe.Operation("Slice", [1], [2, Features], ("Axis", 0), ("Start", 0), ("Length", 2)), Describe.Operation("GlobalAveragePool1D", [2], [Features])];
        Assert.Equal(Predict([3], steps => [Describe.Operation("GlobalAveragePool1D", [1], [Features])]), Predict([3, 0, 1], Sliced), Close);
    }

    [Fact]
    public void OtherLayers_DropTheMask()
    {
        LayerDescription[] Layers(int steps) => [Describe.Operation("MaxPool1D", [1], [steps, Features], ("PoolSize", 1)), Describe.Operation("GlobalAveragePool1D", [2], [Features])];
        double[] expected = [.. Enumerable.Range(0, Features).Select(feature => Padded.Average(token => (double)Table()[(token * Features) + feature]))];
        Assert.Equal(expected, Predict(Padded, Layers), Close);
    }

    [Theory]
    [InlineData(Loss.MeanSquaredError)]
    [InlineData(Loss.SparseCategoricalCrossentropy)]
    [InlineData(Loss.CosineSimilarity)]
    public void LossOfASequence_LeavesPaddingOut(Loss kind)
    {
        bool isSparse = kind == Loss.SparseCategoricalCrossentropy;
        double Judge(int[] tokens, bool isOwn, bool isProgram, int padding = 0)
        {
            int steps = tokens.Length;
            TargetDescription target = isSparse ? new("target", steps, Features) : new("target", steps * Features, 0) { Shape = [steps, Features] };
            LossDescription loss = isOwn ? new LossDescription("Own") { Function = (o, t) => (o - t) * (o - t), Targets = [0] }
                : isProgram ? new LossDescription("Own") { Operations = [Describe.Operation("Losses." + kind, [0, 1], [], ("FromLogits", isSparse))], Targets = [0] }
                : Describe.Loss(kind) with { FromLogits = isSparse };
            DynamicNetwork<double> network = Network(steps, [], [loss], [target], padding);
            Column targets = isSparse ? Enumerable.Range(0, steps).Select(step => step % Features).ToArray() : Describe.Random(steps * Features, 3);
            return network.ComputeLoss([tokens], [targets]);
        }

        double expected = Judge(Short, isOwn: false, isProgram: false, padding: -1);
        Assert.Equal(expected, Judge(Padded, isOwn: false, isProgram: false), 12);
        Assert.Equal(expected, Judge(Padded, isOwn: false, isProgram: true), 12);
        Assert.Equal(Judge(Short, isOwn: !isSparse, isProgram: false, padding: -1), Judge(Padded, isOwn: !isSparse, isProgram: false), 12);
        Assert.Equal(0, Judge([0, 0], isOwn: false, isProgram: false));
    }

    [Theory]
    [InlineData("Mean")]
    [InlineData("Sum")]
    [InlineData("Max")]
    public void LossMethodWithAValuePerStep_LeavesPaddingOut(string reduction)
    {
        double Judge(int[] tokens, int padding)
        {
            TargetDescription target = new("target", tokens.Length * Features, 0) { Shape = [tokens.Length, Features] };
            LossDescription loss = new("Own") { Operations = [Describe.Operation("Subtract", [0, 1], []), Describe.Operation("Square", [2], []), Describe.Operation(reduction, [3], [], ("Axis", new[] { -1 }))], Targets = [0] };
            Column targets = Describe.Random(tokens.Length * Features, 3);
            return Network(tokens.Length, [], [loss], [target], padding).ComputeLoss([tokens], [targets]);
        }

        Assert.Equal(Judge(Short, padding: -1), Judge(Padded, padding: 0), 12);
    }

    private static bool Close(double expected, double actual) => Math.Abs(expected - actual) < 1e-12;

    private static float[] Table() => Describe.RandomWeights(Network(1, [], [], []).Description, 3)["embedding1.embeddings"];

    private static double[] Predict(int[] tokens, Func<int, LayerDescription[]> layers) => Network(tokens.Length, layers(tokens.Length), [], []).Predict([tokens])[0];

    // Value 0 are the tokens, value 1 their embeddings.
    private static DynamicNetwork<double> Network(int steps, LayerDescription[] layers, LossDescription[] losses, TargetDescription[] targets, int padding = 0)
    {
        LayerDescription embedding = new("embedding1", "Embedding", [0], [steps, Features]) { Weights = [new WeightDescription("embedding1.embeddings", [Vocabulary, Features], Initializer.RandomUniform)] };
        NetworkDescription description = Describe.Network([new InputDescription("input", [steps]) { Vocabulary = Vocabulary, Padding = padding }], [embedding, .. layers], losses, targets);
        return new DynamicNetwork<double>(description, Describe.RandomWeights(description, 3));
    }

    private static LayerDescription Recurrent(string kind, int steps, bool isSequence, bool goesBackwards = false, bool isBidirectional = false)
    {
        int gates = kind == "Lstm" ? 4 : kind == "Gru" ? 3 : 1, units = isBidirectional ? 2 * Features : Features;
        string[] halves = isBidirectional ? ["forward.", "backward."] : [""];
        return new LayerDescription("recurrent", kind, [1], isSequence ? [steps, units] : [units])
        {
            Options = new Dictionary<string, object> { ["ReturnSequences"] = isSequence, ["GoBackwards"] = goesBackwards, ["Bidirectional"] = isBidirectional },
            Weights =
            [
                .. halves.SelectMany(half => (WeightDescription[])
                [
                    new($"recurrent.{half}kernel", [Features, gates * Features], Initializer.GlorotUniform),
                    new($"recurrent.{half}recurrent_kernel", [Features, gates * Features], Initializer.Orthogonal),
                    new($"recurrent.{half}bias", kind == "Gru" ? [2, gates * Features] : [gates * Features], Initializer.Zeros),
                ]),
            ],
        };
    }

    private static LayerDescription Attention(int[] operands, int steps, bool isCausal) => new("attention", "MultiHeadAttention", operands, [steps, Features])
    {
        Options = new Dictionary<string, object> { ["Heads"] = 2, ["Causal"] = isCausal },
        Weights = [.. ((string[])["query", "key", "value", "output"]).Select(name => new WeightDescription($"attention.{name}_kernel", [Features, Features], Initializer.GlorotUniform))],
    };
}
