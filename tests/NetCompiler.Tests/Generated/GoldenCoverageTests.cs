using NetCompiler.TestKit;
using Xunit;

namespace NetCompiler.Tests.Generated;

/// <summary>Every golden case has a runner: a new case fails until it has one.</summary>
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
        "network/siamese", // FunctionalNetworkTests
    ];

    [SharedFact]
    public void EveryCase_HasARunner()
    {
        string[] without =
        [
            .. Golden.Cases()
                .Where(golden => !GoldenDeclarations.IsBackward(golden) && !GoldenDeclarations.IsLoss(golden) && !SequenceGoldenTests.Runs(golden) && !FunctionalGoldenTests.Runs(golden))
                .Select(golden => golden.Name)
                .Where(name => !RunElsewhere.Any(name.StartsWith)),
        ];
        Assert.Equal([], without);
    }
}
