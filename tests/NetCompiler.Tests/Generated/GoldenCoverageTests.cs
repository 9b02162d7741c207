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
        "network/residual", // ImageNetworkTests
    ];

    private const string WithoutRunner = """
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
        network/recommender
        network/captions
        network/transformer-block
        """;

    [SharedFact]
    public void CasesWithoutARunner_AreTheseByName()
    {
        IEnumerable<string> without = Golden.Cases()
            .Where(golden => !GoldenDeclarations.IsBackward(golden) && !GoldenDeclarations.IsLoss(golden) && !SequenceGoldenTests.Runs(golden) && !RunElsewhere.Any(golden.Name.StartsWith))
            .Select(golden => golden.Name);
        Assert.Equal(WithoutRunner.ReplaceLineEndings("\n").Split('\n'), without);
    }
}
