using NetCompiler.TestKit;
using Xunit;

namespace NetCompiler.Tests.Generated;

/// <summary>Every golden case has a runner or is named here: a new case fails until it has one.</summary>
public sealed class GoldenCoverageTests
{
    private static readonly string[] RunElsewhere =
    [
        "optimizer/", // OptimizerGoldenTests
        "metric/", // MetricTests
        "network/fairness-loss", // GoldenTests
        "network/gan-generator-step", // GoldenTests
        "network/batch-normalization-mlp", // ImageNetworkTests
    ];

    private const string WithoutRunner = """
        embedding/repeated
        simple_rnn/2x1x3-4-last
        simple_rnn/2x1x3-4-sequence
        lstm/2x1x3-4-last
        lstm/2x1x3-4-sequence
        gru/2x1x3-4-last
        gru/2x1x3-4-sequence
        gru_reset_before/2x1x3-4-last
        gru_reset_before/2x1x3-4-sequence
        simple_rnn/3x5x4-7-last
        simple_rnn/3x5x4-7-sequence
        lstm/3x5x4-7-last
        lstm/3x5x4-7-sequence
        gru/3x5x4-7-last
        gru/3x5x4-7-sequence
        gru_reset_before/3x5x4-7-last
        gru_reset_before/3x5x4-7-sequence
        simple_rnn/2x20x13-16-last
        simple_rnn/2x20x13-16-sequence
        lstm/2x20x13-16-last
        lstm/2x20x13-16-sequence
        gru/2x20x13-16-last
        gru/2x20x13-16-sequence
        gru_reset_before/2x20x13-16-last
        gru_reset_before/2x20x13-16-sequence
        bidirectional_lstm/sequence
        multi_head_attention/full
        multi_head_attention/causal
        merge/add
        merge/subtract
        merge/multiply
        merge/maximum
        merge/average
        merge/concat
        merge/dot
        merge/matmul
        shape/slice
        network/siamese
        network/residual
        network/sentiment
        network/stacked-lstm
        network/speech
        network/recommender
        network/captions
        network/transformer-block
        """;

    [SharedFact]
    public void CasesWithoutARunner_AreTheseByName()
    {
        IEnumerable<string> without = Golden.Cases()
            .Where(golden => !GoldenDeclarations.IsBackward(golden) && !GoldenDeclarations.IsLoss(golden) && !RunElsewhere.Any(golden.Name.StartsWith))
            .Select(golden => golden.Name);
        Assert.Equal(WithoutRunner.ReplaceLineEndings("\n").Split('\n'), without);
    }
}
